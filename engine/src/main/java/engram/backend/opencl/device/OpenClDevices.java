package engram.backend.opencl.device;

import static org.jocl.CL.CL_DEVICE_COMPILER_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_LOCAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT;
import static org.jocl.CL.CL_DEVICE_NOT_FOUND;
import static org.jocl.CL.CL_DEVICE_TYPE;
import static org.jocl.CL.CL_DEVICE_TYPE_ALL;
import static org.jocl.CL.CL_DEVICE_TYPE_CPU;
import static org.jocl.CL.CL_DEVICE_TYPE_GPU;
import static org.jocl.CL.CL_DEVICE_VERSION;
import static org.jocl.CL.CL_DRIVER_VERSION;
import static org.jocl.CL.CL_PLATFORM_NAME;
import static org.jocl.CL.clGetDeviceIDs;
import static org.jocl.CL.clGetDeviceInfo;
import static org.jocl.CL.clGetPlatformIDs;
import static org.jocl.CL.clGetPlatformInfo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** Finds the OpenCL devices of this machine. */
public final class OpenClDevices {
  private static final int PLATFORM_NOT_FOUND_KHR = -1001;

  private static final String INSTALL =
      "Install the driver of the GPU, or the package pocl-opencl-icd to use the CPU.";

  private OpenClDevices() {}

  /**
   * All devices of all platforms, at least one.
   *
   * @throws OpenClException if there is none, saying what to install
   */
  public static List<OpenClDevice> list() {
    Found found = find();
    if (found.devices.isEmpty()) {
      throw new OpenClException(
          Stream.concat(
                  Stream.of("opencl: the installed OpenCL platforms have no device."),
                  found.broken.stream())
              .collect(Collectors.joining("\n", "", "\n" + INSTALL)));
    }
    return found.devices;
  }

  /**
   * A line for each platform whose driver does not answer as it should; none where there is no
   * OpenCL at all.
   */
  public static List<String> broken() {
    try {
      return find().broken;
    } catch (OpenClException e) {
      return List.of();
    }
  }

  private record Found(List<OpenClDevice> devices, List<String> broken) {}

  /** One thread at a time: what loads the drivers on the first call does not bear two. */
  private static synchronized Found find() {
    return FaultHandlers.keep(OpenClDevices::ask);
  }

  private static Found ask() {
    List<OpenClDevice> devices = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    cl_platform_id[] platforms = platforms();
    for (int p = 0; p < platforms.length; p++) {
      try {
        cl_device_id[] ids = devices(platforms[p]);
        for (int d = 0; d < ids.length; d++) {
          devices.add(describe(p, platforms[p], d, ids[d]));
        }
      } catch (CLException e) {
        // The others may be well.
        broken.add(
            "opencl: the driver of platform %d does not answer (%s); update or reinstall it."
                .formatted(p, e.getMessage()));
      }
    }
    return new Found(List.copyOf(devices), List.copyOf(broken));
  }

  /**
   * The first GPU, or the first device where there is no GPU.
   *
   * @throws OpenClException if there is no device, saying what to install
   */
  public static OpenClDevice preferred() {
    List<OpenClDevice> devices = list();
    return gpuOf(devices).orElse(devices.getFirst());
  }

  /** The first GPU; empty where there is none, or no OpenCL at all. */
  public static Optional<OpenClDevice> gpu() {
    try {
      return gpuOf(list());
    } catch (OpenClException e) {
      return Optional.empty();
    }
  }

  private static Optional<OpenClDevice> gpuOf(List<OpenClDevice> devices) {
    return devices.stream().filter(device -> device.type() == OpenClDevice.Type.GPU).findFirst();
  }

  /**
   * Device {@code number} of platform {@code platform}, both counted from 0.
   *
   * @throws OpenClException if there is no such device, naming those that exist
   */
  public static OpenClDevice at(int platform, int number) {
    List<OpenClDevice> devices = list();
    return devices.stream()
        .filter(device -> device.platform() == platform && device.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new OpenClException(
                    "opencl: there is no device %d.%d. There %s\n%s%s"
                        .formatted(
                            platform,
                            number,
                            devices.size() == 1 ? "is" : "are",
                            devices.stream()
                                .map(device -> device.address() + "  " + device)
                                .collect(Collectors.joining("\n")),
                            broken().stream().map("\n"::concat).collect(Collectors.joining()))));
  }

