package engram.learn.backprop;

import static engram.tensor.Shape.shape;

import engram.data.ImageSet;
import engram.data.digits.GeneratedDigits;
import engram.op.Values;
import engram.random.CounterRandom;

/**
 * Generated digits as rows of numbers, in random order: 14 x 14, each the mean of four pixels, 0 to
 * 1.
 *
 * @param pixels [N, 196]
 * @param labels [N]
 */
record DigitRows(Values pixels, Values labels) {
  private static final int SIDE = 14;

  /** 1,000 digits to learn from, and 200 that other writers wrote. */
  record Both(DigitRows train, DigitRows test) {
    static Both generate() {
      var digits = GeneratedDigits.generate(1, new GeneratedDigits.Size(20, 4), 1);
      return new Both(of(digits.train()), of(digits.test()));
    }
  }

  private static DigitRows of(ImageSet images) {
    int count = images.size();
    DigitRows rows =
        new DigitRows(Values.zeros(shape(count, SIDE * SIDE)), Values.zeros(shape(count)));
    int[] order = CounterRandom.of(1, "order of digits").permutation(count);
    for (int n = 0; n < count; n++) {
      int first = order[n] * images.imageBytes();
      rows.labels.set(n, images.labels()[order[n]]);
      for (int i = 0; i < images.imageBytes(); i++) {
        int row = i / images.width() / 2;
        int column = i % images.width() / 2;
        double pixel = (images.pixels()[first + i] & 0xff) / 255.0;
        rows.pixels.add(rows.pixels.index(n, row * SIDE + column), pixel / 4);
      }
    }
    return rows;
  }
}
