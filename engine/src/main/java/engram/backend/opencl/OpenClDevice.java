package engram.backend.opencl;

import java.util.Objects;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * A device and its limits.
 *
 * @param platform number of its platform, from 0
 * @param number number of the device on that platform, from 0
 * @param computeUnits processors that work at once
 * @param memoryBytes all of its memory
 * @param allocationBytes largest single allocation
 * @param localBytes local memory of a work-group
 * @param workGroup largest number of work-items in a work-group
 * @param vectorWidth floats that its registers hold side by side, 1 on most GPUs
 */
public record OpenClDevice(
    int platform,
    int number,
    String platformName,
    String name,
    String driver,
    Type type,
    long computeUnits,
    long memoryBytes,
    long allocationBytes,
    long localBytes,
    long workGroup,
    int vectorWidth,
    Handle handle) {

  /** Kinds of devices that need different kernels. */
  public enum Type {
    CPU,
    GPU,
    ACCELERATOR
  }

  /** What the OpenCL library knows the device by. */
  record Handle(cl_platform_id platform, cl_device_id device) {
    Handle {
      Objects.requireNonNull(platform);
      Objects.requireNonNull(device);
    }
  }

  /** How the command line names it, such as {@code opencl:1.0}. */
  public String address() {
    return "opencl:" + platform + "." + number;
  }

  /** For example {@code pthread-AMD EPYC (CPU, 2 compute units, 7.6 GiB)}. */
  @Override
  public String toString() {
    return "%s (%s, %d compute units, %.1f GiB)"
        .formatted(name, type, computeUnits, memoryBytes / 0x1p30);
  }
}
