package engram.bench.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DevicesCommandTest {

  @Test
  void listsTheProcessorFirstAndEndsWithWhatAutoTakes() {
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new DevicesCommand()).setOut(new PrintWriter(out)).execute("--no-measure");
    assertEquals(0, exit);
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.getFirst().startsWith("vector "), lines.getFirst());
    String auto = lines.getLast();
    assertTrue(auto.matches("--device auto takes (vector|opencl:\\d+\\.\\d+)"), auto);
  }
}
