package engram.nn;

import static engram.tensor.Shape.shape;

import engram.nn.init.Initialiser;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;

/**
 * The reference network: three convolutions with leaky ReLUs, a pool behind the first two, a linear
 * classifier over 4096 features. 32 x 32 colour images; Xavier-uniform weights, zero biases.
 */
public final class SimpleCnn {
  private static final float SLOPE = 0.01f;

  private SimpleCnn() {}

  /** The network for a number of classes. */
  public static Sequential of(int classes) {
    return Sequential.of(
        shape(32, 32, 3),
        xavier(new Conv2d(3, 32, 5, 2)),
        new LeakyRelu(SLOPE),
        new MaxPool2d(2),
        xavier(new Conv2d(32, 64, 3, 1)),
        new LeakyRelu(SLOPE),
        new MaxPool2d(2),
        xavier(new Conv2d(64, 64, 3, 1)),
        new LeakyRelu(SLOPE),
        new Flatten(),
        new Linear(4096, classes)
            .withInitialisers(new Initialiser.XavierUniform(), Initialiser.zeros())
            .named("fc"));
  }

  private static Conv2d xavier(Conv2d layer) {
    return layer.withInitialisers(new Initialiser.XavierUniform(), Initialiser.zeros());
  }
}
