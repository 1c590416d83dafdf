package engram.backend.opencl.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps what the Java runtime does on a fault of the processor. It expects faults, such as reading
 * at null, and goes on after them. Drivers that are built on LLVM put handlers of their own in its
 * place, each for one fault: they then give back what they found, but a thread that faults in that
 * moment ends the process without a word. So its own are put back as soon as a driver has been
 * called.
 *
 * <p>On Linux alone: elsewhere nobody has seen it.
 */
final class FaultHandlers {
  /** SIGILL, SIGBUS, SIGFPE, SIGSEGV. */
  private static final List<Integer> FAULTS = List.of(4, 7, 8, 11);

  /** More than a {@code struct sigaction} of any C library takes. */
  private static final int ROOM = 512;

  private static final Optional<MethodHandle> SIGACTION = sigaction();

  private FaultHandlers() {}

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> sigaction() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("sigaction")
        .map(
            address ->
                linker.downcallHandle(
                    address, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS)));
  }

  /** Calls a driver, and puts back the handlers that there were before. */
  static <T> T keep(Supplier<T> driver) {
    if (SIGACTION.isEmpty()) {
      return driver.get();
    }
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> before = now(arena);
      try {
        return driver.get();
      } finally {
        for (int i = 0; i < FAULTS.size(); i++) {
          call(FAULTS.get(i), before.get(i), MemorySegment.NULL);
        }
      }
    }
  }

  /** The handlers that there are now, each with its flags, as C has them. */
  static List<MemorySegment> now(Arena arena) {
    List<MemorySegment> handlers = new ArrayList<>();
    for (int fault : FAULTS) {
      MemorySegment handler = arena.allocate(ROOM);
      call(fault, MemorySegment.NULL, handler);
      handlers.add(handler);
    }
    return handlers;
  }

  private static void call(int signal, MemorySegment set, MemorySegment get) {
    try {
      int _ = (int) SIGACTION.orElseThrow().invokeExact(signal, set, get);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
