package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Epilogue;
import engram.op.MatMul;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Matrix products: {@code matmul.cl}, {@code linear.cl}. */
record MatMulOps(Session session, Tiles tiles) {
  private static final String FILE = "matmul";

  /**
   * Rows or columns of a result from which on the other matrix is read often enough to be packed.
   */
  private static final int WORTH_PACKING = 192;

  /** Steps of a panel of a that one work-item packs. */
  private static final int RUN = 64;

  /**
   * @param sums where the sums over the rows of a go, if they are wanted; a is transposed then
   */
  DeviceKernel matMul(MatMul op, Operand a, Operand b, Epilogue epilogue, Optional<Operand> sums) {
    Operand y = epilogue.y();
    int m = y.shape().dim(0);
    int n = y.shape().dim(1);
    int k = a.shape().dim(op.transposeA() ? 0 : 1);
    boolean narrow = n < tiles.vector();
    if (op.transposeB() && !op.transposeA() && (m < WORTH_PACKING || narrow)) {
      return rowsWithRows(a, b, epilogue);
    }
    boolean packB = !narrow && (m >= WORTH_PACKING || op.transposeB());
    // The sums run over the rows of a as it lies.
    boolean packA = packB && Math.min(m, n) >= WORTH_PACKING && sums.isEmpty();
    Tiles.MatMul tile = packA ? tiles.packedMatMul() : tiles.matMul();
    int rows = tile.rows();
    int vectors = narrow ? 1 : Math.min(tile.vectors(), n / tiles.vector());
    Map<String, Integer> constants =
        Map.of(
            "V", tiles.vector(),
            "TM", rows,
            "TN", vectors,
            "RUN", RUN,
            "TRANSPOSE_A", op.transposeA() ? 1 : 0,
            "TRANSPOSE_B", op.transposeB() ? 1 : 0,
            "PACKED_A", packA ? 1 : 0,
            "PACKED_B", packB ? 1 : 0,
            "ACTIVATION_MASK", epilogue.activation().isPresent() ? 1 : 0,
            "SUMS", sums.isPresent() ? 1 : 0);
    int columns = tiles.vector() * vectors;
    int rowTiles = Math.ceilDiv(m, rows);
    List<DeviceKernel> kernels = new ArrayList<>();
    Operand left = a;
    if (packA) {
      left = session.scratch(Math.multiplyExact(rowTiles * rows, k));
      kernels.add(pack("pack_a", constants, a, left, rowTiles * Math.ceilDiv(k, RUN), m, k));
    }
    Operand right = b;
    if (packB) {
      int panelRows = Math.multiplyExact(Math.ceilDiv(n, columns), k);
      right = session.scratch(Math.multiplyExact(panelRows, columns));
      kernels.add(pack("pack_b", constants, b, right, panelRows, n, k));
    }
    LaunchBuilder product =
        session
            .kernel(FILE, narrow ? "matmul_narrow" : "matmul", constants)
            .operands(left, right, epilogue.activation().orElse(a), y, sums.orElse(y))
            .ints(m, n, k, rowTiles)
            .floats(epilogue.slope());
    int sumItems = sums.isPresent() ? Math.ceilDiv(m, tiles.vector()) : 0;
    int group = Math.min(tile.group(), rowTiles);
    kernels.add(
        narrow
            ? product.range(m * n)
            : product.range(rowTiles + sumItems, Math.ceilDiv(n, columns), group, 1));
    return DeviceKernel.sequence(kernels.toArray(DeviceKernel[]::new));
  }

  /**
   * @param items work-items
   * @param side rows of a or columns of b
   */
  private DeviceKernel pack(
      String function,
      Map<String, Integer> constants,
      Operand matrix,
      Operand panels,
      int items,
      int side,
      int k) {
    return session
        .kernel(FILE, function, constants)
        .operands(matrix, panels)
        .ints(items, side, k)
        .range(items);
  }

  /** a [M, K], b [N, K] -> y [M, N], with a bias if there is one. */
  DeviceKernel rowsWithRows(Operand a, Operand b, Epilogue epilogue) {
    Operand y = epilogue.y();
    Tiles.Linear tile = tiles.linear();
    int m = y.shape().dim(0);
    int n = y.shape().dim(1);
    int rowTiles = Math.ceilDiv(m, tile.rows());
    return session
        .kernel(
            "linear",
            "linear",
            Map.of(
                "V", tiles.vector(),
                "TM", tile.rows(),
                "TN", tile.columns(),
                "BIAS", epilogue.bias().isPresent() ? 1 : 0))
        .operands(a, b, epilogue.bias().orElse(a), y)
        .ints(m, n, a.shape().dim(1))
        .range(rowTiles, Math.ceilDiv(n, tile.columns()), Math.min(tiles.group(), rowTiles), 1);
  }
}
