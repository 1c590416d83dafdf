package engram.bench.measure;

import engram.cl.stream.Batch;
import engram.cl.stream.Normalisation;
import engram.cl.task.Examples;
import engram.data.ImageSet;
import engram.nn.Sequential;
import engram.random.CounterRandom;
import java.util.function.IntFunction;

/**
 * What a step is fed that is measured or looked at, always the same for a size of batch.
 *
 * @param batch the images and labels of a batch of this size
 */
public record SampleImages(IntFunction<Filled> batch) {

  /**
   * A batch as a step takes it.
   *
   * @param pixels [images, height, width, channels]
   * @param labels [images], from 0
   */
  public record Filled(float[] pixels, float[] labels) {}

  /** Noise in [0, 1) of the shape that a network takes; the labels go round. */
  public static SampleImages noise(Sequential layers) {
    int elements = layers.input().elements();
    int classes = layers.classifier().out();
    return new SampleImages(
        size -> {
          CounterRandom random = CounterRandom.of(1, "sample step");
          float[] pixels = new float[Math.multiplyExact(size, elements)];
          for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.uniform(i);
          }
          float[] labels = new float[size];
          for (int i = 0; i < size; i++) {
            labels[i] = i % classes;
          }
          return new Filled(pixels, labels);
        });
  }

  /** Images of a set in an order of chance, from the first again where there are too few. */
  public static SampleImages of(ImageSet images, Normalisation normalisation) {
    Examples examples = Examples.of(images);
    return new SampleImages(
        size -> {
          int[] order = CounterRandom.of(1, "sample step").permutation(images.size());
          Batch batch = new Batch(size, images.imageBytes(), normalisation);
          float[] labels = new float[size];
          for (int i = 0; i < size; i++) {
            batch.add(examples, order[i % order.length]);
            labels[i] = batch.labels()[i];
          }
          return new Filled(batch.pixels(), labels);
        });
  }
}
