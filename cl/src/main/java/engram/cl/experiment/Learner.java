package engram.cl.experiment;

import engram.cl.settings.Settings;
import engram.cl.stream.Batch;
import engram.cl.stream.ImageInput;
import engram.nn.optim.OptimiserState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What all trainings of an experiment share.
 *
 * @param groups of classes that are compared among themselves
 * @param probe looks into tasks; empty where nobody does
 * @param batch holds the images of one step
 */
record Learner(
    Settings settings,
    List<Integer> groups,
    Consumer<RunEvent> events,
    ImageInput input,
    StopRequest stop,
    StepWatch watch,
    Optional<StepProbe> probe,
    Batch batch) {

  /**
   * What a training leaves.
   *
   * @param seconds of wall time
   * @param kept what the optimiser remembers, for the next task; empty where that begins anew
   */
  record Trained(double seconds, Optional<OptimiserState> kept) {}

  Learner(
      Settings settings,
      List<Integer> groups,
      Consumer<RunEvent> events,
      ImageInput input,
      StopRequest stop,
      StepWatch watch,
      Optional<StepProbe> probe) {
    this(
        settings,
        groups,
        events,
        input,
        stop,
        watch,
        probe,
        input.variedBatch(settings.imagesOfStep()));
  }
}
