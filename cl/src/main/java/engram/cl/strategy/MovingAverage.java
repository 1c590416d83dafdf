package engram.cl.strategy;

import engram.nn.Network;
import engram.nn.train.Inference;
import engram.random.CounterRandom;
import java.util.Optional;

/**
 * Exponential moving average of a network's parameters, taken at random steps:
 *
 * <pre>average := d average + (1 - d) network,   d = min(decay, 1 - 1 / updates),</pre>
 *
 * where updates counts from 1, so that the first one copies the network. State that is not trained,
 * such as running statistics, is copied.
 */
public final class MovingAverage {
  private final Rate rate;
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

  private record Following(Network average, Network network, Inference inference) {}

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
    Network average = network.copy();
    if (updates > 0) {
      average.copyLeading(following().average);
    }
    following = Optional.of(new Following(average, network, new Inference(average)));
  }

  /** The average. */
  public Network network() {
    return following().average;
  }

  /** The average, ready to be asked. */
  Inference inference() {
    return following().inference;
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
    float[] values = following().average.parameters().snapshot();
    float[] latest = following().network.parameters().snapshot();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (kept * values[i] + (1 - kept) * latest[i]);
    }
    following().average.parameters().restore(values);
    following().average.state().restore(following().network.state().snapshot());
  }

  private Following following() {
    return following.orElseThrow(
        () -> new IllegalStateException("moving average: there is no network to follow yet"));
  }
}
