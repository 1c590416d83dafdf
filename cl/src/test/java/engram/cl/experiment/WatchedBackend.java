package engram.cl.experiment;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.op.Op;
import java.util.List;

/** A backend that counts how many numbers are read from it. */
final class WatchedBackend implements Backend {
  private final Backend inner;
  private long read;
  private int largestRead;

  WatchedBackend(Backend inner) {
    this.inner = inner;
  }

  /** Size of the largest reading since this was asked last. */
  int largestRead() {
    int largest = largestRead;
    largestRead = 0;
    return largest;
  }

  /** All numbers that were ever read. */
  long read() {
    return read;
  }

  private final class Watched implements Buffer {
    private final Buffer buffer;

    Watched(Buffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public int elements() {
      return buffer.elements();
    }

    @Override
    public Buffer slice(int offset, int elements) {
      return new Watched(buffer.slice(offset, elements));
    }

    @Override
    public void write(int at, float[] source, int from, int count) {
      buffer.write(at, source, from, count);
    }

    @Override
    public void read(int at, float[] target, int to, int count) {
      read += count;
      largestRead = Math.max(largestRead, count);
      buffer.read(at, target, to, count);
    }
  }

  @Override
  public Buffer allocate(int elements) {
    return new Watched(inner.allocate(elements));
  }

  @Override
  public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
    return inner.bind(op, unwatched(inputs), unwatched(outputs));
  }

  private static List<Operand> unwatched(List<Operand> operands) {
    return operands.stream()
        .map(operand -> new Operand(operand.shape(), ((Watched) operand.buffer()).buffer))
        .toList();
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public String description() {
    return inner.description();
  }

  @Override
  public void finish() {
    inner.finish();
  }

  @Override
  public void close() {
    inner.close();
  }
}
