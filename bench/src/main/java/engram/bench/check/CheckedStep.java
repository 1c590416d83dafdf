package engram.bench.check;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.bench.run.RunConfig;
import engram.cl.experiment.EpochId;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.StepWatch;
import engram.cl.experiment.StopRequest;
import engram.data.Dataset;
import engram.nn.train.ObjectiveCheck;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step of an experiment whose gradients were checked.
 *
 * @param task from 0
 * @param images in its batch, those from memory among them
 * @param loss whole loss of the step
 * @param terms of it, as text
 */
record CheckedStep(
    int task, int images, double loss, List<String> terms, List<ObjectiveCheck.Entry> entries) {

  /** The second step: the weights have moved, so the loss of what they drifted from is not 0. */
  private static final int STEP = 1;

  /**
   * Runs a strategy until it has something to remember, and checks a step of its second task; of
   * its first, where it trains in no other.
   *
   * @param config of one strategy
   * @param samples elements of each parameter, all where there are fewer
   * @param seed decides which
   */
  static CheckedStep of(RunConfig config, Dataset dataset, int samples, long seed) {
    return in(1, config, dataset, samples, seed)
        .or(() -> in(0, config, dataset, samples, seed))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "check: %s trains in no step, so it has no gradient"
                        .formatted(config.settings().strategies().getFirst())));
  }

  private static Optional<CheckedStep> in(
      int task, RunConfig config, Dataset dataset, int samples, long seed) {
    StopRequest stop = new StopRequest();
    Watch watch = new Watch(task, samples, seed, stop);
    try (Backend backend = new ReferenceBackend()) {
      var _ =
          new Experiment(
                  config.settings(),
                  config.plugins(),
                  dataset,
                  backend,
                  _ -> {},
                  stop,
                  watch,
                  Optional.empty(),
                  Optional.empty())
              .run();
    }
    return watch.checked;
  }

  private static final class Watch implements StepWatch {
    private final int task;
    private final int samples;
    private final long seed;
    private final StopRequest stop;
    private int steps;
    private Optional<CheckedStep> checked = Optional.empty();

    Watch(int task, int samples, long seed, StopRequest stop) {
      this.task = task;
      this.samples = samples;
      this.seed = seed;
      this.stop = stop;
    }

    @Override
    public boolean reads(EpochId id, int step) {
      return false;
    }

    @Override
    public void run(EpochId id, int ofTask, Trainer trainer, TrainingStep step) {
      if (id.task() == task && steps++ == STEP) {
        List<ObjectiveCheck.Entry> entries = ObjectiveCheck.of(trainer, step, samples, seed);
        step.run();
        List<String> terms = new ArrayList<>();
        step.terms().forEach(name -> terms.add("%s %.4g".formatted(name, step.value(name))));
        int images = step.targets().elements();
        checked = Optional.of(new CheckedStep(task, images, step.loss(), terms, entries));
        stop.make();
      } else {
        step.run();
      }
    }
  }
}
