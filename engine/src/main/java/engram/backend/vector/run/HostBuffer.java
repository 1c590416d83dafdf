package engram.backend.vector.run;

import engram.backend.Buffer;
import engram.backend.Operand;
import java.util.Objects;

/**
 * Floats in an array on the Java heap.
 *
 * @param data the array, shared by slices
 * @param offset index of the first element
 */
public record HostBuffer(float[] data, int offset, int elements) implements Buffer {
  public HostBuffer {
    Objects.checkFromIndexSize(offset, elements, data.length);
  }

  /**
   * Index at which data of a large array starts on a 64-byte boundary: the collector puts large
   * arrays at the start of a region, behind a header of 16 bytes.
   */
  private static final int ALIGNED_START = 12;

  /** New storage, all zeros; rows of 16 elements lie on cache lines where the array is large. */
  public static HostBuffer allocate(int elements) {
    return new HostBuffer(new float[elements + ALIGNED_START], ALIGNED_START, elements);
  }

  public static HostBuffer of(Operand operand) {
    return (HostBuffer) operand.buffer();
  }

  /** The whole of an array. */
  public static HostBuffer wrap(float... values) {
    return new HostBuffer(values, 0, values.length);
  }

  /** This buffer, or an error naming {@code what} if it holds fewer than {@code count} elements. */
  public HostBuffer require(String what, long count) {
    if (elements < count) {
      throw new IllegalArgumentException(
          "%s needs %d floats, but its buffer holds %d".formatted(what, count, elements));
    }
    return this;
  }

  @Override
  public HostBuffer slice(int from, int count) {
    Objects.checkFromIndexSize(from, count, elements);
    return new HostBuffer(data, offset + from, count);
  }

  @Override
  public void write(int at, float[] source, int from, int count) {
    Objects.checkFromIndexSize(at, count, elements);
    System.arraycopy(source, from, data, offset + at, count);
  }

  @Override
  public void read(int at, float[] target, int to, int count) {
    Objects.checkFromIndexSize(at, count, elements);
    System.arraycopy(data, offset + at, target, to, count);
  }
}
