package engram.cl.settings;

import engram.nn.optim.Adam;
import engram.nn.optim.Optimiser;
import engram.nn.optim.Sgd;
import java.util.Locale;

/**
 * How gradients change parameters.
 *
 * @param momentum share of its velocity that SGD keeps
 * @param nesterov whether SGD looks ahead by one step of momentum
 * @param weightDecay added to the gradient as L2 penalty, or with AdamW taken from the parameters
 * @param state what becomes of the moments when a task is done
 */
public record Optimisation(
    Kind kind, double momentum, boolean nesterov, double weightDecay, State state) {

  /** Optimisers by their names. */
  public enum Kind {
    ADAM,
    ADAMW,
    SGD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of what an optimiser remembers. */
  public enum State {
    /** Each task begins with none. */
    NEW,
    /** A task goes on with that of the one before. */
    KEPT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Optimisation {
    Options.MOMENTUM.require(momentum);
    Options.WEIGHT_DECAY.require(weightDecay);
    if (momentum != 0 && kind != Kind.SGD) {
      throw new IllegalArgumentException(
          "momentum is %s, expected 0 with optimizer %s: momentum is of sgd"
              .formatted(momentum, kind));
    }
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException(
          "nesterov looks ahead by momentum, and momentum is 0: give both, such as --momentum 0.9");
    }
  }

  Optimisation(Values v) {
    this(
        v.get(Options.OPTIMIZER),
        v.get(Options.MOMENTUM),
        v.get(Options.NESTEROV),
        v.get(Options.WEIGHT_DECAY),
        v.get(Options.OPTIMIZER_STATE));
  }

  /** The optimiser, for a rate that is set before each step. */
  public Optimiser optimiser() {
    return switch (kind) {
      case ADAM -> new Adam(1e-3, 0.9, 0.999, 1e-8, weightDecay, false);
      case ADAMW -> Adam.decoupled(1e-3, weightDecay);
      case SGD -> new Sgd(1e-3, momentum, nesterov, weightDecay);
    };
  }
}
