package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.backend.Buffer;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.graph.Tape;
import engram.nn.Network;
import engram.nn.Parameters;
import engram.op.SgdStep;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Exponential moving average of a network's parameters, taken at random steps:
 *
 * <pre>average := d average + (1 - d) network,   d = min(decay, 1 - 1 / updates),</pre>
 *
 * where updates counts from 1, so that the first one takes over the network. State that is not
 * trained, such as running statistics, is copied.
 */
public final class MovingAverage implements Stateful {
  private final Rate rate;
  private Optional<Network> average = Optional.empty();
  private Optional<Following> following = Optional.empty();
  private long steps;
  private long updates;

  /**
   * How soon an average follows.
   *
   * @param decay share of itself that an update keeps, 0 to 1
   * @param frequency probability of an update after a step, 0 to 1
   */
  public record Rate(double decay, double frequency) {
    public Rate {
      requireShare("keeps", decay);
      requireShare("is updated at", frequency);
    }

    private static void requireShare(String what, double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "a moving average %s a share of %s, expected 0 to 1".formatted(what, share));
      }
    }
  }

  /** A plan that moves the average by one step, and how far: a share of the distance. */
  private record Following(Plan plan, Buffer share) {}

  MovingAverage(Rate rate) {
    this.rate = rate;
  }

  /** One that follows {@code network} at each step from now on. */
  public static MovingAverage of(Network network, double decay) {
    MovingAverage average = new MovingAverage(new Rate(decay, 1));
    average.follow(network);
    return average;
  }

  /** Follows a network from now on; new classes begin as they are there. */
  void follow(Network network) {
    Network next = network.copy();
    if (updates > 0) {
      next.copyLeading(network());
    }
    average = Optional.of(next);
    following = Optional.of(plan(next, network));
  }

  /**
   * The average goes a share 1 - d of its way to the network: a step of gradient descent at that
   * rate on half the square of their distance.
   */
  private static Following plan(Network average, Network network) {
    Tape tape = new Tape();
    Map<Tensor, Buffer> bindings = new HashMap<>();
    Tensor mean = on(tape, bindings, "average", average.parameters());
    Tensor latest = on(tape, bindings, "network", network.parameters());
    Tensor distance = tape.subtract(mean, latest);
    Tensor velocity = tape.input("velocity", mean.shape());
    Tensor share = tape.input("share", shape(1));
    tape.record(new SgdStep(0, false, 0), mean, distance, velocity, share);
    Tensor state = on(tape, bindings, "average.state", average.state());
    tape.assign(state, on(tape, bindings, "network.state", network.state()));
    Plan plan = Plan.compile(tape.graph(), average.backend(), bindings);
    return new Following(plan, plan.buffer(share));
  }

  private static Tensor on(
      Tape tape, Map<Tensor, Buffer> bindings, String name, Parameters values) {
    Tensor tensor = tape.input(name, values.layout().shape());
    bindings.put(tensor, values.buffer());
    return tensor;
  }

  /** The average. */
  public Network network() {
    return average.orElseThrow(MovingAverage::nothingFollowed);
  }

  /** Tells the average and how often it was moved, but not what it follows. */
  @Override
  public void state(State state) {
    steps = state.number("steps", steps);
    updates = state.number("updates", updates);
    average = state.network("average", average);
  }

  /** Called after each training step, to follow at random. */
  void step(CounterRandom random) {
    if (random.uniformDouble(steps++) < rate.frequency) {
      step();
    }
  }

  /** Follows by one step. */
  public void step() {
    double kept = Math.min(rate.decay, 1 - 1.0 / ++updates);
    Following move = following.orElseThrow(MovingAverage::nothingFollowed);
    move.share.write((float) (1 - kept));
    move.plan.run();
  }

  private static IllegalStateException nothingFollowed() {
    return new IllegalStateException("moving average: there is no network to follow yet");
  }
}
