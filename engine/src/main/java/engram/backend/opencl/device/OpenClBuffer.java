package engram.backend.opencl.device;

import engram.backend.Buffer;
import engram.backend.Operand;
import java.util.Objects;

/**
 * Floats in device memory.
 *
 * @param session the device that holds them
 * @param memory the allocation, shared by slices; kernels are given it and the offset, so a slice
 *     may start anywhere
 * @param offset index of the first element
 */
public record OpenClBuffer(
    Session session, DeviceMemory.Allocation memory, int offset, int elements) implements Buffer {

  public static OpenClBuffer of(Operand operand) {
    return (OpenClBuffer) operand.buffer();
  }

  public boolean overlaps(OpenClBuffer other) {
    return memory == other.memory
        && offset < other.offset + other.elements
        && other.offset < offset + elements;
  }

  @Override
  public OpenClBuffer slice(int from, int count) {
    Objects.checkFromIndexSize(from, count, elements);
    return new OpenClBuffer(session, memory, offset + from, count);
  }

  /** Waits until the numbers are on the device. */
  @Override
  public void write(int at, float[] source, int from, int count) {
    Objects.checkFromIndexSize(at, count, elements);
    Objects.checkFromIndexSize(from, count, source.length);
    session.write(memory, offset + at, source, from, count);
  }

  /** Waits for all kernels that were run before. */
  @Override
  public void read(int at, float[] target, int to, int count) {
    Objects.checkFromIndexSize(at, count, elements);
    Objects.checkFromIndexSize(to, count, target.length);
    session.read(memory, offset + at, target, to, count);
  }
}
