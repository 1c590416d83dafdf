package engram.backend.reference;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.op.Op;
import engram.op.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Runs the definition of each op: plain loops in double precision on one thread. Slow and obvious;
 * the oracle of every test.
 */
public final class ReferenceBackend implements Backend {

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String description() {
    return "reference, double precision, 1 thread";
  }

  @Override
  public ReferenceBuffer allocate(int elements) {
    return new ReferenceBuffer(new double[elements], 0, elements);
  }

  @Override
  public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
    List<Values> in = inputs.stream().map(ReferenceBackend::values).toList();
    List<Values> out = outputs.stream().map(ReferenceBackend::values).toList();
    return () -> op.reference(in, out);
  }

  /** The numbers of an operand of this backend, in double precision and without a copy. */
  public static Values values(Operand operand) {
    ReferenceBuffer buffer = (ReferenceBuffer) operand.buffer();
    return new Values(operand.shape(), buffer.data(), buffer.offset());
  }

  /** A copy of the numbers of any buffer, in double precision where it has it. */
  public static double[] read(Buffer buffer) {
    if (buffer instanceof ReferenceBuffer(double[] data, int offset, int elements)) {
      return Arrays.copyOfRange(data, offset, offset + elements);
    }
    float[] floats = buffer.read();
    double[] values = new double[floats.length];
    Arrays.setAll(values, i -> floats[i]);
    return values;
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}

  /** Doubles in an array. */
  public record ReferenceBuffer(double[] data, int offset, int elements) implements Buffer {
    @Override
    public Buffer slice(int from, int count) {
      Objects.checkFromIndexSize(from, count, elements);
      return new ReferenceBuffer(data, offset + from, count);
    }

    @Override
    public void write(int at, float[] source, int from, int count) {
      Objects.checkFromIndexSize(at, count, elements);
      for (int i = 0; i < count; i++) {
        data[offset + at + i] = source[from + i];
      }
    }

    @Override
    public void read(int at, float[] target, int to, int count) {
      Objects.checkFromIndexSize(at, count, elements);
      for (int i = 0; i < count; i++) {
        target[to + i] = (float) data[offset + at + i];
      }
    }
  }
}
