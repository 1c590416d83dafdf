package engram.backend.opencl.device;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Locale;

/** Looks for the OpenCL loader before JOCL does, which prints its own lines where there is none. */
final class Loader {
  private Loader() {}

  /**
   * Does nothing if the loader can be loaded.
   *
   * @throws UnsatisfiedLinkError if it cannot
   */
  @SuppressWarnings("restricted")
  static void require() {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(library(), arena);
    } catch (IllegalArgumentException e) {
      throw (UnsatisfiedLinkError) new UnsatisfiedLinkError(library()).initCause(e);
    }
  }

  /** The file that the system looks for. */
  static String library() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return "/System/Library/Frameworks/OpenCL.framework/OpenCL";
    }
    return system.contains("windows") ? "OpenCL.dll" : "libOpenCL.so.1";
  }
}
