package engram.backend.opencl.device;

import static org.jocl.CL.CL_FALSE;
import static org.jocl.CL.clEnqueueWriteBuffer;
import static org.jocl.CL.clFlush;
import static org.jocl.CL.clReleaseEvent;
import static org.jocl.CL.clWaitForEvents;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.Stream;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/**
 * Writes to the device that need not wait for the kernels before them: numbers are copied, and the
 * copy goes up when its turn comes. So a program can prepare the next step while the device does
 * this one.
 */
final class Staging {
  /** Larger writes wait, which costs little beside the copy that they would need. */
  static final int MOST = 4 << 20;

  /** Writes on their way: those of one or two training steps. */
  private static final int SLOTS = 8;

  private final cl_command_queue queue;
  private final Slot[] slots = Stream.generate(Slot::new).limit(SLOTS).toArray(Slot[]::new);
  private int next;

  Staging(cl_command_queue queue) {
    this.queue = queue;
  }

  /**
   * Writes {@code count} floats, at most {@link #MOST}, to byte {@code at}; {@code source} may
   * change afterwards.
   */
  synchronized void write(cl_mem to, long at, float[] source, int from, int count) {
    Slot slot = slots[next];
    next = (next + 1) % SLOTS;
    slot.await();
    cl_event event = new cl_event();
    clEnqueueWriteBuffer(
        queue,
        to,
        CL_FALSE,
        at,
        (long) count * Float.BYTES,
        slot.filled(source, from, count),
        0,
        null,
        event);
    slot.written = Optional.of(event);
    clFlush(queue);
  }

  /** Waits for all writes. */
  synchronized void close() {
    for (Slot slot : slots) {
      slot.await();
    }
  }

  /** Memory for one write at a time, outside of Java's heap, where it does not move. */
  private static final class Slot {
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
    private Optional<cl_event> written = Optional.empty();

    void await() {
      written.ifPresent(
          event -> {
            clWaitForEvents(1, new cl_event[] {event});
            clReleaseEvent(event);
          });
      written = Optional.empty();
    }

    Pointer filled(float[] source, int from, int count) {
      if (bytes.capacity() < count * Float.BYTES) {
        bytes = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
      }
      bytes.asFloatBuffer().put(source, from, count);
      return Pointer.to(bytes);
    }
  }
}
