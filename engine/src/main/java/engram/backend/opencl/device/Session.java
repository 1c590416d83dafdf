package engram.backend.opencl.device;

import static org.jocl.CL.CL_CONTEXT_PLATFORM;
import static org.jocl.CL.CL_QUEUE_PROFILING_ENABLE;
import static org.jocl.CL.CL_TRUE;
import static org.jocl.CL.clCreateCommandQueue;
import static org.jocl.CL.clCreateContext;
import static org.jocl.CL.clCreateKernel;
import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clEnqueueWriteBuffer;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clReleaseCommandQueue;
import static org.jocl.CL.clReleaseContext;

import engram.backend.Operand;
import engram.op.CustomOp;
import engram.tensor.Shape;
import java.lang.ref.Reference;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

/**
 * A device in use: its context, its memory, its programs, and two queues that work in order. The
 * second queue keeps time and is used for profiling only.
 */
public final class Session implements AutoCloseable {
  private final OpenClDevice device;
  private final cl_context context;
  private final cl_command_queue queue;
  private final cl_command_queue timedQueue;
  private final Releases releases = new Releases();
  private final DeviceMemory memory;
  private final Staging staging;
  private final Programs programs;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** A session that compiles its programs and keeps none. */
  public Session(OpenClDevice device) {
    this(device, Optional.empty());
  }

  public Session(OpenClDevice device, Optional<ProgramCache> cache) {
    device.requireUsable();
    this.device = device;
    cl_device_id id = device.handle().device();
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL_CONTEXT_PLATFORM, device.handle().platform());
    try {
      context =
          FaultHandlers.keep(
              () -> clCreateContext(properties, 1, new cl_device_id[] {id}, null, null, null));
      queue = queue(context, id, 0);
      timedQueue = queue(context, id, CL_QUEUE_PROFILING_ENABLE);
    } catch (CLException e) {
      throw new OpenClException(
          "opencl: %s is listed but cannot be used (%s).\nAnother program may hold it, or its driver needs repair."
              .formatted(device.name(), e.getMessage()),
          e);
    }
    staging = new Staging(queue);
    memory = new DeviceMemory(context, queue, device, releases);
    programs = new Programs(context, device, cache);
  }

  /** The call of OpenCL 1.2, which every driver has; its successor needs 2.0. */
  @SuppressWarnings("deprecation")
  private static cl_command_queue queue(cl_context context, cl_device_id device, long properties) {
    return clCreateCommandQueue(context, device, properties, null);
  }

  public OpenClDevice device() {
    return device;
  }

  public boolean isCpu() {
    return device.type() == OpenClDevice.Type.CPU;
  }

  /**
   * Numbers of a row of {@code columns} that one work-item takes at once, V of the kernels that
   * work through rows: a vector on a CPU, one on a GPU, which reads those of neighbours together.
   */
  public int lanes(int columns) {
    return isCpu() && columns >= device.cpuVector() ? device.cpuVector() : 1;
  }

  /** Work-items of a group that together take about 64 numbers of a row. */
  public int rowGroup(int lanes) {
    return Math.max(1, OpenClDevice.SMALLEST_GROUP / lanes);
  }

  public DeviceMemory memory() {
    return memory;
  }

  Programs programs() {
    return programs;
  }

  /** New storage, all zeros. */
  public OpenClBuffer allocate(int elements) {
    requireOpen();
    long bytes = (long) elements * Float.BYTES;
    DeviceMemory.Allocation allocation = memory.allocate(bytes);
    return new OpenClBuffer(this, allocation, 0, elements);
  }

  /** Working memory of a kernel, which lives as long as a launch that has it as an operand. */
  public Operand scratch(int elements) {
    return new Operand(Shape.shape(elements), allocate(elements));
  }

  void write(DeviceMemory.Allocation to, int at, float[] source, int from, int count) {
    requireOpen();
    try {
      if (count > 0 && count <= Staging.MOST) {
        staging.write(to.handle(), bytes(at), source, from, count);
      } else if (count > 0) {
        Pointer pointer = Pointer.to(source).withByteOffset((long) from * Float.BYTES);
        clEnqueueWriteBuffer(
            queue, to.handle(), CL_TRUE, bytes(at), bytes(count), pointer, 0, null, null);
      }
    } catch (CLException e) {
      throw failed("writing %d numbers".formatted(count), e);
    } finally {
      Reference.reachabilityFence(to);
    }
  }

  void read(DeviceMemory.Allocation from, int at, float[] target, int to, int count) {
    requireOpen();
    try {
      if (count > 0) {
        Pointer pointer = Pointer.to(target).withByteOffset((long) to * Float.BYTES);
        clEnqueueReadBuffer(
            queue, from.handle(), CL_TRUE, bytes(at), bytes(count), pointer, 0, null, null);
      }
    } catch (CLException e) {
      throw failed("reading %d numbers".formatted(count), e);
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  /** What to say when the driver refuses what it was given. */
  OpenClException failed(String what, CLException e) {
    return new OpenClException(
        ("opencl: %s failed on %s (%s).\n"
                + "The device may be out of memory, or lost or reset since it was opened: use a"
                + " smaller batch, look into the system's log, or choose another device.")
            .formatted(what, device.name(), CL.stringFor_errorCode(e.getStatus())),
        e);
  }

  private static long bytes(int elements) {
    return (long) elements * Float.BYTES;
  }

  /** A kernel whose arguments are about to be set; {@code constants} are macros of its program. */
  public LaunchBuilder kernel(String file, String function, Map<String, Integer> constants) {
    requireOpen();
    String macros =
        new TreeMap<>(constants)
            .entrySet().stream()
                .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    cl_program program = programs.get(file, macros);
    try {
      cl_kernel kernel = clCreateKernel(program, function, null);
      return new LaunchBuilder(this, function, kernel, releases);
    } catch (CLException e) {
      throw failed("kernel " + function, e);
    }
  }

  /**
   * The kernel of an op from outside.
   *
   * @throws OpenClException if its text does not build or has no function of that name
   */
  public LaunchBuilder kernel(CustomOp.Source source) {
    requireOpen();
    try {
      cl_kernel kernel = clCreateKernel(programs.custom(source), source.function(), null);
      return new LaunchBuilder(this, source.function(), kernel, releases);
    } catch (CLException e) {
      throw new OpenClException(
          "opencl: the text of %s defines no kernel of that name (%s)"
              .formatted(source.function(), e.getMessage()),
          e);
    }
  }

  /** A kernel of a program without constants. */
  public LaunchBuilder kernel(String file, String function) {
    return kernel(file, function, Map.of());
  }

  /** A kernel in a file of its own name. */
  public LaunchBuilder kernel(String name) {
    return kernel(name, name);
  }

  cl_command_queue queue() {
    requireOpen();
    return queue;
  }

  cl_command_queue timedQueue() {
    requireOpen();
    return timedQueue;
  }

  public void finish() {
    requireOpen();
    try {
      clFinish(queue);
    } catch (CLException e) {
      throw failed("waiting", e);
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("opencl: %s was closed".formatted(device.name()));
    }
  }

  /** Waits for what is running and gives everything back; a second time does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        clFinish(queue);
        staging.close();
      } finally { // a device that is lost has no work left to wait for
        releases.close();
        programs.release();
        clReleaseCommandQueue(queue);
        clReleaseCommandQueue(timedQueue);
        clReleaseContext(context);
      }
    }
  }
}
