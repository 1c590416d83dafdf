package engram.nn.doctor;

import java.util.List;
import java.util.stream.Stream;

/** One thing that can go wrong in training, and how it shows. It may remember what it saw. */
interface Symptom {

  /** What an examination shows of it; the doctor tells each finding once. */
  Stream<Finding> in(Examination now);

  /**
   * All symptoms, for one training. Causes come before what follows from them: a rectifier that is
   * dead explains layers that get no gradient, so it is asked first.
   */
  static List<Symptom> all() {
    DeadRectifier dead = new DeadRectifier();
    ZeroWeights zero = new ZeroWeights();
    return List.of(
        new LabelOutOfRange(),
        new NanInInput(),
        new UnscaledInput(),
        new ConstantInput(),
        new OldGradients(),
        zero,
        new DecayEatsWeights(),
        new RateTooLarge(),
        new RateTooSmall(),
        dead,
        new ConstantFeature(() -> dead.found() || zero.found()),
        new FrozenLayer(() -> dead.found() || zero.found()),
        new SaturatedSoftmax(),
        new LearnsNothing());
  }
}
