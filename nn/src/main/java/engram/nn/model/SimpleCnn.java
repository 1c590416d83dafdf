package engram.nn.model;

import engram.nn.Sequential;
import engram.nn.init.Initialiser;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.tensor.Shape;

/**
 * The reference network: three convolutions with leaky ReLUs, a pool behind the first two, a linear
 * classifier over what is left, 4096 features of a 32 x 32 image. Images of 4 x 4 or more;
 * Xavier-uniform weights, zero biases.
 */
public final class SimpleCnn {
  private static final float SLOPE = 0.01f;

  private SimpleCnn() {}

  /**
   * The network.
   *
   * @param input [height, width, channels]
   */
  public static Sequential of(Shape input, int classes) {
    return Head.on(
        Sequential.of(
            input,
            xavier(new Conv2d(input.dim(-1), 32, 5, 2)),
            new LeakyRelu(SLOPE),
            new MaxPool2d(2),
            xavier(new Conv2d(32, 64, 3, 1)),
            new LeakyRelu(SLOPE),
            new MaxPool2d(2),
            xavier(new Conv2d(64, 64, 3, 1)),
            new LeakyRelu(SLOPE),
            new Flatten()),
        features ->
            new Linear(features, classes)
                .withInitialisers(new Initialiser.XavierUniform(), Initialiser.zeros())
                .named("fc"));
  }

  private static Conv2d xavier(Conv2d layer) {
    return layer.withInitialisers(new Initialiser.XavierUniform(), Initialiser.zeros());
  }
}
