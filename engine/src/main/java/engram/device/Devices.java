package engram.device;

import engram.backend.Backend;
import engram.backend.opencl.OpenClBackend;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.backend.reference.ReferenceBackend;
import engram.backend.vector.VectorBackend;
import engram.base.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Opens backends by the name that a person gives on the command line. */
public final class Devices {
  /** Names that {@link #open} takes, beside {@code opencl:PLATFORM.DEVICE}. */
  public static final List<String> NAMES =
      List.of("auto", "vector", "plain", "reference", "opencl");

  /** What our devices are called in other programs. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "cuda", "opencl", "cuda:0", "opencl", "gpu", "opencl", "hip", "opencl", "rocm", "opencl",
          "mps", "opencl", "xpu", "opencl", "cpu", "vector");

  private static final Pattern OPENCL_ADDRESS = Pattern.compile("opencl:\\d{1,4}\\.\\d{1,4}");

  /** The flag without which the Java runtime hides the Vector API. */
  public static final String VECTOR_FLAG = "--add-modules jdk.incubator.vector";

  /** Most threads that a backend takes. */
  public static final int MOST_THREADS = 64;

  /** What {@link #open()} has said: a program that opens two devices need not read it twice. */
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private Devices() {}

  /**
   * This processor, with all its threads: {@code vector}. It touches no native library; what a
   * person should see is printed, once.
   */
  public static Backend open() {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
    return open("vector", threads, Devices::say);
  }

  private static void say(String line) {
    if (SAID.add(line)) {
      System.err.println(line);
    }
  }

  /**
   * Opens a backend.
   *
   * <ul>
   *   <li>{@code vector}: the processor's vector units. Where the Java runtime does not offer them,
   *       one line says so, with the flag to add, and plain loops do the work.
   *   <li>{@code plain}: plain loops, without the vector instructions that the engine writes
   *       itself.
   *   <li>{@code reference}: the definition of each op in double precision, on one thread.
   *   <li>{@code opencl}: the first OpenCL GPU, or the first OpenCL device where there is no GPU.
   *   <li>{@code opencl:1.0}: device 0 of OpenCL platform 1, as {@code engram devices} lists them.
   *   <li>{@code auto}: the first OpenCL GPU, which a line says, or {@code vector} where there is
   *       none.
   * </ul>
   *
   * @param threads threads to use, 1 to 64; the reference backend always uses one
   * @param notice takes lines that a person should see
   * @throws IllegalArgumentException if there is no such device, naming those that exist
   * @throws OpenClException if OpenCL was asked for and cannot be used, with what to install
   */
  public static Backend open(String name, int threads, Consumer<String> notice) {
    return switch (name) {
      case "auto" -> {
        Optional<OpenClDevice> gpu = OpenClDevices.gpu();
        OpenClDevices.broken().forEach(notice);
        yield auto(gpu, threads, notice);
      }
      case "vector" -> vector(threads, notice);
      case "plain" -> VectorBackend.plain(threads);
      case "reference" -> new ReferenceBackend();
      case "opencl" -> {
        OpenClDevice preferred = OpenClDevices.preferred();
        OpenClDevices.broken().forEach(notice);
        yield OpenClBackend.open(preferred, notice);
      }
      default -> {
        requireName(name);
        String[] address = name.substring("opencl:".length()).split("\\.");
        int platform = Integer.parseInt(address[0]);
        yield OpenClBackend.open(OpenClDevices.at(platform, Integer.parseInt(address[1])), notice);
      }
    };
  }

  /**
   * Checks a name without opening anything.
   *
   * @throws IllegalArgumentException if {@link #open} takes no such name
   */
  public static void requireName(String name) {
    if (!NAMES.contains(name) && !OPENCL_ADDRESS.matcher(name).matches()) {
      String perhaps =
          Optional.ofNullable(ELSEWHERE.get(name.toLowerCase(Locale.ROOT)))
              .or(() -> Spelling.nearest(name, NAMES))
              .map(word -> ", perhaps " + word)
              .orElse("");
      throw new IllegalArgumentException(
          "there is no device \"%s\"%s; choose from %s, opencl:PLATFORM.DEVICE"
              .formatted(name, perhaps, String.join(", ", NAMES)));
    }
  }

  /** What {@code auto} takes here: the address of the first GPU if it can be used, or vector. */
  public static String autoName() {
    return OpenClDevices.gpu()
        .filter(gpu -> gpu.missing().isEmpty())
        .map(OpenClDevice::address)
        .orElse("vector");
  }

  /** The GPU, if there is one that can be used. */
  static Backend auto(Optional<OpenClDevice> gpu, int threads, Consumer<String> notice) {
    if (gpu.isEmpty()) {
      return vector(threads, notice);
    }
    OpenClDevice device = gpu.get();
    Optional<String> lack = device.missing();
    if (lack.isPresent()) {
      notice.accept(
          "%s cannot be used: %s. Computing on the processor."
              .formatted(device.name(), lack.get()));
      return vector(threads, notice);
    }
    notice.accept(
        "Computing on %s (%s); --device vector takes the processor."
            .formatted(device.name(), device.address()));
    return OpenClBackend.open(device, notice);
  }

  private static Backend vector(int threads, Consumer<String> notice) {
    Optional<String> obstacle = whyNoVectors();
    obstacle.ifPresent(notice);
    return obstacle.isPresent() ? VectorBackend.plain(threads) : VectorBackend.open(threads);
  }

  /** Why vector instructions cannot be used in this process, with what to do; empty if they can. */
  static Optional<String> whyNoVectors() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.of(
          "The Vector API is off: running plain loops, many times slower. Start Java with "
              + VECTOR_FLAG);
    }
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted") || mode.contains("emulated-client")) {
      return Optional.of(
          "The optimising compiler (C2) is off: running plain loops, many times slower. Start Java"
              + " without -Xint and -XX:TieredStopAtLevel");
    }
    return Optional.empty();
  }
}
