package engram.backend.opencl.gpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Gate;
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
  private Optional<Operand> bias = Optional.empty();
  private Optional<Operand> winners = Optional.empty();
  private Optional<Operand> places = Optional.empty();
  private Optional<Gate> gate = Optional.empty();
  private Optional<Operand> sums = Optional.empty();
  private int summedRows;
  private int contiguousA = 1;
  private int contiguousB = 1;
  private float slope = 1;

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
    constant("POOL", 1);
    constant("POOLED", 0);
    constant("RECTIFIER", 0);
    constant("GATE", 0);
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

  /** Added to every row. */
  Gemm bias(Operand operand) {
    bias = Optional.of(operand);
    return this;
  }

  /** A leaky rectifier follows. */
  Gemm rectifier(float slope) {
    this.slope = slope;
    return constant("RECTIFIER", 1);
  }

  /** A 2 x 2 pooling follows the product; where its maxima were goes to {@code operand}. */
  Gemm places(Operand operand) {
    places = Optional.of(operand);
    return constant("POOL", 2);
  }

  /** The output gradient lies behind a pooling whose maxima were at {@code operand}. */
  Gemm pooled(Operand operand) {
    winners = Optional.of(operand);
    return constant("POOLED", 1);
  }

  /** The gradient of a rectifier follows. */
  Gemm gate(Gate gate) {
    this.gate = Optional.of(gate);
    return constant("GATE", 1);
  }

  /** Beside the product, the sums of {@code matrix} over its rows. */
  Gemm sums(Operand matrix, Operand sums) {
    this.sums = Optional.of(sums);
    summedRows = matrix.shape().elements() / sums.shape().elements();
    return this;
  }

  private int groups() {
    return ceil(m, tile.groupRows()) * ceil(n, tile.groupColumns());
  }

  /**
   * Elements of one part of the sum, a matter of shape and device; all of it where groups abound.
   */
  private int slice() {
    if (places.isPresent() || gate.isPresent() || slope != 1) {
      return k; // what follows the sum needs all of it
    }
    long enough = GROUPS_PER_UNIT * session.device().computeUnits();
    int most = (int) Math.min(enough / groups(), k / SMALLEST_SLICE);
    int slice = ceil(k, Math.max(1, most));
    return ceil(slice, tile.depth()) * tile.depth();
  }

  /** All of it: the product, and where it was cut the sum of its parts with the bias. */
  DeviceKernel launch(Operand a, Operand b, Operand y) {
    int slices = ceil(k, slice());
    if (slices == 1) {
      return product(a, b, OpenClBuffer.of(y), Optional.empty(), bias);
    }
    OpenClBuffer parts = session.allocate(Math.multiplyExact(slices, m * n));
    return DeviceKernel.sequence(
        product(a, b, parts, Optional.empty(), Optional.empty()),
        session
            .kernel("reduce", "add_biased_parts")
            .operand(parts)
            .operand(bias.orElse(a))
            .operand(y)
            .number(m * n)
            .number(slices)
            .number(bias.isPresent() ? n : 0)
            .range(m * n));
  }

  /** The product alone, without bias; where it was cut, the parts of y and of the sums wait. */
  DeviceKernel launch(Operand a, Operand b, Operand y, Parts waiting) {
    int slices = ceil(k, slice());
    if (slices == 1) {
      return product(a, b, OpenClBuffer.of(y), sums.map(OpenClBuffer::of), Optional.empty());
    }
    OpenClBuffer parts = session.allocate(Math.multiplyExact(slices, m * n));
    waiting.add(parts, y, slices);
    Optional<OpenClBuffer> sumParts =
        sums.map(
            of -> {
              OpenClBuffer partial = session.allocate(slices * of.shape().elements());
              waiting.add(partial, of, slices);
              return partial;
            });
    return product(a, b, parts, sumParts, Optional.empty());
  }

  private DeviceKernel product(
      Operand a,
      Operand b,
      OpenClBuffer y,
      Optional<OpenClBuffer> sumParts,
      Optional<Operand> added) {
    constant("BIAS", added.isPresent() ? 1 : 0);
    constant("VA", width(contiguousA, Stream.concat(Stream.of(a), winners.stream())));
    constant("VB", width(contiguousB, Stream.concat(Stream.of(b), winners.stream())));
    Stream<Operand> beside = Stream.of(places, added, gate.map(Gate::y)).flatMap(Optional::stream);
    constant("VY", y.offset() % 4 == 0 ? width(n, beside) : 1);
    int all = groups() + (sums.isPresent() ? 1 : 0);
    return session
        .kernel("gemm", "gemm", constants)
        .operand(a)
        .operand(b)
        .operand(winners.orElse(a))
        .operand(added.orElse(a))
        .operand(gate.map(Gate::y).orElse(a))
        .operand(y)
        .operand(places.map(OpenClBuffer::of).orElse(y))
        .operand(sumParts.orElse(y))
        .number(m)
        .number(n)
        .number(k)
        .number(slice())
        .number(summedRows)
        .number(gate.map(Gate::slope).orElse(slope))
        .range(all * tile.items(), ceil(k, slice()), tile.items(), 1);
  }

  /** 4 where each run of numbers, and each operand, begins at a multiple of four floats, else 1. */
  private static int width(int contiguous, Stream<Operand> operands) {
    boolean aligned = operands.allMatch(operand -> OpenClBuffer.of(operand).offset() % 4 == 0);
    return aligned && contiguous % 4 == 0 ? 4 : 1;
  }

  private static int ceil(int count, int size) {
    return (count + size - 1) / size;
  }
}
