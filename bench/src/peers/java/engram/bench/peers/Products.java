package engram.bench.peers;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.inspect.CaseRun;
import engram.op.MatMul;
import engram.op.OpCase;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** Square matrix products: here and in OpenBLAS, on the same numbers, with the same result. */
final class Products {
  private static final int[] SIZES = {64, 128, 256, 512, 1024};

  private Products() {}

  static List<Contender> of(Backend backend) {
    List<Contender> contenders = new ArrayList<>();
    for (int n : SIZES) {
      OpCase product = OpCase.of(new MatMul(false, false), shape(n, n), shape(n, n));
      CaseRun ours = new CaseRun(product, backend);
      FloatPointer a = numbers(product, 0);
      FloatPointer b = numbers(product, 1);
      FloatPointer c = new FloatPointer((long) n * n);
      Runnable theirs =
          () ->
              openblas.cblas_sgemm(
                  openblas.CblasRowMajor,
                  openblas.CblasNoTrans,
                  openblas.CblasNoTrans,
                  n,
                  n,
                  n,
                  1,
                  a,
                  n,
                  b,
                  n,
                  0,
                  c,
                  n);
      requireSame(n, ours, theirs, c);
      // Small ones are repeated, so that one step is long enough for the clock.
      int repeats = Math.max(1, 64 * 256 * 256 / (n * n * (n / 64)) / 16);
      double gigaflops = repeats * 2e-9 * n * n * n;
      String work = "matmul " + n;
      contenders.add(
          new Contender("engram", work, gigaflops, "GFLOP/s", times(repeats, ours.kernel()::run)));
      contenders.add(new Contender("openblas", work, gigaflops, "GFLOP/s", times(repeats, theirs)));
    }
    return contenders;
  }

  private static Runnable times(int repeats, Runnable once) {
    return () -> {
      for (int i = 0; i < repeats; i++) {
        once.run();
      }
    };
  }

  private static FloatPointer numbers(OpCase product, int input) {
    var values = product.draw(input);
    FloatPointer numbers = new FloatPointer(values.size());
    for (int i = 0; i < values.size(); i++) {
      numbers.put(i, (float) values.get(i));
    }
    return numbers;
  }

  private static void requireSame(int n, CaseRun ours, Runnable theirs, FloatPointer c) {
    float[] expected = ours.results().getFirst();
    theirs.run();
    for (int i = 0; i < expected.length; i++) {
      if (Math.abs(expected[i] - c.get(i)) > 1e-4 * n) {
        throw new IllegalStateException(
            "matmul %d: element %d is %s here and %s in OpenBLAS"
                .formatted(n, i, expected[i], c.get(i)));
      }
    }
  }
}
