package engram.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerTableTest {

  @Test
  void onlyResultLinesAreRead() {
    assertEquals(
        Optional.of(new PeerResult("2 threads", "training", "engram", 1234.5, "images/s", 50, 61)),
        PeerResult.parse("2 threads", "result\ttraining\tengram\t1234.5\timages/s\t50\t61"));
    assertEquals(Optional.empty(), PeerResult.parse("2 threads", "WARNING: incubator modules"));
  }

  @Test
  void rowsAreComparedWithinAProcessAndTheLastLinesBestWithBest() {
    PeerTable table =
        new PeerTable(
            List.of(
                result("A", "engram", 3000),
                result("A", "libtorch nchw", 900),
                result("B", "engram", 2400),
                result("B", "libtorch nchw", 1000),
                result("B", "libtorch channels-last", 1200)));
    assertEquals(
        List.of(
            "training        engram 3000.0 images/s (A; 20.0 ms a step, 99 % below 25.0): ratio"
                + " 2.50 to libtorch channels-last 1200.0 images/s (B; 20.0 ms a step, 99 % below"
                + " 25.0)"),
        table.best());
    assertEquals(6, table.all().size());
    assertTrue(table.all().get(2).endsWith("3.33"), table.all().get(2));
  }

  private static PeerResult result(String setting, String name, double rate) {
    return new PeerResult(setting, "training", name, rate, "images/s", 20, 25);
  }
}
