package engram.backend.opencl.gpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Epilogue;
import engram.backend.opencl.ops.Parts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One product for {@code gemm.cl}: its operands, what follows it, and how its sum is cut. */
final class Gemm {
  /** Values of KIND in the kernel. */
  enum Kind {
    MATMUL,
    FORWARD,
    INPUT_GRADIENT,
    WEIGHT_GRADIENT
  }

  /** Work-groups for each compute unit that keep a GPU busy. */
  private static final int GROUPS_PER_UNIT = 4;

  /** Elements of a sum below which a part of it costs more than it saves. */
  private static final int SMALLEST_SLICE = 128;

  private final Session session;
  private final GemmTile tile;
  private final int m;
  private final int n;
  private final int k;
  private final Map<String, Integer> constants = new HashMap<>();
  private Optional<Operand> pooledIndices = Optional.empty();
  private Optional<Operand> sums = Optional.empty();
  private int summedRows;
  private int contiguousA = 1;
  private int contiguousB = 1;

  Gemm(Session session, Kind kind, GemmTile tile, int m, int n, int k) {
    this.session = session;
    this.tile = tile;
    this.m = m;
    this.n = n;
    this.k = k;
    constant("KIND", kind.ordinal());
    constant("BM", tile.groupRows());
    constant("BN", tile.groupColumns());
    constant("BK", tile.depth());
    constant("TM", tile.rows());
    constant("TN", tile.columns());
  }

  Gemm constant(String name, int value) {
    constants.put(name, value);
    return this;
  }

  Gemm constants(Map<String, Integer> more) {
    constants.putAll(more);
    return this;
  }

  /** How many numbers of each operand lie side by side along the index that runs along memory. */
  Gemm contiguous(int ofA, int ofB) {
    contiguousA = ofA;
    contiguousB = ofB;
    return this;
  }

  /** Where each argmax is, if the output gradient among the operands lies behind a pooling. */
  Gemm pooled(Optional<Operand> indices) {
    pooledIndices = indices;
    return this;
  }

  /** Beside the product, the sums of {@code matrix} over its rows. */
  Gemm sums(Operand matrix, Operand sums) {
    this.sums = Optional.of(sums);
    summedRows = matrix.shape().elements() / sums.shape().elements();
    return this;
  }

  private int groups() {
    return Math.ceilDiv(m, tile.groupRows()) * Math.ceilDiv(n, tile.groupColumns());
  }

  /**
   * Elements of one part of the sum, a matter of shape and device; all of it where groups abound.
   */
  private int slice(Epilogue epilogue) {
    if (!epilogue.takesParts()) {
      return k;
    }
    long enough = GROUPS_PER_UNIT * session.device().computeUnits();
    int most = (int) Math.min(enough / groups(), k / SMALLEST_SLICE);
    int slice = Math.ceilDiv(k, Math.max(1, most));
    return Math.ceilDiv(slice, tile.depth()) * tile.depth();
  }

  /** All of it: the product, and where it was cut the sum of its parts with the bias. */
  DeviceKernel launch(Operand a, Operand b, Epilogue epilogue) {
    int slice = slice(epilogue);
    int slices = Math.ceilDiv(k, slice);
    if (slices == 1) {
      return product(a, b, epilogue, slice, Optional.empty());
    }
    Operand parts = session.scratch(Math.multiplyExact(slices, m * n));
    return DeviceKernel.sequence(
        product(a, b, Epilogue.none(parts), slice, Optional.empty()),
        session
            .kernel("reduce", "add_biased_parts")
            .operands(parts, epilogue.bias().orElse(a), epilogue.y())
            .ints(m * n, slices, epilogue.bias().isPresent() ? n : 0)
            .range(m * n));
  }

  /** The product alone, without bias; where it was cut, the parts of y and of the sums wait. */
  DeviceKernel launch(Operand a, Operand b, Operand y, Parts waiting) {
    Epilogue whole = Epilogue.none(y);
    int slice = slice(whole);
    int slices = Math.ceilDiv(k, slice);
    if (slices == 1) {
      return product(a, b, whole, slice, sums);
    }
    Operand parts = session.scratch(Math.multiplyExact(slices, m * n));
    waiting.add(parts, y, slices);
    Optional<Operand> sumParts =
        sums.map(
            of -> {
              Operand partial = session.scratch(slices * of.shape().elements());
              waiting.add(partial, of, slices);
              return partial;
            });
    return product(a, b, Epilogue.none(parts), slice, sumParts);
  }

  private DeviceKernel product(
      Operand a, Operand b, Epilogue epilogue, int slice, Optional<Operand> sumParts) {
    Operand y = epilogue.y();
    constants(epilogue.constants());
    constant("POOLED", pooledIndices.isPresent() ? 1 : 0);
    constant("VA", width(contiguousA, Stream.concat(Stream.of(a), pooledIndices.stream())));
    constant("VB", width(contiguousB, Stream.concat(Stream.of(b), pooledIndices.stream())));
    constant("VY", width(n, Stream.concat(Stream.of(y), epilogue.beside())));
    int all = groups() + (sums.isPresent() ? 1 : 0);
    return session
        .kernel("gemm", "gemm", constants)
        .operands(
            a,
            b,
            pooledIndices.orElse(a),
            epilogue.bias().orElse(a),
            epilogue.besideEachElement().orElse(a),
            y,
            epilogue.indices().orElse(y),
            sumParts.orElse(y))
        .ints(m, n, k, slice, summedRows)
        .floats(epilogue.slope())
        .range(all * tile.items(), Math.ceilDiv(k, slice), tile.items(), 1);
  }

  /** 4 where each run of numbers, and each operand, begins at a multiple of four floats, else 1. */
  private static int width(int contiguous, Stream<Operand> operands) {
    boolean aligned = operands.allMatch(operand -> OpenClBuffer.of(operand).offset() % 4 == 0);
    return aligned && contiguous % 4 == 0 ? 4 : 1;
  }
}
