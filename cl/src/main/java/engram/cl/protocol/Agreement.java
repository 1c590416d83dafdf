package engram.cl.protocol;

import engram.cl.metrics.Estimate;
import java.util.Optional;

/**
 * What a run reached beside what was published.
 *
 * @param published the figure
 * @param ours mean over our seeds of the protocol's metric, percent
 */
public record Agreement(PublishedResult published, Estimate ours) {
  /** Percentage points that two means may differ by and still count as the same. */
  public static final double NEAR = 2;

  /** Of two seeds the interval is twelve standard errors wide to each side: it meets anything. */
  private static final int FEWEST_SEEDS = 3;

  /** Ours minus the published one, percentage points. */
  public double difference() {
    return ours.mean() - published.accuracy();
  }

  /** Whether the 95 % intervals of both meet; empty where one has none, or ours of two seeds. */
  public Optional<Boolean> intervalsMeet() {
    if (published.estimate().isEmpty()
        || ours.halfWidth().isEmpty()
        || ours.count() < FEWEST_SEEDS) {
      return Optional.empty();
    }
    double reach =
        published.estimate().get().halfWidth().orElseThrow() + ours.halfWidth().getAsDouble();
    return Optional.of(Math.abs(difference()) <= reach);
  }

  /** Within {@link #NEAR} points, or with intervals that meet. */
  public boolean holds() {
    return Math.abs(difference()) <= NEAR || intervalsMeet().orElse(false);
  }
}
