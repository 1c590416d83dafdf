package engram.backend.opencl.device;

import static org.jocl.CL.CL_PROGRAM_BINARIES;
import static org.jocl.CL.CL_PROGRAM_BINARY_SIZES;
import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;
import static org.jocl.CL.clBuildProgram;
import static org.jocl.CL.clCreateProgramWithBinary;
import static org.jocl.CL.clCreateProgramWithSource;
import static org.jocl.CL.clGetProgramBuildInfo;
import static org.jocl.CL.clGetProgramInfo;
import static org.jocl.CL.clReleaseProgram;

import engram.op.CustomOp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jocl.CLException;
import org.jocl.NativePointerObject;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

/** The programs of the module {@code kernels}, each built once for each set of constants. */
final class Programs {
  private static final Pattern INCLUDE = Pattern.compile("#include \"(.+)\"");
  private static final String HEADER = "common.h";
  private static final String OPTIONS = "-cl-std=CL1.2 ";

  private final cl_context context;
  private final OpenClDevice device;
  private final Optional<ProgramCache> cache;
  private final Map<String, cl_program> built = new HashMap<>();
  private int compiled;

  /**
   * @param cache where programs are kept; without one each is compiled
   */
  Programs(cl_context context, OpenClDevice device, Optional<ProgramCache> cache) {
    this.context = context;
    this.device = device;
    this.cache = cache;
  }

  /** How many programs were compiled from source, as opposed to taken from the cache. */
  synchronized int compiled() {
    return compiled;
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

  /** The program of an op from outside. */
  synchronized cl_program custom(CustomOp.Source source) {
    return built.computeIfAbsent(
        source.function() + " " + source.text(),
        _ -> build(source.function(), source(HEADER) + source.text(), ""));
  }

  /** A program from source text, or as it was built from the same text before. */
  synchronized cl_program build(String name, String source, String constants) {
    String options = OPTIONS + constants;
    if (cache.isEmpty()) {
      return compile(name, source, constants, options);
    }
    Path file = cache.get().file(device, source, options);
    Optional<cl_program> known = cache.get().read(file).flatMap(bytes -> load(bytes, options));
    if (known.isPresent()) {
      return known.get();
    }
    cl_program program = compile(name, source, constants, options);
    binary(program).ifPresent(bytes -> cache.get().write(file, bytes));
    return program;
  }

  private cl_program compile(String name, String source, String constants, String options) {
    cl_device_id id = device.handle().device();
    cl_program program = clCreateProgramWithSource(context, 1, new String[] {source}, null, null);
    try {
      build(program, id, options);
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
    compiled++;
    return program;
  }

  private static void build(cl_program program, cl_device_id id, String options) {
    int _ =
        FaultHandlers.keep(
            () -> clBuildProgram(program, 1, new cl_device_id[] {id}, options, null, null));
  }

  /** A program from its binary; empty if the driver does not take it back. */
  private Optional<cl_program> load(byte[] binary, String options) {
    cl_device_id[] devices = {device.handle().device()};
    cl_program program;
    try {
      program =
          clCreateProgramWithBinary(
              context, 1, devices, new long[] {binary.length}, new byte[][] {binary}, null, null);
    } catch (CLException e) {
      return Optional.empty();
    }
    try {
      build(program, devices[0], options);
      return Optional.of(program);
    } catch (CLException e) {
      clReleaseProgram(program);
      return Optional.empty();
    }
  }

  /** What the driver made of a program; empty if it does not give it away. */
  private static Optional<byte[]> binary(cl_program program) {
    try {
      long[] size = new long[1];
      clGetProgramInfo(program, CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null);
      byte[] binary = new byte[Math.toIntExact(size[0])];
      clGetProgramInfo(
          program,
          CL_PROGRAM_BINARIES,
          Sizeof.POINTER,
          Pointer.to(new NativePointerObject[] {Pointer.to(binary)}),
          null);
      return binary.length == 0 ? Optional.empty() : Optional.of(binary);
    } catch (CLException e) {
      return Optional.empty();
    }
  }

  private static String log(cl_program program, cl_device_id device) {
    long[] size = new long[1];
    clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    clGetProgramBuildInfo(
        program, device, CL_PROGRAM_BUILD_LOG, bytes.length, Pointer.to(bytes), null);
    return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  /** The text of a file, with those that it includes: a driver finds no files inside a jar. */
  private static String source(String file) {
    return INCLUDE
        .matcher(text(file))
        .replaceAll(include -> Matcher.quoteReplacement(source(include.group(1))));
  }

  private static String text(String file) {
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
