package engram.bench.look;

import engram.backend.Backend;
import engram.nn.Network;
import engram.nn.SimpleCnn;
import engram.nn.layer.Mode;
import engram.nn.optim.Adam;
import engram.nn.train.Objective;
import engram.nn.train.StepTape;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.nn.train.TrainingStep;
import engram.op.CrossEntropy;
import engram.op.KdLoss;
import engram.random.CounterRandom;
import picocli.CommandLine.Option;

/** The training step that is looked at: the reference network on random images. */
final class SampleStep {
  @Option(names = "--batch", paramLabel = "N", defaultValue = "64", description = "images (64)")
  private int batch = 64;

  @Option(names = "--classes", paramLabel = "N", defaultValue = "43", description = "classes (43)")
  private int classes = 43;

  @Option(
      names = "--kd",
      description = "with a teacher and distillation, as rehearsal-kd trains; else cross-entropy")
  private boolean distil;

  @Option(names = "--no-fusion", description = "every op as it was recorded")
  private boolean noFusion;

  /** Records the step on a backend and fills its inputs. */
  TrainingStep open(Backend backend) {
    Network network = Network.create(SimpleCnn.of(classes), backend, 1);
    TrainingOptions options = new TrainingOptions();
    Trainer trainer =
        new Trainer(
            network,
            distil ? distillation(network.copy()) : Objective.crossEntropy(),
            new Adam(),
            noFusion ? options.withoutFusion() : options);
    trainer.learningRate(1e-3f);
    TrainingStep step = trainer.step(batch);
    CounterRandom random = CounterRandom.of(1, "sample step");
    float[] images = new float[step.images().elements()];
    for (int i = 0; i < images.length; i++) {
      images[i] = random.uniform(i);
    }
    float[] labels = new float[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % classes;
    }
    step.images().write(images);
    step.labels().write(labels);
    return step;
  }

  private static Objective distillation(Network teacher) {
    return (StepTape step) -> {
      var logits = step.forward().logits();
      var old = step.frozen(teacher).forward(step.images(), Mode.EVALUATION).logits();
      return step.add(
          step.scale(0.5, step.apply(new CrossEntropy(), logits, step.labels())),
          step.scale(0.5, step.apply(new KdLoss(2), logits, old)));
    };
  }
}
