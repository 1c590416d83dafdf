package engram.nn.optim;

/**
 * Learning rate as a pure function of how far training is, so that a resumed run needs no state.
 * Whether {@code time} counts epochs or steps is up to the caller.
 */
public interface Schedule {

  /** Learning rate at {@code time}, from 0. */
  float rate(int time);

  /** Always the same. */
  record Constant(float value) implements Schedule {
    @Override
    public float rate(int time) {
      return value;
    }
  }

  /** {@code initial gamma^floor(time / period)}, as {@code torch.optim.lr_scheduler.StepLR}. */
  record StepLr(float initial, int period, double gamma) implements Schedule {
    public StepLr {
      if (period < 1) {
        throw new IllegalArgumentException("StepLR: period is " + period + ", expected 1 or more");
      }
    }

    @Override
    public float rate(int time) {
      return (float) (initial * StrictMath.pow(gamma, Math.floorDiv(time, period)));
    }
  }

  /**
   * Up in a straight line, then down along half a cosine (Loshchilov and Hutter 2017).
   *
   * <p>For {@code time < warmUp}: {@code peak (time + 1) / warmUp}. Then {@code floor + (peak -
   * floor) (1 + cos(pi t)) / 2} with t from 0 to 1 at {@code total}, and floor afterwards.
   */
  record Cosine(float peak, float floor, int warmUp, int total) implements Schedule {
    public Cosine {
      if (warmUp < 0 || total <= warmUp) {
        throw new IllegalArgumentException(
            "cosine schedule: warm-up is %d and the total %d, expected 0 <= warm-up < total"
                .formatted(warmUp, total));
      }
    }

    @Override
    public float rate(int time) {
      if (time < warmUp) {
        return peak * (time + 1) / warmUp;
      }
      double t = Math.min(1.0, (double) (time - warmUp) / (total - warmUp));
      return (float) (floor + (peak - floor) * (1 + StrictMath.cos(Math.PI * t)) / 2);
    }
  }
}
