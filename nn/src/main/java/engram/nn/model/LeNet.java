package engram.nn.model;

import engram.nn.Sequential;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Relu;
import engram.tensor.Shape;

/**
 * LeNet-5 (LeCun et al. 1998) as it is built today, with ReLUs and largest values in its pools: two
 * convolutions of 5 x 5 with 6 and 16 channels, linear layers of 120 and 84 features. Values as
 * PyTorch draws them.
 *
 * <p>It was made for images of 32 x 32. Smaller ones, such as those of 28 x 28, get a margin of two
 * zeros; 12 x 12 is the least.
 */
final class LeNet {
  private static final int MADE_FOR = 32;

  private LeNet() {}

  /**
   * The network.
   *
   * @param input [height, width, channels]
   */
  static Sequential of(Shape input, int classes) {
    int margin = Math.min(input.dim(0), input.dim(1)) < MADE_FOR ? 2 : 0;
    return Head.on(
        Sequential.of(
            input,
            new Conv2d(input.dim(2), 6, 5, margin),
            new Relu(),
            new MaxPool2d(2),
            new Conv2d(6, 16, 5, 0),
            new Relu(),
            new MaxPool2d(2),
            new Flatten()),
        features -> new Linear(features, 120),
        features -> new Relu(),
        features -> new Linear(120, 84),
        features -> new Relu(),
        features -> new Linear(84, classes).named("fc"));
  }
}
