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
 * A network in use: inputs in, logits out, nothing is trained. A plan is made when a batch of its
 * size is first seen; the parameters are read where they are, so training shows at once.
 */
public final class Inference {
  /** Examples run at once where the caller does not choose. */
  private static final int BATCH = 256;

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

  /** The plan for batches of {@code size} inputs. */
  public Batch batch(int size) {
    return batches.computeIfAbsent(size, this::record);
  }

  private Batch record(int size) {
    Tape tape = new Tape();
    Tensor inputs = tape.input("inputs", network.model().inputShape(size));
    RecordedNetwork recorded = network.on(tape);
    RecordedNetwork.Result result = recorded.forward(inputs, Mode.EVALUATION);
    tape.keep(result.features());
    tape.keep(result.logits());
    Plan plan = Plan.compile(options.applyTo(tape.graph()), network.backend(), recorded.bindings());
    return new Batch(
        plan, plan.buffer(inputs), plan.buffer(result.features()), plan.buffer(result.logits()));
  }

  /**
   * A plan for batches of one size: fill the inputs, run, read.
   *
   * @param inputs [N, ...]
   * @param features input of the classifier [N, features]
   * @param logits [N, classes]
   */
  public record Batch(Plan plan, Buffer inputs, Buffer features, Buffer logits) {
    public void run() {
      plan.run();
    }
  }

  /**
   * Logits of many inputs, computed in batches.
   *
   * @param inputs one input after the other, such as images, each [H, W, C]
   * @param batchSize largest number of inputs that is run at once
   * @return [count, classes], row after row
   * @throws IllegalArgumentException if the last input is not whole, or a batch has no input
   */
  public float[] logits(float[] inputs, int batchSize) {
    int elements = network.model().input().elements();
    if (inputs.length % elements != 0) {
      throw new IllegalArgumentException(
          "inference: %d numbers are not a whole number of inputs of %s, %d numbers each"
              .formatted(inputs.length, network.model().input(), elements));
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "inference: batch size is " + batchSize + ", expected 1 or more");
    }
    int classes = network.classes();
    int count = inputs.length / elements;
    float[] logits = new float[count * classes];
    for (int at = 0; at < count; at += batchSize) {
      int size = Math.min(batchSize, count - at);
      Batch batch = batch(size);
      batch.inputs.write(0, inputs, at * elements, size * elements);
      batch.run();
      batch.logits.read(0, logits, at * classes, size * classes);
    }
    return logits;
  }

  /**
   * Share of examples whose largest logit is that of their target, 0 to 1.
   *
   * @throws IllegalArgumentException if rows are no inputs of the network, or a target is no label
   */
  public double accuracy(Examples examples) {
    examples.requireInputs(network.model().input());
    int classes = network.classes();
    float[] logits = logits(examples.inputs(), BATCH);
    int right = 0;
    for (int i = 0; i < examples.size(); i++) {
      float target = examples.target(i);
      if (!(target >= 0 && target < classes && target == Math.rint(target))) {
        throw new IllegalArgumentException(
            "accuracy: target %d is %s, expected a label, a whole number from 0 to %d"
                .formatted(i, target, classes - 1));
      }
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = logits[i * classes + k] > logits[i * classes + best] ? k : best;
      }
      right += best == target ? 1 : 0;
    }
    return (double) right / examples.size();
  }
}
