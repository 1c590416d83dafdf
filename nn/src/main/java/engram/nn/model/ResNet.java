package engram.nn.model;

import static engram.nn.layer.Named.all;

import engram.nn.Sequential;
import engram.nn.init.Initialiser;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.GlobalAveragePool;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.layer.Relu;
import engram.nn.layer.Residual;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks for small images (He et al. 2016): a convolution of 3 x 3, stages of basic
 * blocks of which each but the first halves the image, the mean over its pixels, a linear
 * classifier. Convolutions have no biases. Images of any size.
 *
 * <p>Where a block changes the shape, a convolution of 1 x 1 with batch normalisation brings its
 * input to the sum, as in FACIL (Masana et al. 2022) and torchvision. He et al. had zeros in place
 * of the missing channels on CIFAR-10 ("option A"), which saves some thousand weights.
 *
 * <p>Parameters are named as in torchvision's {@code resnet18}: {@code
 * layer2.0.downsample.0.weight}.
 *
 * @param widths channels of each stage
 * @param blocks blocks of each stage
 * @param convolutions how their weights are drawn
 */
record ResNet(List<Integer> widths, int blocks, Initialiser convolutions) {

  /**
   * The networks for CIFAR-10 of 6 {@code blocks} + 2 layers: stages of 16, 32 and 64 channels,
   * weights as He et al. draw them.
   */
  static ResNet small(int blocks) {
    return new ResNet(List.of(16, 32, 64), blocks, new Initialiser.KaimingNormalOut(0));
  }

  /**
   * ResNet-18 without the large first convolution and its pool, weights as PyTorch draws them.
   *
   * @param width channels of the first stage: 64, or 20 for the slim one (Lopez-Paz and Ranzato
   *     2017)
   */
  static ResNet eighteen(int width) {
    return new ResNet(
        List.of(width, 2 * width, 4 * width, 8 * width), 2, new Initialiser.TorchDefault());
  }

  /**
   * The network.
   *
   * @param input [height, width, channels]
   */
  Sequential of(Shape input, int classes) {
    int channels = widths.getFirst();
    List<Layer> layers = new ArrayList<>();
    layers.add(convolution(input.dim(-1), channels, 3, 1));
    layers.add(new BatchNorm2d(channels));
    layers.add(new Relu());
    for (int stage = 0; stage < widths.size(); stage++) {
      int width = widths.get(stage);
      layers.add(stage(channels, width, stage == 0 ? 1 : 2).named("layer" + (stage + 1)));
      channels = width;
    }
    layers.add(new GlobalAveragePool());
    layers.add(new Linear(channels, classes).named("fc"));
    return new Sequential(input, all(layers));
  }

  private Block stage(int in, int out, int stride) {
    List<Layer> layers = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      Residual residual = block == 0 ? basic(in, out, stride) : basic(out, out, 1);
      layers.add(residual.named(Integer.toString(block)));
      layers.add(new Relu());
    }
    return new Block(all(layers));
  }

  /** Two convolutions; the ReLU behind the sum is the stage's. */
  private Residual basic(int in, int out, int stride) {
    Residual residual =
        Residual.of(
            convolution(in, out, 3, stride),
            new BatchNorm2d(out),
            new Relu(),
            convolution(out, out, 3, 1),
            new BatchNorm2d(out));
    return in == out && stride == 1
        ? residual
        : residual.withShortcut(
            convolution(in, out, 1, stride).named("0"), new BatchNorm2d(out).named("1"));
  }

  private Conv2d convolution(int in, int out, int kernel, int stride) {
    return new Conv2d(in, out, kernel, kernel / 2)
        .withStride(stride)
        .withoutBias()
        .withInitialisers(convolutions, Initialiser.zeros());
  }
}
