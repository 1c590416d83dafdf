package engram.nn.train;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Linear;
import engram.nn.optim.Sgd;
import engram.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes that are compared within their groups: 0 and 2 are one, 1, 3 and 4 the other. */
class ClassGroupsTest {
  private static final List<Integer> GROUPS = List.of(0, 1, 0, 1, 1);
  private static final float[] LABELS = {2, 3, 0};
  private static final float[] IMAGES = {0.5f, -1, 2, 1, 0.25f, -0.5f};

  private final Network network =
      Network.create(
          Sequential.of(shape(2), new Linear(2, 5).named("fc")), new ReferenceBackend(), 1);

  @Test
  void anImageIsComparedAmongTheClassesOfItsGroup() {
    TrainingStep step =
        run(s -> s.hardClassification(logits(s), s.targets()), new TrainingOptions());

    assertEquals(expected(step.values("logits").read(), 0), step.loss(), 1e-5);
  }

  @Test
  void labelsAreSmoothedOverTheClassesOfTheGroup() {
    TrainingStep step =
        run(
            s -> s.classification(logits(s), s.targets()),
            new TrainingOptions().withLabelSmoothing(0.2));

    assertEquals(expected(step.values("logits").read(), 0.2), step.loss(), 1e-5);
  }

  @Test
  void hardLabelsStayHard() {
    TrainingStep step =
        run(
            s -> s.hardClassification(logits(s), s.targets()),
            new TrainingOptions().withLabelSmoothing(0.2));

    assertEquals(expected(step.values("logits").read(), 0), step.loss(), 1e-5);
  }

  /** All images are of group 0, so that rows 1, 3 and 4 may not move at all. */
  @Test
  void rowsOfOtherGroupsHaveNoGradient() {
    for (double smoothing : new double[] {0, 0.2}) {
      Objective loss = s -> s.classification(logits(s), s.targets());
      TrainingOptions options = new TrainingOptions().withLabelSmoothing(smoothing);
      Trainer trainer = new Trainer(network, loss, new Sgd(0), options.withGroups(GROUPS));
      trainer.learningRate(0);
      TrainingStep step = trainer.step(3);
      step.inputs().write(IMAGES);
      step.targets().write(new float[] {2, 0, 0});
      step.run();

      float[] gradient = trainer.optimiser().gradients().read();
      int weight = network.parameters().layout().slot("fc.weight").offset();
      int bias = network.parameters().layout().slot("fc.bias").offset();
      for (int k : new int[] {1, 3, 4}) {
        assertEquals(0, gradient[weight + 2 * k]);
        assertEquals(0, gradient[weight + 2 * k + 1]);
        assertEquals(0, gradient[bias + k]);
      }
      for (int k : new int[] {0, 2}) {
        assertTrue(Math.abs(gradient[bias + k]) > 1e-3);
      }
    }
  }

  /** The first image is half of class 2 and half of class 3, so that all classes are compared. */
  @Test
  void aMixedImageIsComparedAmongTheGroupsOfItsParts() {
    TrainingStep step =
        run(
            s -> s.softClassification(logits(s), s.input("mixed", shape(3, 5))),
            new TrainingOptions());

    step.input("mixed").write(new float[] {0, 0, .5f, .5f, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0});
    step.run();
    float[] logits = step.values("logits").read();
    double first = 0;
    for (int k : new int[] {2, 3}) {
      first -= 0.5 * logProbability(logits, 0, k, List.of(0, 1, 2, 3, 4));
    }
    double expected =
        first
            - logProbability(logits, 1, 3, List.of(1, 3, 4))
            - logProbability(logits, 2, 0, List.of(0, 2));
    assertEquals(expected / 3, step.loss(), 1e-5);
  }

  /** A network that knows the first classes only. */
  @Test
  void logitsMayBeThoseOfTheFirstClasses() {
    TrainingStep step =
        run(
            s -> s.classification(s.narrow(logits(s), 1, 0, 4), s.targets()),
            new TrainingOptions());

    float[] logits = step.values("logits").read();
    double expected =
        -logProbability(logits, 0, 2, List.of(0, 2))
            - logProbability(logits, 1, 3, List.of(1, 3))
            - logProbability(logits, 2, 0, List.of(0, 2));
    assertEquals(expected / 3, step.loss(), 1e-5);
  }

  @Test
  void aClassWithoutAGroupIsNamed() {
    TrainingOptions options = new TrainingOptions().withGroups(List.of(0, 1));
    Trainer trainer = new Trainer(network, Objective.crossEntropy(), new Sgd(0), options);

    String message =
        assertThrows(IllegalArgumentException.class, () -> trainer.step(3)).getMessage();
    assertEquals("classification: logits of 5 classes, but only 2 classes have a group", message);
  }

  @Test
  void withoutGroupsTheStepIsThatOfCrossEntropy() {
    Trainer grouped = new Trainer(network, Objective.crossEntropy(), new Sgd(0));
    Trainer plain =
        new Trainer(network, s -> s.crossEntropy(s.forward().logits(), s.targets()), new Sgd(0));

    assertEquals(
        plain.step(3).plan().graph().nodes().size(), grouped.step(3).plan().graph().nodes().size());
    assertArrayEquals(plain.step(3).terms().toArray(), grouped.step(3).terms().toArray());
  }

  private TrainingStep run(Objective objective, TrainingOptions options) {
    Trainer trainer = new Trainer(network, objective, new Sgd(0), options.withGroups(GROUPS));
    trainer.learningRate(0);
    TrainingStep step = trainer.step(3);
    step.inputs().write(IMAGES);
    step.targets().write(LABELS);
    step.run();
    return step;
  }

  private static Tensor logits(StepTape step) {
    return step.keep("logits", step.forward().logits());
  }

  private static double expected(float[] logits, double smoothing) {
    double loss = 0;
    for (int i = 0; i < 3; i++) {
      List<Integer> group = LABELS[i] == 3 ? List.of(1, 3, 4) : List.of(0, 2);
      for (int k : group) {
        double target = (k == LABELS[i] ? 1 - smoothing : 0) + smoothing / group.size();
        loss -= target * logProbability(logits, i, k, group) / 3;
      }
    }
    return loss;
  }

  private static double logProbability(float[] logits, int i, int k, List<Integer> compared) {
    double sum = 0;
    for (int other : compared) {
      sum += Math.exp(logits[5 * i + other]);
    }
    return logits[5 * i + k] - Math.log(sum);
  }
}
