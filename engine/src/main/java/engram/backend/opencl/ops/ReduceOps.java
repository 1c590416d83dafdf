package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.Session;
import engram.op.Reduce;
import java.util.Map;

/** Sums and means: {@code reduce.cl}. */
public record ReduceOps(Session session) {
  private static final String FILE = "reduce";

  /** Results times chunks at which a sum need not be cut any further. */
  private static final int ENOUGH = 2048;

  /** Elements below which a chunk costs more than it saves. */
  private static final int SMALLEST_CHUNK = 32;

  /**
   * How a sum is cut, a matter of shape alone.
   *
   * @param chunk elements of one partial sum
   * @param chunks partial sums of one result
   */
  record Cut(int chunk, int chunks) {
    static Cut of(int outputs, int count) {
      int most = Math.max(1, ENOUGH / outputs);
      int chunk = Math.max(SMALLEST_CHUNK, (count + most - 1) / most);
      return new Cut(chunk, (count + chunk - 1) / chunk);
    }
  }

  public DeviceKernel reduce(Reduce op, Operand x, Operand y) {
    int count = op.count(x.shape());
    float scale = op.kind() == Reduce.Kind.MEAN ? 1f / count : 1;
    return sum(x, y, x.shape().inner(op.last()), count, scale);
  }

  public DeviceKernel sumRows(Operand x, Operand y) {
    return sum(x, y, x.shape().dim(-1), x.shape().rows(), 1);
  }

  private DeviceKernel sum(Operand x, Operand y, int inner, int count, float scale) {
    int outputs = y.shape().elements();
    Cut cut = Cut.of(outputs, count);
    Operand partial = session.scratch(outputs * cut.chunks);
    int lanes = session.lanes(inner);
    int n = outputs / inner * Math.ceilDiv(inner, lanes);
    return DeviceKernel.sequence(
        session
            .kernel(FILE, "sum_chunks", Map.of("V", lanes))
            .operands(x, partial)
            .ints(n, outputs, inner, count, cut.chunk)
            .range(n, cut.chunks, Math.min(session.rowGroup(lanes), n), 1),
        addChunks(partial, y, cut, scale));
  }

  private DeviceKernel addChunks(Operand partial, Operand y, Cut cut, float scale) {
    return session
        .kernel(FILE, "add_chunks")
        .operands(partial, y)
        .ints(y.shape().elements(), cut.chunks)
        .floats(scale)
        .range(y.shape().elements());
  }

  public DeviceKernel meanSquaredError(Operand a, Operand b, Operand loss) {
    int count = a.shape().elements();
    Cut cut = Cut.of(1, count);
    Operand partial = session.scratch(cut.chunks);
    return DeviceKernel.sequence(
        session
            .kernel(FILE, "sum_squared_differences")
            .operands(a, b, partial)
            .ints(count, cut.chunk, cut.chunks)
            .range(cut.chunks),
        addChunks(partial, loss, cut, 1f / count));
  }

  /** The sum of squares of all elements, into two parts: {@code squares.h}. */
  DeviceKernel sumOfSquares(Operand x, Operand sum) {
    int count = x.shape().elements();
    Cut cut = Cut.of(1, count);
    Operand partial = session.scratch(2 * cut.chunks);
    return DeviceKernel.sequence(
        session
            .kernel(FILE, "sum_squares")
            .operands(x, partial)
            .ints(count, cut.chunk, cut.chunks)
            .range(cut.chunks),
        addChunks(partial, sum, cut, 1));
  }
}
