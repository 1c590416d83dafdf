package engram.backend.opencl.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("device")
@EnabledOnOs(OS.LINUX)
class FaultHandlersTest {
  @Test
  void theRuntimesHandlersAreThereAfterDriversWereAsked() {
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> before = FaultHandlers.now(arena);
      try {
        var _ = OpenClDevices.list();
      } catch (OpenClException e) {
        assumeTrue(false, e.getMessage());
      }
      List<MemorySegment> after = FaultHandlers.now(arena);
      for (int i = 0; i < before.size(); i++) {
        // The handler itself; C libraries leave some bytes behind it as they happen to be.
        assertEquals(before.get(i).get(ADDRESS, 0), after.get(i).get(ADDRESS, 0), "fault " + i);
      }
    }
  }
}
