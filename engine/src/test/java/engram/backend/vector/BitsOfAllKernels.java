package engram.backend.vector;

import static engram.backend.vector.conv.ConvAlgorithm.OUTER_PRODUCTS;
import static engram.backend.vector.conv.ConvAlgorithm.PATCHES;

import engram.backend.Kernel;
import engram.backend.vector.conv.Conv2dForward;
import engram.backend.vector.conv.Conv2dInputGradient;
import engram.backend.vector.conv.Conv2dWeightGradient;
import engram.backend.vector.conv.ConvShape;
import engram.backend.vector.conv.Epilogue;
import engram.backend.vector.conv.PooledWeightGradient;
import engram.backend.vector.matmul.MatrixProduct;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import java.util.Arrays;
import java.util.Optional;

/** Prints a digest of every kernel's output bits, for comparison between processes. */
final class BitsOfAllKernels {
  private static final int REPEAT = Integer.getInteger("repeat", 1);

  private BitsOfAllKernels() {}

  public static void main(String[] args) {
    ConvShape shape = new ConvShape(9, 4, 4, 5, 35, 3, 3, 1, 1);
    HostBuffer x = HostBuffer.wrap(Arena.random(shape.xLength(), 1));
    HostBuffer w = HostBuffer.wrap(Arena.random(shape.weightLength(), 2));
    HostBuffer dy = HostBuffer.wrap(Arena.random(shape.yLength(), 3));
    HostBuffer y = HostBuffer.wrap(new float[shape.yLength()]);
    HostBuffer dx = HostBuffer.wrap(new float[shape.xLength()]);
    HostBuffer dw = HostBuffer.wrap(new float[shape.weightLength()]);
    HostBuffer index = HostBuffer.wrap(new float[shape.yLength()]);
    Epilogue epilogue =
        Epilogue.NONE
            .withBias(HostBuffer.wrap(Arena.random(shape.o(), 4)))
            .withLeakyRelu(0.01f)
            .withMaxPool(index);
    try (Workers team = new Workers(2)) {
      print("forward", new Conv2dForward(PATCHES, shape, x, w, epilogue, y, team), y);
      print("pool index", () -> {}, index);
      print("input gradient", new Conv2dInputGradient(PATCHES, shape, dy, w, dx, team), dx);
      print("weight gradient", Conv2dWeightGradient.of(OUTER_PRODUCTS, shape, x, dy, dw, team), dw);
      Kernel pooled = new PooledWeightGradient(shape, x, y, index, dw, team);
      print("pooled weight gradient", pooled, dw);
      print(
          "pooled input gradient",
          Conv2dInputGradient.pooled(PATCHES, shape, y, index, w, dx, team),
          dx);
      for (boolean transposeB : new boolean[] {false, true}) {
        MatrixProduct.Shape product = new MatrixProduct.Shape(9, 21, 530, false, transposeB);
        HostBuffer a = HostBuffer.wrap(Arena.random(9 * 530, 5));
        HostBuffer b = HostBuffer.wrap(Arena.random(21 * 530, 6));
        HostBuffer c = HostBuffer.wrap(new float[9 * 21]);
        print(product.toString(), MatrixProduct.of(product, a, b, Optional.empty(), c, team), c);
      }
    }
  }

  private static void print(String name, Kernel kernel, HostBuffer output) {
    for (int i = 0; i < REPEAT; i++) {
      kernel.run();
    }
    System.out.printf("%s %08x%n", name, Arrays.hashCode(output.data()));
  }
}
