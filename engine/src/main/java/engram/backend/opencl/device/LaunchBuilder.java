package engram.backend.opencl.device;

import static org.jocl.CL.CL_KERNEL_WORK_GROUP_SIZE;
import static org.jocl.CL.clGetKernelWorkGroupInfo;
import static org.jocl.CL.clReleaseKernel;
import static org.jocl.CL.clSetKernelArg;

import engram.backend.Operand;
import java.util.ArrayList;
import java.util.List;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_kernel;

/** Sets the arguments of a kernel, in order, and then its range. */
public final class LaunchBuilder {
  /** Work-items of a group where a kernel does not ask for another number, from and to. */
  private static final int GROUP = OpenClDevice.SMALLEST_GROUP;

  private static final int LARGEST_GROUP = 512;

  /**
   * More groups than a GPU works on at once. It starts about one in a cycle, so that with few
   * work-items in each a long range would be limited by that and not by memory.
   */
  private static final int MANY_GROUPS = 4096;

  private final Session session;
  private final String name;
  private final cl_kernel kernel;
  private final List<Object> operands = new ArrayList<>();
  private int next;

  LaunchBuilder(Session session, String name, cl_kernel kernel, Releases releases) {
    this.session = session;
    this.name = name;
    this.kernel = kernel;
    // The handle itself is the owner: the launch that is built holds it.
    Handle handle = new Handle();
    operands.add(handle);
    releases.register(handle, () -> clReleaseKernel(kernel));
  }

  private static final class Handle {}

  /** Operands, two arguments each: the memory and the index of the first element. */
  public LaunchBuilder operands(Operand... all) {
    for (Operand operand : all) {
      OpenClBuffer buffer = OpenClBuffer.of(operand);
      operands.add(buffer.memory());
      clSetKernelArg(kernel, next++, Sizeof.cl_mem, Pointer.to(buffer.memory().handle()));
      ints(buffer.offset());
    }
    return this;
  }

  /**
   * Operands that are the beginning of their memory, one argument each, for kernels that were not
   * written for this engine.
   */
  public LaunchBuilder pointers(List<Operand> all) {
    for (Operand operand : all) {
      OpenClBuffer buffer = OpenClBuffer.of(operand);
      if (buffer.offset() != 0) {
        throw new IllegalArgumentException("opencl: a pointer to the middle of a memory");
      }
      operands.add(buffer.memory());
      clSetKernelArg(kernel, next++, Sizeof.cl_mem, Pointer.to(buffer.memory().handle()));
    }
    return this;
  }

  public LaunchBuilder operands(List<Operand> all) {
    return operands(all.toArray(Operand[]::new));
  }

  public LaunchBuilder ints(int... values) {
    for (int value : values) {
      clSetKernelArg(kernel, next++, Sizeof.cl_int, Pointer.to(new int[] {value}));
    }
    return this;
  }

  public LaunchBuilder floats(float... values) {
    for (float value : values) {
      clSetKernelArg(kernel, next++, Sizeof.cl_float, Pointer.to(new float[] {value}));
    }
    return this;
  }

  public LaunchBuilder longs(long... values) {
    for (long value : values) {
      clSetKernelArg(kernel, next++, Sizeof.cl_long, Pointer.to(new long[] {value}));
    }
    return this;
  }

  /** {@code items} work-items or a few more, which the kernel must leave idle. */
  public Launch range(int items) {
    int group = (int) Math.min(GROUP, largestGroup());
    while (items / (2 * group) >= MANY_GROUPS && 2L * group <= largestGroup()) {
      group *= 2;
    }
    return range(items, 1, Math.min(group, items), 1);
  }

  private long largestGroup() {
    long[] ofKernel = new long[1];
    clGetKernelWorkGroupInfo(
        kernel,
        session.device().handle().device(),
        CL_KERNEL_WORK_GROUP_SIZE,
        Sizeof.size_t,
        Pointer.to(ofKernel),
        null);
    return Math.min(LARGEST_GROUP, ofKernel[0]);
  }

  /** A range in two dimensions, in groups of {@code groupX x groupY}, rounded up to full groups. */
  public Launch range(int x, int y, int groupX, int groupY) {
    return new Launch(
        session,
        name,
        kernel,
        List.copyOf(operands),
        new long[] {roundUp(x, groupX), roundUp(y, groupY)},
        new long[] {groupX, groupY});
  }

  private static long roundUp(int items, int group) {
    return ((long) items + group - 1) / group * group;
  }
}
