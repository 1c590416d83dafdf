package engram.cl.protocol;

import engram.cl.metrics.Estimate;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure of a paper or of its authors' code.
 *
 * @param strategy what Engram runs for it, such as {@code er_weights=tasks@random}
 * @param accuracy percent
 * @param error what stands behind ±, percentage points; empty where nothing does
 * @param deviation whether the error is the standard deviation of the runs, not the standard error
 *     of their mean
 * @param runs how many were made
 * @param read how the figure is known: {@code in the source}, {@code quoted by ...}, {@code from
 *     memory}
 */
public record PublishedResult(
    String strategy,
    double accuracy,
    OptionalDouble error,
    boolean deviation,
    int runs,
    String read) {

  /** The mean with the 95 % interval that its error makes; none where there is no error. */
  public Optional<Estimate> estimate() {
    return error.isEmpty() || runs < 2
        ? Optional.empty()
        : Optional.of(
            new Estimate(
                accuracy,
                OptionalDouble.of(error.getAsDouble() / (deviation ? Math.sqrt(runs) : 1)),
                runs));
  }
}