  private static cl_platform_id[] platforms() {
    int[] count = new int[1];
    try {
      Loader.require();
    } catch (LinkageError e) {
      throw new OpenClException(
          "opencl: the OpenCL loader (%s) cannot be loaded.\n".formatted(Loader.library())
              + "Install it: the package ocl-icd-libopencl1 on Debian and Ubuntu, ocl-icd on"
              + " Fedora and Arch.",
          e);
    }
    try {
      CL.setExceptionsEnabled(true);
      clGetPlatformIDs(0, null, count);
    } catch (LinkageError | UnsupportedOperationException e) {
      throw new OpenClException(
          "opencl: the loader is there, but JOCL's own library cannot be loaded (%s).\nIt is unpacked into the folder for temporary files, which must allow execution: choose another with -Djava.io.tmpdir=FOLDER."
              .formatted(e.getMessage()),
          e);
    } catch (CLException e) {
      if (e.getStatus() != PLATFORM_NOT_FOUND_KHR) {
        throw new OpenClException(
            "opencl: the loader cannot list the platforms (%s).\nReinstall the drivers: a file in /etc/OpenCL/vendors may name one that is gone."
                .formatted(e.getMessage()),
            e);
      }
    }
    if (count[0] == 0) {
      throw new OpenClException(
          "opencl: the loader is there but no OpenCL platform.\n"
              + INSTALL
              + "\n"
              + "A driver that is installed already needs a file that names it in"
              + " /etc/OpenCL/vendors.");
    }
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    clGetPlatformIDs(platforms.length, platforms, null);
    return platforms;
  }

  private static cl_device_id[] devices(cl_platform_id platform) {
    int[] count = new int[1];
    try {
      clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, null, count);
    } catch (CLException e) {
      if (e.getStatus() == CL_DEVICE_NOT_FOUND) {
        return new cl_device_id[0];
      }
      throw e;
    }
    cl_device_id[] devices = new cl_device_id[count[0]];
    clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, devices.length, devices, null);
    return devices;
  }

  private static OpenClDevice describe(
      int p, cl_platform_id platform, int number, cl_device_id device) {
    return new OpenClDevice(
        p,
        number,
        platformName(platform),
        text(device, CL_DEVICE_NAME),
        text(device, CL_DRIVER_VERSION),
        type(number(device, CL_DEVICE_TYPE)),
        number(device, CL_DEVICE_MAX_COMPUTE_UNITS),
        number(device, CL_DEVICE_GLOBAL_MEM_SIZE),
        number(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        number(device, CL_DEVICE_LOCAL_MEM_SIZE),
        number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE),
        text(device, CL_DEVICE_VERSION),
        number(device, CL_DEVICE_COMPILER_AVAILABLE) != 0,
        (int) number(device, CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT),
        new OpenClDevice.Handle(platform, device));
  }

  private static OpenClDevice.Type type(long bits) {
    if ((bits & CL_DEVICE_TYPE_GPU) != 0) {
      return OpenClDevice.Type.GPU;
    }
    return (bits & CL_DEVICE_TYPE_CPU) != 0 ? OpenClDevice.Type.CPU : OpenClDevice.Type.ACCELERATOR;
  }

  private static String platformName(cl_platform_id platform) {
    long[] size = new long[1];
    clGetPlatformInfo(platform, CL_PLATFORM_NAME, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    clGetPlatformInfo(platform, CL_PLATFORM_NAME, bytes.length, Pointer.to(bytes), null);
    return trimmed(bytes);
  }

  private static String text(cl_device_id device, int property) {
    long[] size = new long[1];
    clGetDeviceInfo(device, property, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    clGetDeviceInfo(device, property, bytes.length, Pointer.to(bytes), null);
    return trimmed(bytes);
  }

  private static String trimmed(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  /** A property of 4 or 8 bytes. */
  private static long number(cl_device_id device, int property) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    long[] size = new long[1];
    clGetDeviceInfo(device, property, Long.BYTES, Pointer.to(bytes.array()), size);
    return size[0] == Integer.BYTES ? Integer.toUnsignedLong(bytes.getInt(0)) : bytes.getLong(0);
  }
}
