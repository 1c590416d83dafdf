package engram.backend.opencl;

import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;
import static org.jocl.CL.clBuildProgram;
import static org.jocl.CL.clCreateProgramWithSource;
import static org.jocl.CL.clGetProgramBuildInfo;
import static org.jocl.CL.clReleaseProgram;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

/** Builds the programs of the module {@code kernels}, each once for each set of constants. */
final class Programs {
  private static final String HEADER = "common.h";

  private final cl_context context;
  private final OpenClDevice device;
  private final Map<String, cl_program> built = new HashMap<>();

  Programs(cl_context context, OpenClDevice device) {
    this.context = context;
    this.device = device;
  }

  /**
   * A program with constants of its own.
   *
   * @param file name without {@code .cl}
   * @param constants macros, such as {@code -DC=32 -DO=64}
   * @throws OpenClException with the compiler's messages if it does not build
   */
  synchronized cl_program get(String file, String constants) {
    return built.computeIfAbsent(
        file + " " + constants,
        _ -> build(file + ".cl", source(HEADER) + source(file + ".cl"), constants));
  }

  /** Builds a program from source text. */
  cl_program build(String name, String source, String constants) {
    cl_device_id id = device.handle().device();
    cl_program program = clCreateProgramWithSource(context, 1, new String[] {source}, null, null);
    try {
      clBuildProgram(program, 1, new cl_device_id[] {id}, "-cl-std=CL1.2 " + constants, null, null);
    } catch (CLException e) {
      String log = log(program, id);
      clReleaseProgram(program);
      throw new OpenClException(
          "opencl: %s does not build on %s (%s, driver %s) with %s:\n%s"
              .formatted(
                  name,
                  device.name(),
                  device.platformName(),
                  device.driver(),
                  constants.isEmpty() ? "no constants" : constants,
                  log.isBlank() ? "the compiler gives no reason, " + e.getMessage() : log),
          e);
    }
    return program;
  }

  private static String log(cl_program program, cl_device_id device) {
    long[] size = new long[1];
    clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    clGetProgramBuildInfo(
        program, device, CL_PROGRAM_BUILD_LOG, bytes.length, Pointer.to(bytes), null);
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  private static String source(String file) {
    String path = "/engram/kernels/" + file;
    try (InputStream in = Programs.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new OpenClException("opencl: the kernels are missing from this build: " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives all programs back. */
  synchronized void release() {
    built.values().forEach(org.jocl.CL::clReleaseProgram);
    built.clear();
  }
}
