package engram.nn.train;

import static engram.tensor.Shape.shape;
import static java.util.Objects.requireNonNull;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.graph.Autograd;
import engram.graph.BackwardFrame;
import engram.graph.Node;
import engram.graph.Tape;
import engram.nn.Network;
import engram.nn.RecordedNetwork;
import engram.nn.layer.Mode;
import engram.op.Op;
import engram.op.Recorder;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the loss of a training step is built from: the batch, the network that is trained, other
 * networks that stay as they are, further inputs.
 *
 * <p>A batch consists of one or more parts, such as new images and images from memory; part after
 * part, row after row.
 */
public final class StepTape implements Recorder {
  /** Name under which the loss is kept. */
  static final String LOSS = "loss";

  private final Tape tape = new Tape();
  private final int[] parts;
  private final double labelSmoothing;
  private final ClassGroups groups;
  private final Backend backend;
  private final Tensor inputs;
  private final Tensor targets;
  private final Tensor number;
  private final RecordedNetwork network;
  private final Map<Network, RecordedNetwork> frozen = new LinkedHashMap<>();
  private final Map<String, Tensor> further = new LinkedHashMap<>();
  private final Map<String, Tensor> kept = new LinkedHashMap<>();
  private final List<BackwardFrame> walk = new ArrayList<>();
  private Optional<RecordedNetwork.Result> result = Optional.empty();

  StepTape(Network trained, TrainingOptions options, int... parts) {
    labelSmoothing = options.labelSmoothing();
    groups = new ClassGroups(options.groups());
    backend = trained.backend();
    this.parts = parts.clone();
    int batch = 0;
    for (int part : parts) {
      batch += part;
    }
    inputs = tape.input("inputs", trained.model().inputShape(batch));
    targets = tape.input("targets", shape(batch));
    number = tape.input("step", shape(1));
    network = trained.on(tape, "", number);
  }

  /** The tape, for whatever has no shorthand here. */
  public Tape tape() {
    return tape;
  }

  /** The inputs of the batch [N, ...], such as images [N, H, W, C]. */
  public Tensor inputs() {
    return inputs;
  }

  /** What each row should become [N]: labels, whole numbers from 0, or values. */
  public Tensor targets() {
    return targets;
  }

  /** Number of this training step, [1], from 1. */
  Tensor number() {
    return number;
  }

  /** The network that is trained. */
  public RecordedNetwork network() {
    return network;
  }

  /** The trained network applied to the batch, in training mode; recorded once. */
  public RecordedNetwork.Result forward() {
    if (result.isEmpty()) {
      result = Optional.of(network.forward(inputs, Mode.TRAINING));
    }
    return result.get();
  }

  /** A network that is only asked, such as a teacher: use it in evaluation mode. */
  public RecordedNetwork frozen(Network teacher) {
    return frozen.computeIfAbsent(teacher, n -> n.on(tape, "frozen" + (frozen.size() + 1), number));
  }

  /** A further input, which the caller of the step fills under its name. */
  public Tensor input(String name, Shape shape) {
    Tensor tensor = tape.input(name, shape);
    if (further.put(name, tensor) != null) {
      throw new IllegalArgumentException("training step: two inputs are named " + name);
    }
    return tensor;
  }

  /** Makes a value, such as one term of the loss, readable after a step; returns it. */
  public Tensor keep(String name, Tensor value) {
    if (kept.put(name, value) != null) {
      throw new IllegalArgumentException("training step: two values are kept as " + name);
    }
    tape.keep(value);
    return value;
  }

  /** Rows of a tensor [N, ...] that belong to one part of the batch. */
  public Tensor part(int index, Tensor rows) {
    int start = 0;
    for (int i = 0; i < index; i++) {
      start += parts[i];
    }
    return narrow(rows, 0, start, parts[index]);
  }

  /** Number of parts that the batch has. */
  public int parts() {
    return parts.length;
  }

  /** Number of rows in one part of the batch. */
  public int partSize(int index) {
    return parts[index];
  }

  @Override
  public List<Tensor> record(Op op, Tensor... operands) {
    return tape.record(op, operands);
  }

