package engram.bench.measure;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Mode;
import engram.nn.model.SimpleCnn;
import engram.nn.summary.Summary;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.StepTape;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.nn.train.TrainingStep;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The step that is measured and looked at: a network on one batch of images.
 *
 * @param layers of the network
 * @param images that it is fed
 * @param batch how many of them
 * @param distil with a teacher and distillation, as rehearsal-kd trains; else cross-entropy
 * @param fusion whether ops are fused
 * @param update how it changes parameters
 */
public record MeasuredStep(
    Sequential layers,
    SampleImages images,
    int batch,
    boolean distil,
    boolean fusion,
    Update update) {

  /** Of Adam. */
  public static final double RATE = 1e-3;

  /** A step that Adam makes. */
  public MeasuredStep(
      Sequential layers, SampleImages images, int batch, boolean distil, boolean fusion) {
    this(layers, images, batch, distil, fusion, Update.USUAL);
  }

  /** The reference network: noise of 32 x 32 in colour, 43 classes, cross-entropy, fused. */
  public static MeasuredStep reference(int batch) {
    Sequential layers = SimpleCnn.of(shape(32, 32, 3), 43);
    return new MeasuredStep(layers, SampleImages.noise(layers), batch, false, true);
  }

  /** The same step, every op as it was recorded. */
  public MeasuredStep withoutFusion() {
    return new MeasuredStep(layers, images, batch, distil, false, update);
  }

  /** The same step where parameters change in another way. */
  public MeasuredStep with(Update other) {
    return new MeasuredStep(layers, images, batch, distil, fusion, other);
  }

  /** Outputs of the classifier. */
  public int classes() {
    return layers.classifier().out();
  }

  /**
   * Operations that a dense training step needs for one image, whatever an engine saves of them:
   * forward, input gradient and weight gradient of each convolution and matrix product, but for the
   * input gradient of the first. 53.4 million for the reference network.
   */
  public long denseTrainingFlops() {
    Summary summary = Summary.of(layers, 1);
    List<Summary.Row> rows = summary.rows();
    // A row with deeper ones behind it is a block, which is more than the first layer.
    long first =
        IntStream.range(0, rows.size())
            .filter(i -> i + 1 == rows.size() || rows.get(i + 1).depth() <= rows.get(i).depth())
            .mapToLong(i -> rows.get(i).multiplyAdds())
            .filter(multiplyAdds -> multiplyAdds > 0)
            .findFirst()
            .orElse(0);
    return 2 * (3 * summary.multiplyAdds() - first);
  }

  /** Operations of one image forward; 19.4 million for the reference network. */
  public long denseForwardFlops() {
    return 2 * Summary.of(layers, 1).multiplyAdds();
  }

  /** Records the training step on a backend and fills its inputs. */
  public TrainingStep training(Backend backend) {
    return training(backend, 1);
  }

  /** The same with a network drawn from another seed. */
  public TrainingStep training(Backend backend, long seed) {
    return filled(trainer(backend, seed));
  }

  /**
   * What trains the step.
   *
   * @param seed of the network
   */
  public Trainer trainer(Backend backend, long seed) {
    Network network = Network.create(layers, backend, seed);
    Objective objective = distil ? distillation(network.copy()) : Objective.crossEntropy();
    Trainer trainer = new Trainer(network, objective, update.optimiser(), options());
    trainer.learningRate((float) update.rate());
    return trainer;
  }

  /** Records the training step of a trainer and fills its inputs. */
  public TrainingStep filled(Trainer trainer) {
    TrainingStep step = trainer.step(batch);
    SampleImages.Filled filled = images.batch().apply(batch);
    step.inputs().write(filled.pixels());
    step.targets().write(filled.labels());
    return step;
  }

  /** Records the forward pass alone and fills its input. */
  public Inference.Batch inference(Backend backend) {
    Network network = Network.create(layers, backend, 1);
    Inference.Batch forward = new Inference(network, options()).batch(batch);
    forward.inputs().write(images.batch().apply(batch).pixels());
    return forward;
  }

  private TrainingOptions options() {
    TrainingOptions options =
        update.clip().isPresent()
            ? new TrainingOptions().withClip(update.clip().getAsDouble())
            : new TrainingOptions();
    return fusion ? options : options.withoutFusion();
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
