package engram.backend.opencl.device;

import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clEnqueueFillBuffer;
import static org.jocl.CL.clReleaseMemObject;

import java.util.concurrent.atomic.AtomicLong;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_mem;

/**
 * Allocates on the device. An allocation lives as long as the Java object that holds it; since the
 * collector does not see device memory, it is asked to run after half as much again as is in use
 * has been allocated, and at least 256 MiB.
 */
public final class DeviceMemory {
  private static final long COLLECT_AT_LEAST = 256L << 20;

  private static final float[] ZERO = {0};

  private final cl_context context;
  private final cl_command_queue queue;
  private final OpenClDevice device;
  private final Releases releases;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong sinceCollection = new AtomicLong();

  DeviceMemory(cl_context context, cl_command_queue queue, OpenClDevice device, Releases releases) {
    this.context = context;
    this.queue = queue;
    this.device = device;
    this.releases = releases;
  }

  /** An allocation and its identity: released when this object is collected. */
  static final class Allocation {
    private final cl_mem handle;

    private Allocation(cl_mem handle) {
      this.handle = handle;
    }

    cl_mem handle() {
      return handle;
    }
  }

  /** Bytes that are allocated now. */
  public long used() {
    return used.get();
  }

  /**
   * Memory full of zeros.
   *
   * @throws OpenClException if the device has not as much left
   */
  Allocation allocate(long bytes) {
    if (sinceCollection.addAndGet(bytes) > Math.max(COLLECT_AT_LEAST, used.get() / 2)) {
      collect();
    }
    cl_mem handle;
    try {
      handle = create(bytes);
    } catch (CLException e) {
      collect();
      handle = retry(bytes);
    }
    used.addAndGet(bytes);
    Allocation allocation = new Allocation(handle);
    cl_mem released = handle;
    releases.register(
        allocation,
        () -> {
          clReleaseMemObject(released);
          used.addAndGet(-bytes);
        });
    return allocation;
  }

  /** A driver may take the memory only when it is filled. */
  private cl_mem create(long bytes) {
    cl_mem handle = clCreateBuffer(context, CL_MEM_READ_WRITE, bytes, null, null);
    try {
      clEnqueueFillBuffer(queue, handle, Pointer.to(ZERO), Float.BYTES, 0, bytes, 0, null, null);
      return handle;
    } catch (CLException e) {
      clReleaseMemObject(handle);
      throw e;
    }
  }

  private cl_mem retry(long bytes) {
    try {
      return create(bytes);
    } catch (CLException e) {
      throw new OpenClException(
          ("opencl: no memory for %.1f MiB more on %s: %.1f MiB of %.1f MiB are in use, and one"
                  + " allocation may take %.1f MiB (%s).\n"
                  + "Use a smaller batch or another device.")
              .formatted(
                  bytes / 0x1p20,
                  device.name(),
                  used.get() / 0x1p20,
                  device.memoryBytes() / 0x1p20,
                  device.allocationBytes() / 0x1p20,
                  CL.stringFor_errorCode(e.getStatus())),
          e);
    }
  }

  /** Lets go of allocations that nobody can reach; the cleaner needs some moments for them. */
  private void collect() {
    sinceCollection.set(0);
    System.gc();
    try {
      long before;
      do {
        before = used.get();
        Thread.sleep(20);
      } while (used.get() < before);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
