package engram.learn.continual;

import static engram.tensor.Shape.shape;

import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.digits.GeneratedDigits;
import engram.learn.api.Continual;
import engram.op.Values;
import engram.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Generated digits in five tasks of two, in an order of classes that the seed draws. */
final class TwoByTwo {
  static final int TASKS = 5;
  private static final int PER_TASK = 2;

  private final Dataset digits;

  TwoByTwo() {
    digits = GeneratedDigits.generate(1, new GeneratedDigits.Size(30, 10), 1);
  }

  /** Images of some classes: each [784], 0 to 1, with labels in the order in which classes come. */
  record Images(List<Values> images, int[] labels) {

    /** Nothing of them can be used any more. */
    void destroy() {
      images.forEach(image -> image.fill(Double.NaN));
    }
  }

  /** The tasks of a seed. */
  List<Continual.Task> tasks(long seed) {
    List<Continual.Task> tasks = new ArrayList<>();
    int earlier = 0;
    for (int t = 0; t < TASKS; t++) {
      Images images = images(digits.train(), seed, t * PER_TASK, (t + 1) * PER_TASK);
      tasks.add(new Continual.Task(images.images(), images.labels(), (t + 1) * PER_TASK, earlier));
      earlier += images.labels().length;
    }
    return tasks;
  }

  /** Test images of all classes. */
  Images test(long seed) {
    return images(digits.test(), seed, 0, TASKS * PER_TASK);
  }

  private static Images images(ImageSet set, long seed, int from, int to) {
    int[] order = CounterRandom.of(seed, "classes").permutation(TASKS * PER_TASK);
    int[] met = new int[order.length];
    IntStream.range(0, order.length).forEach(k -> met[order[k]] = k);
    int[] chosen =
        Arrays.stream(CounterRandom.of(seed, "images").permutation(set.size()))
            .filter(i -> met[set.labels()[i]] >= from && met[set.labels()[i]] < to)
            .toArray();
    return new Images(
        Arrays.stream(chosen).mapToObj(i -> image(set, i)).toList(),
        Arrays.stream(chosen).map(i -> met[set.labels()[i]]).toArray());
  }

  private static Values image(ImageSet set, int i) {
    Values image = Values.zeros(shape(set.imageBytes()));
    for (int p = 0; p < image.size(); p++) {
      image.set(p, (set.pixels()[i * set.imageBytes() + p] & 0xff) / 255.0);
    }
    return image;
  }
}
