package engram.backend.opencl;

import engram.backend.Operand;
import engram.op.MatMul;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Matrix products: {@code matmul.cl}, {@code linear.cl}. */
final class MatMulOps {
  /** Rows of a from which on panels of b are read often enough to be packed first. */
  private static final int ROWS_WORTH_PACKING = 192;

  private final Session session;
  private final Tiles tiles;

  MatMulOps(Session session, Tiles tiles) {
    this.session = session;
    this.tiles = tiles;
  }

  /**
   * @param gate of a rectifier whose gradient follows; b is not transposed then
   * @param sums where the sums over the rows of a go, if they are wanted; a is transposed then
   */
  DeviceKernel matMul(
      MatMul op, Operand a, Operand b, Operand y, Optional<Gate> gate, Optional<Operand> sums) {
    int m = y.shape().dim(0);
    int n = y.shape().dim(1);
    int k = a.shape().dim(op.transposeA() ? 0 : 1);
    if (op.transposeB()) {
      return op.transposeA()
          ? product(op, Map.of("PACKED", 0, "GATE", 0, "SUMS", 0), "matmul_both_transposed")
              .operand(a)
              .operand(b)
              .operand(y)
              .number(m)
              .number(n)
              .number(k)
              .range(m * n)
          : rowsWithRows(a, b, a, y, false);
    }
    Tiles.MatMul tile = tiles.matMul();
    int columns = tiles.vector() * tile.vectors();
    boolean pack = m >= ROWS_WORTH_PACKING && n >= columns;
    boolean narrow = n < columns;
    OpenClBuffer panels =
        pack ? session.allocate(ceil(n, columns) * columns * k) : OpenClBuffer.of(b);
    int rowTiles = ceil(m, tile.rows());
    Map<String, Integer> variant =
        Map.of(
            "PACKED", pack ? 1 : 0,
            "GATE", gate.isPresent() ? 1 : 0,
            "SUMS", sums.isPresent() ? 1 : 0);
    LaunchBuilder launch =
        product(op, variant, narrow ? "matmul_narrow" : "matmul")
            .operand(a)
            .operand(panels)
            .operand(gate.map(Gate::y).orElse(a))
            .operand(y)
            .operand(sums.orElse(y))
            .number(m)
            .number(n)
            .number(k)
            .number(rowTiles)
            .number(gate.map(Gate::slope).orElse(1f));
    if (narrow) {
      return launch.range(m * n);
    }
    int sumItems = sums.isPresent() ? ceil(m, tiles.vector()) : 0;
    DeviceKernel product =
        launch.range(rowTiles + sumItems, ceil(n, columns), Math.min(tile.group(), rowTiles), 1);
    if (!pack) {
      return product;
    }
    int rows = ceil(n, columns) * k;
    return DeviceKernel.sequence(
        product(op, variant, "pack_panels")
            .operand(b)
            .operand(panels)
            .number(rows)
            .number(n)
            .number(k)
            .range(rows),
        product);
  }

  private LaunchBuilder product(MatMul op, Map<String, Integer> variant, String function) {
    Map<String, Integer> constants = new HashMap<>(variant);
    constants.put("V", tiles.vector());
    constants.put("TM", tiles.matMul().rows());
    constants.put("TN", tiles.matMul().vectors());
    if (op.transposeA()) {
      constants.put("TRANSPOSE_A", 1);
    }
    return session.kernel("matmul", function, constants);
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
