package engram.bench.look;

import engram.backend.Backend;
import engram.bench.measure.ReferenceStep;
import engram.cl.settings.Architecture;
import engram.nn.train.TrainingStep;
import picocli.CommandLine.Option;

/** The training step that is looked at: a network on random images. */
final class SampleStep {
  @Option(names = "--batch", paramLabel = "N", description = "images (64)")
  private int batch = 64;

  @Option(names = "--classes", paramLabel = "N", description = "classes (43)")
  private int classes = 43;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "simple: the reference network (default); bn: the one with batch normalisation")
  private Architecture model = Architecture.SIMPLE;

  @Option(
      names = "--kd",
      description = "with a teacher and distillation, as rehearsal-kd trains; else cross-entropy")
  private boolean distil;

  @Option(names = "--no-fusion", description = "every op as it was recorded")
  private boolean noFusion;

  /** Records the step on a backend and fills its inputs. */
  TrainingStep open(Backend backend) {
    return new ReferenceStep(batch, classes, distil, !noFusion)
        .training(backend, model.of(classes));
  }
}
