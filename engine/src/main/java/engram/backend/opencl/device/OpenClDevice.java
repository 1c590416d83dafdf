package engram.backend.opencl.device;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * @param version as the driver states it, such as {@code OpenCL 1.2 pocl}
 * @param hasCompiler whether its driver builds programs from source
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
    String version,
    boolean hasCompiler,
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

  /** Work-items of the groups in which most kernels run. */
  public static final int SMALLEST_GROUP = 64;

  private static final Pattern VERSION = Pattern.compile("OpenCL (\\d+)\\.(\\d+)");

  /** What this device lacks that every kernel needs; empty if nothing. */
  public Optional<String> missing() {
    Matcher stated = VERSION.matcher(version);
    if (!stated.lookingAt()) {
      return Optional.of("its driver states no version of OpenCL but \"" + version + "\"");
    }
    int number = 10 * Integer.parseInt(stated.group(1)) + Integer.parseInt(stated.group(2));
    if (number < 12) {
      return Optional.of("its driver speaks " + stated.group() + ", and 1.2 is needed");
    }
    if (!hasCompiler) {
      return Optional.of("its driver has no compiler, and programs come as source");
    }
    return workGroup < SMALLEST_GROUP
        ? Optional.of(
            "a work-group has at most %d work-items, and %d are needed"
                .formatted(workGroup, SMALLEST_GROUP))
        : Optional.empty();
  }

  /**
   * @throws OpenClException if this device lacks something that every kernel needs
   */
  public void requireUsable() {
    missing()
        .ifPresent(
            lack -> {
              throw new OpenClException(
                  "opencl: %s cannot be used: %s.\nInstall a newer driver, or choose another device: engram devices lists them."
                      .formatted(name, lack));
            });
  }

  /** Floats of a vector in the kernels for processors. */
  public int cpuVector() {
    return vectorWidth >= 16 ? 16 : 8;
  }

  /** How the command line names it, such as {@code opencl:1.0}. */
  public String address() {
    return "opencl:" + platform + "." + number;
  }

  /** For example {@code pthread-AMD EPYC (CPU, 2 compute units, 7.6 GiB)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s (%s, %d compute units, %.1f GiB)",
        name,
        type,
        computeUnits,
        memoryBytes / 0x1p30);
  }
}
