package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.vector.conv.Conv2dForward;
import engram.backend.vector.conv.Conv2dInputGradient;
import engram.backend.vector.conv.Conv2dWeightGradient;
import engram.backend.vector.conv.ConvShape;
import engram.backend.vector.conv.Epilogue;
import engram.backend.vector.conv.PooledWeightGradient;
import engram.backend.vector.matmul.MatrixProduct;
import engram.backend.vector.run.Span;
import engram.backend.vector.run.Workers;
import java.util.Arrays;
import java.util.Optional;

/** Prints a digest of every kernel's output bits, for comparison between processes. */
final class BitsOfAllKernels {
  private static final int REPEAT = Integer.getInteger("repeat", 1);

  private BitsOfAllKernels() {}

  public static void main(String[] args) {
    ConvShape shape = new ConvShape(9, 4, 4, 5, 35, 3, 3, 1, 1);
    Span x = Span.of(Arena.random(shape.xLength(), 1));
    Span w = Span.of(Arena.random(shape.weightLength(), 2));
    Span dy = Span.of(Arena.random(shape.yLength(), 3));
    Span y = Span.of(new float[shape.yLength()]);
    Span dx = Span.of(new float[shape.xLength()]);
    Span dw = Span.of(new float[shape.weightLength()]);
    Span index = Span.of(new float[shape.yLength()]);
    Epilogue epilogue =
        Epilogue.NONE
            .withBias(Span.of(Arena.random(shape.o(), 4)))
            .withLeakyRelu(0.01f)
            .withMaxPool(index);
    try (Workers team = new Workers(2)) {
      print("forward", new Conv2dForward(shape, x, w, epilogue, y, team), y);
      print("pool index", () -> {}, index);
      print("input gradient", new Conv2dInputGradient(shape, dy, w, dx, team), dx);
      print("weight gradient", Conv2dWeightGradient.of(shape, x, dy, dw, team), dw);
      Kernel pooled = new PooledWeightGradient(shape, x, y, index, dw, team);
      print("pooled weight gradient", pooled, dw);
      print("pooled input gradient", Conv2dInputGradient.pooled(shape, y, index, w, dx, team), dx);
      for (boolean transposeB : new boolean[] {false, true}) {
        MatrixProduct.Shape product = new MatrixProduct.Shape(9, 21, 530, false, transposeB);
        Span a = Span.of(Arena.random(9 * 530, 5));
        Span b = Span.of(Arena.random(21 * 530, 6));
        Span c = Span.of(new float[9 * 21]);
        print(product.toString(), MatrixProduct.of(product, a, b, Optional.empty(), c, team), c);
      }
    }
  }

  private static void print(String name, Kernel kernel, Span output) {
    for (int i = 0; i < REPEAT; i++) {
      kernel.run();
    }
    System.out.printf("%s %08x%n", name, Arrays.hashCode(output.array()));
  }
}
