package engram.backend.opencl.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Buffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A device in use: what is written to it, and what is said when it refuses. */
class SessionTest {
  /** Small writes go up by and by, large ones at once; what was written is what was there then. */
  @Test
  void writesTakeTheNumbersOfTheirMoment() {
    try (Session session = new Session(AnyDevice.orSkip())) {
      int size = 5_003;
      Buffer buffer = session.allocate(40 * size);
      float[] values = new float[size];
      for (int i = 0; i < 40; i++) {
        Arrays.fill(values, i);
        buffer.write(i * size, values, 0, size);
      }
      float[] received = buffer.read();
      for (int i = 0; i < received.length; i++) {
        assertEquals(Math.floorDiv(i, size), (int) received[i]);
      }
      float[] large = new float[Staging.MOST + 1];
      Arrays.fill(large, 7);
      Buffer beyond = session.allocate(large.length);
      beyond.write(large);
      Arrays.fill(large, 8);
      assertEquals(7, beyond.read()[Staging.MOST]);
    }
  }

  @Test
  void aProgramThatDoesNotBuildShowsTheCompilersMessages() {
    try (Session session = new Session(AnyDevice.orSkip())) {
      OpenClException error =
          assertThrows(
              OpenClException.class,
              () ->
                  session.programs().build("wrong.cl", "kernel void f() { int x = y; }", "-DC=3"));
      String message = String.valueOf(error.getMessage());
      assertTrue(
          message.startsWith("opencl: wrong.cl does not build on " + session.device().name()),
          message);
      assertTrue(message.contains("with -DC=3"), message);
      assertTrue(message.contains("undeclared identifier"), message);
    }
  }

  @Test
  void aKernelThatTheDriverRefusesIsNamed() {
    try (Session session = new Session(AnyDevice.orSkip())) {
      int tooMany = 1 << 24;
      Launch launch =
          session.kernel("one").operands(session.scratch(1)).range(tooMany, 1, tooMany, 1);
      for (Executable run : List.<Executable>of(launch::run, launch::runTimed)) {
        String said = String.valueOf(assertThrows(OpenClException.class, run).getMessage());
        assertTrue(said.startsWith("opencl: kernel one failed on "), said);
        assertTrue(said.contains("(CL_INVALID_WORK_GROUP_SIZE)"), said);
        assertTrue(said.contains("choose another device"), said);
      }
    }
  }
}
