package engram.bench.picture;

import engram.cl.task.Examples;
import engram.data.ImageSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One image to stand for each class: of the half of its images that look most like their mean, the
 * one with the sharpest and best lit middle. Likeness alone would choose a blurred one, sharpness
 * alone a freak.
 */
public final class ClassPictures {
  /** Looked at of a class, evenly spread over its images, which follow each other by track. */
  private static final int CANDIDATES = 200;

  private ClassPictures() {}

  /**
   * The images chosen for {@code classes}, all of which must have one, with their contrast
   * stretched to the full range: dark photographs, too, can be made out when they are small.
   *
   * @param images labelled with the data set's classes
   */
  public static ImageSet of(ImageSet images, List<Integer> classes) {
    Examples examples = Examples.of(images);
    ImageSet chosen =
        images.select(
            classes.stream().mapToInt(number -> choose(ofLabel(examples, number))).toArray());
    for (int i = 0; i < chosen.size(); i++) {
      stretch(chosen.pixels(), i * chosen.imageBytes(), chosen.imageBytes());
    }
    return chosen;
  }

  /** Scales bytes so that all but the lowest and highest fiftieth lie between 0 and 255. */
  private static void stretch(byte[] pixels, int from, int count) {
    int[] sorted = IntStream.range(from, from + count).map(k -> pixels[k] & 255).sorted().toArray();
    int low = sorted[count / 50];
    int high = Math.max(low + 1, sorted[count - 1 - count / 50]);
    for (int k = from; k < from + count; k++) {
      int value = 255 * ((pixels[k] & 255) - low) / (high - low);
      pixels[k] = (byte) Math.clamp(value, 0, 255);
    }
  }

  private static Examples ofLabel(Examples examples, int label) {
    int[] positions =
        IntStream.range(0, examples.size()).filter(i -> examples.label(i) == label).toArray();
    int shown = Math.min(CANDIDATES, positions.length);
    return examples.select(
        IntStream.range(0, shown)
            .map(i -> positions[(int) ((2L * i + 1) * positions.length / (2L * shown))])
            .toArray());
  }

  private static int choose(Examples ofClass) {
    int n = ofClass.size();
    double[][] standard =
        IntStream.range(0, n).mapToObj(i -> standardised(ofClass, i)).toArray(double[][]::new);
    double[] mean = new double[ofClass.images().imageBytes()];
    for (double[] image : standard) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += image[k] / n;
      }
    }
    List<Integer> typical =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -product(standard[i], mean)))
            .limit(Math.ceilDiv(n, 2))
            .toList();
    int best = typical.stream().max(Comparator.comparingLong(i -> edges(ofClass, i))).orElseThrow();
    return ofClass.index(best);
  }

  /** Pixels with mean 0 and length 1; all zeros for an image of one colour. */
  private static double[] standardised(Examples examples, int i) {
    double mean = mean(examples, i);
    double squares = 0;
    double[] values = new double[examples.images().imageBytes()];
    for (int k = 0; k < values.length; k++) {
      values[k] = pixel(examples, i, k) - mean;
      squares += values[k] * values[k];
    }
    double length = Math.max(1e-9, Math.sqrt(squares));
    for (int k = 0; k < values.length; k++) {
      values[k] /= length;
    }
    return values;
  }

  /** Sum of the differences of neighbours in the middle, where the thing is. */
  private static long edges(Examples examples, int i) {
    ImageSet images = examples.images();
    int right = images.channels();
    int below = images.width() * images.channels();
    long sum = 0;
    for (int y = images.height() / 5; y < images.height() * 4 / 5; y++) {
      for (int x = images.width() / 5; x < images.width() * 4 / 5; x++) {
        for (int c = 0; c < images.channels(); c++) {
          int k = y * below + x * right + c;
          int here = pixel(examples, i, k);
          sum += Math.abs(here - pixel(examples, i, k + right));
          sum += Math.abs(here - pixel(examples, i, k + below));
        }
      }
    }
    return sum;
  }

  private static double mean(Examples examples, int i) {
    return IntStream.range(0, examples.images().imageBytes())
        .mapToDouble(k -> pixel(examples, i, k))
        .average()
        .orElseThrow();
  }

  private static int pixel(Examples examples, int i, int k) {
    return examples.images().pixels()[examples.pixelOffset(i) + k] & 255;
  }

  private static double product(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(k -> a[k] * b[k]).sum();
  }
}
