package engram.nn.train;

import engram.backend.Buffer;
import engram.graph.Tape;
import engram.nn.Network;
import engram.nn.RecordedNetwork;
import engram.nn.layer.Mode;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * A network in use: images in, logits out, nothing is trained. A plan is made when a batch of its
 * size is first seen; the parameters are read where they are, so training shows at once.
 */
public final class Inference {
  private final Network network;
  private final TrainingOptions options;
  private final Map<Integer, Batch> batches = new HashMap<>();

  /** Inference with ops fused where that is faster. */
  public Inference(Network network) {
    this(network, new TrainingOptions());
  }

  /** Inference as {@code options} say, as far as they are not about training. */
  public Inference(Network network, TrainingOptions options) {
    this.network = network;
    this.options = options;
  }

  /** The plan for batches of {@code size} images. */
  public Batch batch(int size) {
    return batches.computeIfAbsent(size, this::record);
  }

  private Batch record(int size) {
    Tape tape = new Tape();
    Tensor images = tape.input("images", network.model().inputShape(size));
    RecordedNetwork recorded = network.on(tape);
    RecordedNetwork.Result result = recorded.forward(images, Mode.EVALUATION);
    tape.keep(result.features());
    tape.keep(result.logits());
    Plan plan = Plan.compile(options.applyTo(tape.graph()), network.backend(), recorded.bindings());
    return new Batch(
        plan, plan.buffer(images), plan.buffer(result.features()), plan.buffer(result.logits()));
  }

  /**
   * A plan for batches of one size: fill the images, run, read.
   *
   * @param images [N, H, W, C]
   * @param features input of the classifier [N, features]
   * @param logits [N, classes]
   */
  public record Batch(Plan plan, Buffer images, Buffer features, Buffer logits) {
    public void run() {
      plan.run();
    }
  }

  /**
   * Logits of images, computed in batches.
   *
   * @param images one image after the other, each [H, W, C]
   * @param batchSize largest number of images that is run at once
   * @return [count, classes], row after row
   * @throws IllegalArgumentException if the last image is not whole
   */
  public float[] logits(float[] images, int batchSize) {
    int pixels = network.model().input().elements();
    if (images.length % pixels != 0) {
      throw new IllegalArgumentException(
          "inference: %d numbers are not a whole number of images of %s, %d numbers each"
              .formatted(images.length, network.model().input(), pixels));
    }
    int classes = network.classes();
    int count = images.length / pixels;
    float[] logits = new float[count * classes];
    for (int at = 0; at < count; at += batchSize) {
      int size = Math.min(batchSize, count - at);
      Batch batch = batch(size);
      batch.images.write(0, images, at * pixels, size * pixels);
      batch.run();
      batch.logits.read(0, logits, at * classes, size * classes);
    }
    return logits;
  }
}
