package engram.nn.doctor;

import java.util.Locale;
import java.util.stream.Stream;

/** Inputs far from 0, such as bytes that nobody scaled: the first layer's sums are as large. */
final class UnscaledInput implements Symptom {
  /** Root mean square of numbers with mean 0 and variance 1 is 1; of raw bytes it is about 130. */
  private static final double MOST = 10;

  @Override
  public Stream<Finding> in(Examination now) {
    double squares = 0;
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : now.inputs()) {
      squares += (double) value * value;
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    double rms = Math.sqrt(squares / now.inputs().length);
    if (!(rms > MOST)) {
      return Stream.empty();
    }
    boolean bytes = least >= 0 && largest <= 255 && now.model().input().rank() == 3;
    return Stream.of(
        new Finding(
            "unscaled-input",
            "inputs",
            String.format(
                Locale.ROOT,
                "%s run from %.4g to %.4g, their root mean square is %.3g.",
                bytes ? "pixels" : "inputs",
                least,
                largest,
                rms),
            bytes
                ? "They look like bytes: divide by 255, or subtract the mean and divide by the"
                    + " standard deviation."
                : "Subtract the mean and divide by the standard deviation of each column."));
  }
}
