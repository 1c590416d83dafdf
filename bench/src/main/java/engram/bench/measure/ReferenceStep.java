package engram.bench.measure;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Mode;
import engram.nn.model.SimpleCnn;
import engram.nn.optim.Adam;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.StepTape;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;

/**
 * The step that is measured and looked at: the reference network on random images, Adam.
 *
 * @param batch images
 * @param classes outputs of the classifier
 * @param distil with a teacher and distillation, as rehearsal-kd trains; else cross-entropy
 * @param fusion whether ops are fused
 */
public record ReferenceStep(int batch, int classes, boolean distil, boolean fusion) {
  /** Elements of one image, 32 x 32 x 3. */
  public static final int PIXELS = 32 * 32 * 3;

  /** Multiply-adds of one image forward in conv1, conv2, conv3. */
  private static final long[] CONVOLUTIONS = {
    32L * 32 * 32 * 5 * 5 * 3, 16L * 16 * 64 * 3 * 3 * 32, 8L * 8 * 64 * 3 * 3 * 64
  };

  /** Fused, with cross-entropy and 43 classes. */
  public static ReferenceStep of(int batch) {
    return new ReferenceStep(batch, 43, false, true);
  }

  /**
   * Operations that a dense training step needs for one image, whatever an engine saves of them:
   * forward, input gradient and weight gradient of each layer, but for the input gradient of the
   * first. 53.4 million with 43 classes.
   */
  public long denseTrainingFlops() {
    return 2
        * (2 * CONVOLUTIONS[0] + 3 * CONVOLUTIONS[1] + 3 * CONVOLUTIONS[2] + 3 * 4096L * classes);
  }

  /** Operations of one image forward; 19.4 million with 43 classes. */
  public long denseForwardFlops() {
    return 2 * (CONVOLUTIONS[0] + CONVOLUTIONS[1] + CONVOLUTIONS[2] + 4096L * classes);
  }

  /** Records the training step on a backend and fills its inputs. */
  public TrainingStep training(Backend backend) {
    return training(backend, SimpleCnn.of(shape(32, 32, 3), classes));
  }

  /** The same step for other layers, which take the same images and have as many classes. */
  public TrainingStep training(Backend backend, Sequential layers) {
    Network network = Network.create(layers, backend, 1);
    Objective objective = distil ? distillation(network.copy()) : Objective.crossEntropy();
    Trainer trainer = new Trainer(network, objective, new Adam(1e-3), options());
    TrainingStep step = trainer.step(batch);
    fillImages(step.inputs());
    float[] labels = new float[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % classes;
    }
    step.targets().write(labels);
    return step;
  }

  /** Records the forward pass alone and fills its input. */
  public Inference.Batch inference(Backend backend) {
    Network network = Network.create(SimpleCnn.of(shape(32, 32, 3), classes), backend, 1);
    Inference.Batch forward = new Inference(network, options()).batch(batch);
    fillImages(forward.inputs());
    return forward;
  }

  private TrainingOptions options() {
    TrainingOptions options = new TrainingOptions();
    return fusion ? options : options.withoutFusion();
  }

  private static void fillImages(Buffer images) {
    CounterRandom random = CounterRandom.of(1, "sample step");
    float[] values = new float[images.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(i);
    }
    images.write(values);
  }

  private static Objective distillation(Network teacher) {
    return (StepTape step) -> {
      var logits = step.forward().logits();
      var old = step.frozen(teacher).forward(step.inputs(), Mode.EVALUATION).logits();
      return step.add(
          step.scale(0.5, step.crossEntropy(logits, step.targets())),
          step.scale(0.5, step.kd(logits, old, 2)));
    };
  }
}