  /**
   * Cross-entropy of logits [N, K] and labels [N] as the trainer's options have it, mean over rows,
   * [1]. With a label smoothing of e the target of a row is {@code (1 - e) one-hot + e / K}.
   */
  private Tensor smoothedCrossEntropy(Tensor logits, Tensor ofLabels) {
    Tensor plain = crossEntropy(logits, ofLabels);
    if (labelSmoothing == 0) {
      return plain;
    }
    Tensor even = scale(-1.0 / logits.shape().elements(), sum(logSoftmax(logits)));
    return add(scale(1 - labelSmoothing, plain), scale(labelSmoothing, even));
  }

  /** Whether {@link #classification} compares each image among all classes. */
  public boolean comparesAll() {
    return groups.compareAll();
  }

  /**
   * Cross-entropy of logits [N, K], of the first K classes, and labels [N] as the trainer's options
   * have it, mean over rows, [1]: an image is compared among the classes of its label's group, and
   * labels are smoothed over these.
   */
  public Tensor classification(Tensor logits, Tensor ofLabels) {
    if (groups.compareAll()) {
      return smoothedCrossEntropy(logits, ofLabels);
    }
    Tensor oneHot = groups.oneHot(this, ofLabels, logits.shape().dim(1));
    Tensor masked = groups.masked(this, logits, oneHot);
    Tensor plain = crossEntropy(masked, ofLabels);
    if (labelSmoothing == 0) {
      return plain;
    }
    Tensor own = multiply(logSoftmax(masked), groups.even(this, oneHot));
    Tensor even = scale(-1.0 / logits.shape().dim(0), sum(own));
    return add(scale(1 - labelSmoothing, plain), scale(labelSmoothing, even));
  }

  /** {@link #classification} with labels that are not smoothed, whatever the options. */
  public Tensor hardClassification(Tensor logits, Tensor ofLabels) {
    if (groups.compareAll()) {
      return crossEntropy(logits, ofLabels);
    }
    Tensor oneHot = groups.oneHot(this, ofLabels, logits.shape().dim(1));
    return crossEntropy(groups.masked(this, logits, oneHot), ofLabels);
  }

  /**
   * Cross-entropy of logits [N, K], of the first K classes, and target probabilities [N, K], mean
   * over rows, [1]; a row is compared among the classes of all groups that its target has a share
   * in.
   */
  public Tensor softClassification(Tensor logits, Tensor probabilities) {
    return softCrossEntropy(
        groups.compareAll() ? logits : groups.masked(this, logits, probabilities), probabilities);
  }

  /**
   * Appends a backward pass: the gradients of all parameters, each made at its place in one flat
   * tensor, laid out as {@link RecordedNetwork#flat}.
   *
   * @param name of the flat tensor
   * @param loss [1], depends on every parameter
   */
  public Tensor gradients(String name, Tensor loss) {
    // Penalties read all parameters as one tensor.
    Map<Tensor, Tensor> found =
        Autograd.gradients(tape, loss, network.parameters(), List.of(network.flat()), walk::add);
    Node.Phase before = tape.enter(Node.Phase.BACKWARD);
    Tensor flat = tape.input(name, network.flat().shape());
    List<Tensor> slices = network.slices(flat, name.equals("gradients") ? "d." : name + ".");
    for (int i = 0; i < slices.size(); i++) {
      tape.assign(slices.get(i), requireNonNull(found.get(network.parameters().get(i))));
    }
    Tensor ofPenalty = found.get(network.flat());
    if (ofPenalty != null) {
      tape.assign(flat, tape.add(flat, ofPenalty));
    }
    tape.enter(before);
    return flat;
  }

  /** What the backward passes did at each node. */
  List<BackwardFrame> walk() {
    return walk;
  }

  Map<String, Tensor> further() {
    return further;
  }

  Map<String, Tensor> kept() {
    return kept;
  }

  /** Storage of the networks on the tape. */
  Map<Tensor, Buffer> bindings() {
    Map<Tensor, Buffer> bindings = new HashMap<>(network.bindings());
    frozen.values().forEach(teacher -> bindings.putAll(teacher.bindings()));
    bindings.putAll(groups.bindings(backend));
    return bindings;
  }
}
