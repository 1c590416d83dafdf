package engram.learn.loop;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.fusion.Fusion;
import engram.graph.Autograd;
import engram.graph.Node;
import engram.graph.Tape;
import engram.learn.api.Loop;
import engram.learn.exercise.Verdict;
import engram.nn.Network;
import engram.nn.RecordedNetwork;
import engram.nn.doctor.WatchedStep;
import engram.nn.layer.Mode;
import engram.op.SgdStep;
import engram.plan.Observer;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network in training on a backend, its parts called by the learner's loop. What is called is
 * noted: {@link #curve} has the loss of each forward pass, and calls in an order that cannot be
 * meant are refused with the reason.
 */
final class EngineMachine implements Loop.Machine {
  private static final Observer NOBODY = _ -> {};

  private final Network network;
  private final int mostUpdates;
  private final Buffer gradients;
  private final Buffer rate;
  private final Plan update;
  private final Map<Integer, Batch> batches = new HashMap<>();
  private final LossCurve curve = new LossCurve();
  private final LoopDoctor doctor;
  private Optional<Batch> batch = Optional.empty();
  private boolean isForwardDone;
  private double lastLoss;
  private int added;
  private int spent;
  private int mostAdded;
  private int updates;

  /** A step for one batch size, without its update: {@code forward} nodes, then the others. */
  private record Batch(Plan plan, int forward, Buffer pictures, Buffer labels, Buffer loss) {
    void run(int from, int to) {
      plan.run(from, to, NOBODY);
    }
  }

  /**
   * @param mostUpdates after which training has failed: a loop that waits for what never comes
   */
  EngineMachine(Network network, int mostUpdates) {
    this.network = network;
    this.mostUpdates = mostUpdates;
    Backend backend = network.backend();
    int parameters = network.parameters().layout().elements();
    gradients = backend.allocate(parameters);
    rate = backend.allocate(1);
    doctor = new LoopDoctor(network, gradients);
    Tape tape = new Tape();
    Tensor p = tape.input("parameters", shape(parameters));
    Tensor g = tape.input("gradients", shape(parameters));
    Tensor velocity = tape.input("velocity", shape(parameters));
    Tensor r = tape.input("rate", shape(1));
    tape.record(new SgdStep(0, false, 0), p, g, velocity, r);
    update =
        Plan.compile(
            tape.graph(), backend, Map.of(p, network.parameters().buffer(), g, gradients, r, rate));
  }

  /** The loss of each forward pass. */
  LossCurve curve() {
    return curve;
  }

  /** What watched each update. */
  LoopDoctor doctor() {
    return doctor;
  }

  /** How often parameters were changed. */
  int updates() {
    return updates;
  }

  /** Of how many backward passes, at the most, the gradients of one update were the sum. */
  int mostAdded() {
    return mostAdded;
  }

  @Override
  public void batch(float[][] pictures, int[] labels) {
    int inputs = network.model().input().elements();
    require(
        pictures.length == labels.length && labels.length > 0,
        "batch: %d pictures and %d labels, expected as many of both, one at least"
            .formatted(pictures.length, labels.length));
    float[] pixels = new float[pictures.length * inputs];
    float[] targets = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      require(
          pictures[i] != null,
          "batch: picture %d is null; copyOfRange beyond the end of an array fills up with null"
              .formatted(i));
      require(
          pictures[i].length == inputs,
          "batch: picture %d has %d numbers, expected %d".formatted(i, pictures[i].length, inputs));
      require(
          labels[i] >= 0 && labels[i] < network.classes(),
          "batch: label %d is %d, expected 0 to %d".formatted(i, labels[i], network.classes() - 1));
      System.arraycopy(pictures[i], 0, pixels, i * inputs, inputs);
      targets[i] = labels[i];
    }
    Batch set = batches.computeIfAbsent(labels.length, this::record);
    set.pictures.write(pixels);
    set.labels.write(targets);
    batch = Optional.of(set);
    isForwardDone = false;
  }

  @Override
  public double forward() {
    Batch set = batch.orElseThrow(() -> new IllegalStateException("forward: call batch first"));
    set.run(0, set.forward);
    isForwardDone = true;
    lastLoss = set.loss.read()[0];
    curve.add(lastLoss);
    return lastLoss;
  }

  @Override
  public void zeroGradients() {
    gradients.write(new float[gradients.elements()]);
    added = 0;
    spent = 0;
  }

  @Override
  public void backward() {
    require(
        isForwardDone,
        "backward: call forward first, each time: it computes what backward reads, and backward"
            + " writes over it");
    Batch set = batch.orElseThrow();
    set.run(set.forward, set.plan.steps().size());
    isForwardDone = false;
    added++;
  }

  @Override
  public void update(double learningRate) {
    if (++updates > mostUpdates) {
      throw new Verdict.Stop(
          doctor.under(
              curve.under(
                  Verdict.failed("your loop goes on behind %,d updates".formatted(mostUpdates)))));
    }
    mostAdded = Math.max(mostAdded, added);
    rate.write(new float[] {(float) learningRate});
    batch.ifPresentOrElse(
        set ->
            doctor.run(
                new WatchedStep(
                    set.plan, set.pictures, set.labels, spent, update::run, () -> lastLoss)),
        update::run);
    spent = added;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalStateException(rule);
    }
  }

  private Batch record(int size) {
    Tape tape = new Tape();
    RecordedNetwork recorded = network.on(tape);
    Tensor pictures = tape.input("inputs", network.model().inputShape(size));
    Tensor labels = tape.input("targets", shape(size));
    Tensor logits = recorded.forward(pictures, Mode.TRAINING).logits();
    Tensor loss = tape.crossEntropy(logits, labels);
    tape.keep(loss);
    List<Tensor> found = Autograd.gradients(tape, loss, recorded.parameters());
    Tensor flat = tape.input("gradients", shape(gradients.elements()));
    List<Tensor> sums = recorded.slices(flat, "d.");
    tape.enter(Node.Phase.UPDATE);
    for (int i = 0; i < sums.size(); i++) {
      tape.assign(sums.get(i), tape.add(sums.get(i), found.get(i)));
    }
    Map<Tensor, Buffer> bindings = new HashMap<>(recorded.bindings());
    bindings.put(flat, gradients);
    Plan plan = Plan.compile(Fusion.rewrite(tape.graph()), network.backend(), bindings);
    int forward = 0;
    while (plan.steps().get(forward).phase() == Node.Phase.FORWARD) {
      forward++;
    }
    return new Batch(plan, forward, plan.buffer(pictures), plan.buffer(labels), plan.buffer(loss));
  }
}
