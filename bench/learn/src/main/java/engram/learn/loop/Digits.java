package engram.learn.loop;

import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.digits.GeneratedDigits;
import engram.nn.train.Examples;
import engram.random.CounterRandom;

/**
 * Pictures of generated digits as a loop gets them.
 *
 * @param pictures [N][784]
 * @param labels [N]
 */
record Digits(float[][] pictures, int[] labels) {
  private static final int THREADS = 2;
  private static final float WHITE = 255;

  /** Those to learn from and those, of other writers, to measure on. */
  record Split(Digits train, Digits test) {}

  /** Digits as they are generated: by class, pixels 0 to 255. */
  static Split generated(GeneratedDigits.Size size) {
    Dataset data = GeneratedDigits.generate(1, size, THREADS);
    return new Split(of(data.train()), of(data.test()));
  }

  private static Digits of(ImageSet images) {
    float[][] pictures = new float[images.size()][images.imageBytes()];
    for (int i = 0; i < pictures.length; i++) {
      for (int j = 0; j < pictures[i].length; j++) {
        pictures[i][j] = images.pixels()[i * images.imageBytes() + j] & 0xFF;
      }
    }
    return new Digits(pictures, images.labels());
  }

  /** The same with pixels 0 to 1. */
  Digits scaled() {
    float[][] scaled = new float[pictures.length][pictures[0].length];
    for (int i = 0; i < scaled.length; i++) {
      for (int j = 0; j < scaled[i].length; j++) {
        scaled[i][j] = pictures[i][j] / WHITE;
      }
    }
    return new Digits(scaled, labels);
  }

  /** {@code count} of them, drawn by lot. */
  Digits some(int count) {
    int[] order = CounterRandom.of(1, "digits").permutation(labels.length);
    float[][] drawn = new float[count][];
    int[] ofDrawn = new int[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = pictures[order[i]];
      ofDrawn[i] = labels[order[i]];
    }
    return new Digits(drawn, ofDrawn);
  }

  /** A copy, which a learner's loop may change without harm. */
  Digits copy() {
    float[][] copy = new float[pictures.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = pictures[i].clone();
    }
    return new Digits(copy, labels.clone());
  }

  Examples examples() {
    return Examples.of(pictures, labels);
  }
}
