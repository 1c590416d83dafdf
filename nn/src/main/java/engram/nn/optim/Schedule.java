package engram.nn.optim;

import java.util.List;

/**
 * Learning rate as a pure function of how far training is, so that a resumed run needs no state.
 * Whether {@code time} counts epochs or steps is up to the caller.
 */
public interface Schedule {

  /** Learning rate at {@code time}, from 0. */
  float rate(int time);

  /** This schedule where its time goes on once in {@code steps} of another: epochs from steps. */
  default Schedule each(int steps) {
    return time -> rate(time / steps);
  }

  /**
   * This schedule with a start in a straight line: for {@code time < steps} its rate times {@code
   * (time + 1) / steps} (Goyal et al. 2017).
   */
  default Schedule warmedUp(int steps) {
    return time -> time < steps ? rate(time) * (time + 1) / steps : rate(time);
  }

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
   * {@code initial gamma^(number of times <= time)}, as {@code
   * torch.optim.lr_scheduler.MultiStepLR}.
   *
   * @param times at which the rate falls
   */
  record MultiStepLr(float initial, double gamma, List<Integer> times) implements Schedule {
    public MultiStepLr {
      times = List.copyOf(times);
    }

    @Override
    public float rate(int time) {
      int falls = 0;
      for (int i = 0; i < times.size(); i++) {
        falls += times.get(i) <= time ? 1 : 0;
      }
      return (float) (initial * StrictMath.pow(gamma, falls));
    }
  }

  /**
   * Half cosines from peak to floor, each twice as long as the one before, the first of length 1
   * (Loshchilov and Hutter 2017), after a time 0 at a tenth of the peak, as GDumb trains (Prabhu et
   * al. 2020).
   *
   * <p>A cosine that begins at {@code s} is {@code s} long, {@code s = 1, 2, 4, ...}: {@code floor
   * + (peak - floor) (1 + cos(pi (time - s) / s)) / 2}.
   */
  record WarmRestarts(float peak, float floor) implements Schedule {
    @Override
    public float rate(int time) {
      if (time == 0) {
        return peak / 10;
      }
      int start = Integer.highestOneBit(time);
      double t = (double) (time - start) / start;
      return (float) (floor + (peak - floor) * (1 + StrictMath.cos(Math.PI * t)) / 2);
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
