package engram.backend.opencl;

import engram.backend.Operand;
import engram.op.MatMul;
import java.util.HashMap;
import java.util.Map;

/** Matrix products: {@code matmul.cl}, {@code linear.cl}. */
final class MatMulOps {
  private final Session session;
  private final Tiles tiles;

  MatMulOps(Session session, Tiles tiles) {
    this.session = session;
    this.tiles = tiles;
  }

  DeviceKernel matMul(MatMul op, Operand a, Operand b, Operand y) {
    int m = y.shape().dim(0);
    int n = y.shape().dim(1);
    int k = a.shape().dim(op.transposeA() ? 0 : 1);
    if (op.transposeB() && !op.transposeA()) {
      return rowsWithRows(a, b, a, y, false);
    }
    Tiles.MatMul tile = tiles.matMul();
    Map<String, Integer> constants =
        new HashMap<>(Map.of("V", tiles.vector(), "TM", tile.rows(), "TN", tile.vectors()));
    if (op.transposeA()) {
      constants.put("TRANSPOSE_A", 1);
    }
    int columns = tiles.vector() * tile.vectors();
    boolean narrow = n < columns;
    String function =
        op.transposeB() ? "matmul_both_transposed" : narrow ? "matmul_narrow" : "matmul";
    LaunchBuilder launch =
        session
            .kernel("matmul", function, constants)
            .operand(a)
            .operand(b)
            .operand(y)
            .number(m)
            .number(n)
            .number(k);
    if (op.transposeB() || narrow) {
      return launch.range(m * n);
    }
    return launch.range(
        ceil(m, tile.rows()), ceil(n, columns), Math.min(tiles.group(), ceil(m, tile.rows())), 1);
  }

  DeviceKernel linear(Operand x, Operand w, Operand bias, Operand y) {
    return rowsWithRows(x, w, bias, y, true);
  }

  private DeviceKernel rowsWithRows(
      Operand a, Operand b, Operand bias, Operand y, boolean hasBias) {
    Tiles.Linear tile = tiles.linear();
    int m = y.shape().dim(0);
    int n = y.shape().dim(1);
    int rowTiles = ceil(m, tile.rows());
    return session
        .kernel(
            "linear",
            "linear",
            Map.of(
                "V",
                tiles.vector(),
                "TM",
                tile.rows(),
                "TN",
                tile.columns(),
                "BIAS",
                hasBias ? 1 : 0))
        .operand(a)
        .operand(b)
        .operand(bias)
        .operand(y)
        .number(m)
        .number(n)
        .number(a.shape().dim(1))
        .range(rowTiles, ceil(n, tile.columns()), Math.min(tiles.group(), rowTiles), 1);
  }

  private static int ceil(int count, int size) {
    return (count + size - 1) / size;
  }
}
