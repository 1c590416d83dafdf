package engram.bench.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.experiment.StopRequest;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("process")
@Timeout(120)
class StopSignalsTest {
  /** Listens for a moment. */
  static final class Program {
    public static void main(String[] none) {
      try (StopSignals _ = StopSignals.listen(new StopRequest(), System.out)) {
        System.out.println("listening");
      }
    }
  }

  /** Containers and service managers start Java in this way. */
  @Test
  void whereJavaLeavesSignalsAloneTheRunGoesOnAllTheSame() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xrs",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(program.getInputStream().readAllBytes(), UTF_8);
    assertTrue(program.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, program.exitValue(), printed);
    assertTrue(printed.contains("started with -Xrs: Ctrl-C stops at once"), printed);
    assertTrue(printed.contains("listening"), printed);
  }
}
