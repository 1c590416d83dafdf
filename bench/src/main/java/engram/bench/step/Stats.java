package engram.bench.step;

/**
 * A value in a few numbers.
 *
 * @param norm L2, of the finite elements
 * @param min of the finite elements; 0 if there is none
 * @param max likewise
 * @param mean likewise
 * @param zeros share of elements that are 0, 0 to 1
 * @param nonFinite number of elements that are NaN or infinite
 * @param histogram of the finite elements, in equal bins from min to max
 */
record Stats(
    double norm, float min, float max, double mean, double zeros, int nonFinite, int[] histogram) {
  private static final int BINS = 24;

  static Stats of(float[] values) {
    double squares = 0;
    double sum = 0;
    int zeros = 0;
    int finite = 0;
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        finite++;
        squares += (double) value * value;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        zeros += value == 0 ? 1 : 0;
      }
    }
    if (finite == 0) {
      return new Stats(0, 0, 0, 0, 0, values.length, new int[BINS]);
    }
    int[] histogram = new int[BINS];
    double width = ((double) max - min) / BINS;
    for (float value : values) {
      if (Float.isFinite(value)) {
        int bin = width == 0 ? BINS / 2 : (int) ((value - (double) min) / width);
        histogram[Math.min(BINS - 1, bin)]++;
      }
    }
    return new Stats(
        Math.sqrt(squares),
        min,
        max,
        sum / finite,
        (double) zeros / values.length,
        values.length - finite,
        histogram);
  }
}
