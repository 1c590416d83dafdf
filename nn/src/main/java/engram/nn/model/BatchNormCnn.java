package engram.nn.model;

import engram.nn.Sequential;
import engram.nn.init.Initialiser;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Layer;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Named;
import engram.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network whose features can be compared: three stages of convolution, 2 x 2 pool, batch
 * normalisation and leaky ReLU with 32, 64 and 128 channels, then 256 features and a linear
 * classifier over them. Images of 8 x 8 or more; Kaiming-normal weights (Xavier-uniform for the
 * classifier), zero biases.
 *
 * <p>The pool comes before the normalisation, which then has a quarter of the work, and lets the
 * convolution pool what it makes.
 */
public final class BatchNormCnn {
  private static final float SLOPE = 0.01f;
  private static final int FEATURES = 256;
  private static final Initialiser KAIMING = new Initialiser.KaimingNormal(SLOPE);

  private BatchNormCnn() {}

  /**
   * The network.
   *
   * @param input [height, width, channels]
   */
  public static Sequential of(Shape input, int classes) {
    return Head.on(
        flattened(input, three(input)),
        map ->
            new Linear(map, FEATURES)
                .withInitialisers(KAIMING, Initialiser.zeros())
                .named("features"),
        map -> new LeakyRelu(SLOPE),
        map -> classifier(FEATURES, classes));
  }

  /** The same without the layer of 256 features: the classifier sees the map, 4 x 4 x 128. */
  public static Sequential onMap(Shape input, int classes) {
    return Head.on(flattened(input, three(input)), map -> classifier(map, classes));
  }

  /**
   * Two convolutions in each stage, the second one before the pool; the classifier sees the map of
   * 4 x 4 x 128.
   */
  public static Sequential deep(Shape input, int classes) {
    Stream<Layer> six =
        Stream.of(
                convolution(input.dim(-1), 32, 5),
                convolution(32, 32, 3, new MaxPool2d(2)),
                convolution(32, 64, 3),
                convolution(64, 64, 3, new MaxPool2d(2)),
                convolution(64, 128, 3),
                convolution(128, 128, 3, new MaxPool2d(2)))
            .flatMap(layers -> layers);
    return Head.on(flattened(input, six), map -> classifier(map, classes));
  }

  private static Stream<Layer> three(Shape input) {
    return Stream.of(
            convolution(input.dim(-1), 32, 5, new MaxPool2d(2)),
            convolution(32, 64, 3, new MaxPool2d(2)),
            convolution(64, 128, 3, new MaxPool2d(2)))
        .flatMap(layers -> layers);
  }

  /** A convolution, the layers {@code between}, normalisation, leaky ReLU. */
  private static Stream<Layer> convolution(int in, int out, int kernel, Layer... between) {
    Layer first =
        new Conv2d(in, out, kernel, kernel / 2).withInitialisers(KAIMING, Initialiser.zeros());
    Stream<Layer> last = Stream.of(new BatchNorm2d(out), new LeakyRelu(SLOPE));
    return Stream.of(Stream.of(first), Stream.of(between), last).flatMap(layers -> layers);
  }

  private static Named classifier(int in, int classes) {
    return new Linear(in, classes)
        .withInitialisers(new Initialiser.XavierUniform(), Initialiser.zeros())
        .named("fc");
  }

  private static Sequential flattened(Shape input, Stream<Layer> stages) {
    List<Layer> layers = Stream.concat(stages, Stream.of(new Flatten())).toList();
    return new Sequential(input, Named.all(layers));
  }
}
