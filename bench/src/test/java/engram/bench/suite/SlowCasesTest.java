package engram.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.measure.Roof;
import engram.op.Cost;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlowCasesTest {

  @Test
  void everyListedNameIsACaseOfTheSuiteWithASentenceForAReason() {
    Set<String> known = new HashSet<>(BenchCases.all().stream().map(BenchCase::id).toList());
    SlowCases.listed()
        .reasons()
        .forEach(
            (name, reason) -> {
              assertTrue(known.contains(name), () -> "there is no case " + name);
              assertTrue(reason.split(" ").length >= 4, () -> name + ": " + reason);
            });
  }

  @Test
  void aTableIsNamesAndReasons() {
    SlowCases two = SlowCases.parse("# why\n\nconv2d/3   short rows, of one vector\nrelu/1 odd\n");
    assertEquals("short rows, of one vector", two.reasons().get("conv2d/3"));
    assertEquals(2, two.reasons().size());
    assertThrows(IllegalArgumentException.class, () -> SlowCases.parse("conv2d/3\n"));
    assertThrows(IllegalArgumentException.class, () -> SlowCases.parse("a x\na y\n"));
  }

  /** 100 GFLOP/s and 10 GB/s: a million operations take 10 microseconds at the least. */
  @Test
  void slowIsBelowAQuarterOfTheLimitThatBindsAndNotShort() {
    Cost tenMicros = new Cost(1_000_000, 100);
    Cost fourMicros = new Cost(0, 40_000);
    List<Measurement> measured =
        List.of(
            row("slow/1", "vector", tenMicros, 41e-6),
            row("near/1", "vector", tenMicros, 39e-6),
            row("disturbed/1", "vector", tenMicros, 39e-6, 90e-6),
            row("copies/1", "vector", fourMicros, 21e-6),
            row("short/1", "vector", fourMicros, 19e-6),
            row("loops/1", "plain", tenMicros, 90e-6),
            row(2, "two/1", "vector", tenMicros, 90e-6));
    List<String> slow = SlowCases.among(measured).stream().map(Measurement::name).toList();
    assertEquals(List.of("slow/1", "copies/1"), slow);
    SlowCases listed = SlowCases.parse("slow/1 its rows are short");
    assertEquals(Optional.of("its rows are short"), listed.reason(measured.getFirst()));
    assertEquals(Optional.empty(), listed.reason(measured.get(3)));
  }

  private static Measurement row(String name, String device, Cost cost, Double... seconds) {
    return row(1, name, device, cost, seconds);
  }

  private static Measurement row(
      int threads, String name, String device, Cost cost, Double... seconds) {
    Measurement.Times times = new Measurement.Times(List.of(List.of(seconds)));
    return new Measurement(name, "", false, device, threads, times, cost, 0, new Roof(100, 10));
  }
}
