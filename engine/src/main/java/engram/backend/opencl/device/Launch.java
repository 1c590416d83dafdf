package engram.backend.opencl.device;

import static org.jocl.CL.CL_PROFILING_COMMAND_END;
import static org.jocl.CL.CL_PROFILING_COMMAND_START;
import static org.jocl.CL.clEnqueueNDRangeKernel;
import static org.jocl.CL.clGetEventProfilingInfo;
import static org.jocl.CL.clReleaseEvent;
import static org.jocl.CL.clWaitForEvents;

import java.lang.ref.Reference;
import java.util.List;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import org.jocl.cl_kernel;

/**
 * One kernel with its arguments set and its range: ready to be put into the queue.
 *
 * @param operands what the kernel works on: kept here so that it is not collected before the kernel
 * @param range work-items in each dimension
 * @param group work-items of a group in each dimension
 */
public record Launch(
    Session session,
    String name,
    cl_kernel kernel,
    List<Object> operands,
    long[] range,
    long[] group)
    implements DeviceKernel {

  @Override
  public void run() {
    try {
      clEnqueueNDRangeKernel(
          session.queue(), kernel, range.length, null, range, group, 0, null, null);
    } catch (CLException e) {
      throw session.failed("kernel " + name, e);
    } finally { // from here on the queue holds the kernel
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public long runTimed() {
    session.finish();
    cl_event event = new cl_event();
    try {
      clEnqueueNDRangeKernel(
          session.timedQueue(), kernel, range.length, null, range, group, 0, null, event);
      try {
        clWaitForEvents(1, new cl_event[] {event});
        return moment(event, CL_PROFILING_COMMAND_END) - moment(event, CL_PROFILING_COMMAND_START);
      } finally {
        clReleaseEvent(event);
      }
    } catch (CLException e) {
      throw session.failed("kernel " + name, e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Name of the kernel. */
  @Override
  public String toString() {
    return name;
  }

  private static long moment(cl_event event, int which) {
    long[] nanos = new long[1];
    clGetEventProfilingInfo(event, which, Sizeof.cl_ulong, Pointer.to(nanos), null);
    return nanos[0];
  }
}
