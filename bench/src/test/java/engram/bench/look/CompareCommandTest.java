package engram.bench.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

class CompareCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int compare(String... arguments) {
    return new CommandLine(new CompareCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void backendsThatAgreeGiveExitCode0AndARowForEachNode() {
    assertEquals(0, compare("vector", "plain", "--batch", "2", "--runs", "2"));
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.getLast().startsWith("22 nodes, none differs by more than"), lines.getLast());
    assertEquals(2 + 1 + 22 + 1, lines.size());
  }

  /** A device takes the steps in an order of its own. */
  @Tag("device")
  @Timeout(300)
  @Test
  void aDeviceOfOpenClAgreesWithTheProcessor() {
    try {
      OpenClDevices.list();
    } catch (OpenClException e) {
      Assumptions.abort(e.getMessage());
    }
    assertEquals(0, compare("vector", "opencl", "--batch", "2", "--kd"), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertTrue(
        lines.getLast().matches("\\d+ nodes and \\d groups of them, none differs by more than .*"),
        lines.getLast());
  }

  @Test
  void theFirstNodeBeyondTheToleranceIsNamedAndGivesExitCode1() {
    assertEquals(1, compare("reference", "plain", "--batch", "2", "--tolerance", "1e-12"));
    assertTrue(
        out.toString().contains("\nfirst divergence: node 0, fused_conv2d, element "),
        out::toString);
  }

  @Test
  void aDeviceThatThereIsNotIsWrongUsage() {
    assertEquals(2, compare("vector", "abacus"));
    assertTrue(err.toString().contains("there is no device \"abacus\""), err::toString);
  }
}
