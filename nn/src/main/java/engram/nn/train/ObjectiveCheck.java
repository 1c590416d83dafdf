package engram.nn.train;

import engram.backend.Buffer;
import engram.backend.reference.ReferenceBackend;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.graph.Node;
import engram.nn.Layout;
import engram.nn.Network;
import engram.nn.optim.Sgd;
import engram.plan.Plan;
import engram.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The gradients of a whole loss beside finite differences, parameter by parameter: (loss(p + h) -
 * loss(p - h)) / 2h with h = 1e-5, in double precision. The gradients are those of the loss alone,
 * before the objective adjusts or the trainer clips them.
 */
public final class ObjectiveCheck {
  private static final double STEP = 1e-5;

  /** A bend farther away than this is not stepped over any more; rounding allows no less. */
  private static final double SHORT_STEP = 1e-7;

  /** Elements of each parameter that are checked; larger ones are sampled. */
  private static final int SAMPLES = 100;

  private final double[] parameters;
  private final int offset;
  private final Plan plan;
  private final Buffer loss;
  private final int endOfLoss;
  private final int endOfGradients;
  private final Trainer trainer;

  /**
   * One element of one parameter.
   *
   * @param kink whether the loss bends within a step of it, as ReLU does at 0 and max-pooling where
   *     two are largest; {@code numeric} then comes from a shorter step, or, at the bend itself, is
   *     the slope on one side
   */
  public record Entry(String parameter, int index, double analytic, double numeric, boolean kink) {
    /** |analytic - numeric| / (1 + |analytic| + |numeric|). */
    public double error() {
      return distance() / (1 + Math.abs(analytic) + Math.abs(numeric));
    }

    /** |analytic - numeric| / (|analytic| + |numeric|), the sum no less than 1e-4. */
    public double relativeError() {
      return distance() / Math.max(1e-4, Math.abs(analytic) + Math.abs(numeric));
    }

    private double distance() {
      return Math.abs(analytic - numeric);
    }

    /** Whether both are the same but for what rounding and the step of the difference explain. */
    public boolean agrees() {
      return relativeError() < 1e-4;
    }

    @Override
    public String toString() {
      return "%s, element %d: analytic %.9g, numeric %.9g"
          .formatted(parameter, index, analytic, numeric);
    }
  }

  private ObjectiveCheck(Trainer trainer, TrainingStep step) {
    if (!(trainer.network().parameters().buffer()
        instanceof ReferenceBuffer(double[] data, int first, int _))) {
      throw new IllegalArgumentException(
          "objective check: the network is on %s, expected the reference backend"
              .formatted(trainer.network().backend().name()));
    }
    parameters = data;
    offset = first;
    this.trainer = trainer;
    plan = step.plan();
    loss = step.values(StepTape.LOSS);
    List<Node> steps = plan.steps();
    endOfLoss = endOf(Node.Phase.FORWARD, 0, steps);
    endOfGradients = endOf(Node.Phase.BACKWARD, endOfLoss, steps);
  }

  private static int endOf(Node.Phase phase, int from, List<Node> steps) {
    return IntStream.range(from, steps.size())
        .filter(i -> steps.get(i).phase() != phase)
        .findFirst()
        .orElse(steps.size());
  }

  /**
   * Compares both gradients of an objective on one batch. The network stays as it is.
   *
   * @param network on the reference backend, which has the digits
   * @throws IllegalArgumentException if it is on another backend
   */
  public static List<Entry> of(Network network, Objective objective, Examples batch) {
    Trainer trainer = new Trainer(network, objective, new Sgd(0));
    List<Entry> entries = new ArrayList<>();
    trainer.train(batch, step -> entries.addAll(of(trainer, step, SAMPLES, 1)));
    return entries;
  }

  /**
   * Compares both gradients on the batch that a step holds. The network stays as it is; the step is
   * not taken.
   *
   * @param trainer of the step, its network on the reference backend, which has the digits
   * @param samples elements of each parameter that are checked, all where there are fewer
   * @param seed decides which
   * @throws IllegalArgumentException if the network is on another backend
   */
  public static List<Entry> of(Trainer trainer, TrainingStep step, int samples, long seed) {
    return new ObjectiveCheck(trainer, step).entries(samples, seed);
  }

  private List<Entry> entries(int samples, long seed) {
    Buffer state = trainer.network().state().buffer();
    double[] remembered = ReferenceBackend.read(state);
    plan.run(0, endOfGradients, _ -> {});
    double[] gradients = ReferenceBackend.read(trainer.optimiser().gradients());
    List<Entry> entries = new ArrayList<>();
    for (Layout.Slot slot : trainer.network().parameters().layout().slots()) {
      String name = slot.spec().name();
      int size = slot.spec().shape().elements();
      int[] order = CounterRandom.of(seed, name).permutation(size);
      for (int i : Arrays.stream(order).limit(samples).sorted().toArray()) {
        entries.add(entry(name, i, offset + slot.offset() + i, gradients[slot.offset() + i]));
      }
    }
    if (state instanceof ReferenceBuffer(double[] data, int first, int count)) {
      System.arraycopy(remembered, 0, data, first, count);
    }
    return entries;
  }

  private Entry entry(String name, int index, int at, double analytic) {
    Entry wide = new Entry(name, index, analytic, slope(at, -STEP, STEP), false);
    if (wide.agrees()) {
      return wide;
    }
    Entry near = new Entry(name, index, analytic, slope(at, -SHORT_STEP, SHORT_STEP), true);
    if (near.agrees()) {
      return near;
    }
    // At the bend itself any slope between those of its sides is one: the nearer is shown.
    for (double side : new double[] {-SHORT_STEP, SHORT_STEP}) {
      Entry beside = new Entry(name, index, analytic, slope(at, side, 0), true);
      if (beside.agrees()) {
        return beside;
      }
    }
    return wide;
  }

  private double slope(int at, double from, double to) {
    return (loss(at, to) - loss(at, from)) / (to - from);
  }

  private double loss(int at, double step) {
    double value = parameters[at];
    parameters[at] = value + step;
    plan.run(0, endOfLoss, _ -> {});
    parameters[at] = value;
    return ReferenceBackend.read(loss)[0];
  }
}
