package engram.device;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.backend.vector.VectorBackend;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens backends by the name that a person gives on the command line. */
public final class Devices {
  /** Names that {@link #open} takes. */
  public static final List<String> NAMES = List.of("auto", "vector", "plain", "reference");

  /** The flag without which the Java runtime hides the Vector API. */
  public static final String VECTOR_FLAG = "--add-modules jdk.incubator.vector";

  private Devices() {}

  /**
   * Opens a backend.
   *
   * <ul>
   *   <li>{@code vector}: the processor's vector units. Where the Java runtime does not offer them,
   *       one line says so, with the flag to add, and plain loops do the work.
   *   <li>{@code plain}: the same without vector instructions of our own.
   *   <li>{@code reference}: the definition of each op in double precision, on one thread.
   *   <li>{@code auto}: {@code vector}.
   * </ul>
   *
   * @param threads threads to use, 1 to 64; the reference backend always uses one
   * @param notice takes lines that a person should see
   * @throws IllegalArgumentException if there is no such device, naming those that exist
   */
  public static Backend open(String name, int threads, Consumer<String> notice) {
    return switch (name) {
      case "auto", "vector" -> {
        Optional<String> obstacle = whyNoVectors();
        obstacle.ifPresent(notice);
        yield obstacle.isPresent() ? VectorBackend.plain(threads) : VectorBackend.open(threads);
      }
      case "plain" -> VectorBackend.plain(threads);
      case "reference" -> new ReferenceBackend();
      default ->
          throw new IllegalArgumentException(
              "there is no device \"%s\"; choose one of %s"
                  .formatted(name, String.join(", ", NAMES)));
    };
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
