package engram.bench.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

class ExplainCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int explain(String... arguments) {
    return new CommandLine(new ExplainCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Tag("slow")
  @Timeout(300)
  @Test
  void eachNodeHasARow() {
    assertEquals(0, explain("--device", "plain", "--batch", "2", "--runs", "1"), err::toString);
    long rows =
        out.toString().lines().filter(line -> line.matches(" +\\d+  \\S+ +[0-9.]+ .*%.*")).count();
    assertEquals(22, rows, out::toString);
    assertFalse(out.toString().contains("its kernels"), out::toString);
  }

  @Tag("slow")
  @Timeout(300)
  @Test
  void aConvolutionNamesItsWayAndTheEstimatesOfTheOthers() {
    assertEquals(0, explain("--device", "vector", "--batch", "2", "--runs", "1"), err::toString);
    List<String> ways =
        out.toString().lines().filter(line -> line.startsWith("      by ")).toList();
    String other = "by [a-z ]+; estimated times as long: [a-z ]+ [1-9]\\d*\\.\\d\\d.*";
    assertTrue(ways.stream().anyMatch(line -> line.strip().matches(other)), out::toString);
  }

  @Tag("device")
  @Timeout(300)
  @Test
  void aDeviceOfOpenClShowsTheKernelsThatItStarts() {
    try {
      OpenClDevices.list();
    } catch (OpenClException e) {
      Assumptions.abort(e.getMessage());
    }
    assertEquals(0, explain("--device", "opencl", "--batch", "2", "--runs", "1"), err::toString);
    String kernels = out.toString().split("its kernels", 2)[1];
    assertTrue(kernels.contains("cross_entropy_step"), kernels);
    assertTrue(kernels.contains("add_parts"), kernels);
  }

  @Test
  void theDoctorWatchesTheStepThatTheOptionsName() {
    String[] step = {"--doctor", "--device=plain", "--threads=1", "--network=mlp 4 1", "--batch=8"};
    assertEquals(0, explain(step), err::toString);
    assertTrue(out.toString().startsWith("200 steps on one batch of 8, adam, rate 0.001,"));
    out.getBuffer().setLength(0);
    List<String> other = new ArrayList<>(List.of(step));
    other.addAll(List.of("--optimizer=sgd", "--lr=500", "--momentum=0.9"));
    assertEquals(1, explain(other.toArray(String[]::new)), err::toString);
    String text = out.toString();
    assertTrue(text.contains("sgd, rate 500.0, momentum 0.9"), text);
    assertTrue(text.contains("rate-too-large, "), text);
  }

  @Test
  void anOptimiserThatDoesNotFitIsWrongUsage() {
    assertEquals(2, explain("--doctor", "--momentum=0.9"));
    assertTrue(err.toString().contains("momentum is of sgd"), err::toString);
  }

  @Test
  void noRunsAreWrongUsage() {
    assertEquals(2, explain("--runs", "0"));
    assertTrue(err.toString().contains("--runs is 0, expected 1 to 10000"), err::toString);
  }
}
