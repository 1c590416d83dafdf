package engram.cl.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.metrics.Estimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static PublishedResult published(double accuracy, double error, boolean deviation) {
    return new PublishedResult("er", accuracy, OptionalDouble.of(error), deviation, 10, "here");
  }

  /** t(9) is 2.262: a deviation of 1.0 over ten runs makes a half width of 0.715. */
  @Test
  void deviationIsDividedByTheRootOfTheRuns() {
    Estimate estimate = published(90, 1, true).estimate().orElseThrow();
    assertEquals(0.715, estimate.halfWidth().orElseThrow(), 1e-3);
    assertEquals(1, estimate.deviation().orElseThrow(), 1e-9);
  }

  @Test
  void standardErrorIsTakenAsItIs() {
    Estimate estimate = published(90, 1, false).estimate().orElseThrow();
    assertEquals(2.262, estimate.halfWidth().orElseThrow(), 1e-3);
  }

  @Test
  void intervalsMeetWhereTheirHalfWidthsReachOverTheDifference() {
    Estimate ours = new Estimate(94, OptionalDouble.of(2 / 4.3027), 3); // t(2) is 4.3027
    assertEquals(Optional.of(true), new Agreement(published(90, 1, false), ours).intervalsMeet());
    assertEquals(Optional.of(false), new Agreement(published(90, 1, true), ours).intervalsMeet());
  }

  @Test
  void twoSeedsHaveNoIntervalThatSaysAnything() {
    Estimate ours = new Estimate(70, OptionalDouble.of(2), 2);
    assertEquals(Optional.empty(), new Agreement(published(90, 1, false), ours).intervalsMeet());
    assertFalse(new Agreement(published(90, 1, false), ours).holds());
  }

  @Test
  void withinTwoPointsAgreesEvenWhereThereIsNoInterval() {
    PublishedResult bare =
        new PublishedResult("er", 90, OptionalDouble.empty(), true, 1, "from memory");
    Agreement near = new Agreement(bare, Estimate.of(88));
    Agreement far = new Agreement(bare, Estimate.of(87.9));
    assertEquals(Optional.empty(), near.intervalsMeet());
    assertTrue(near.holds());
    assertFalse(far.holds());
    assertEquals(-2.1, far.difference(), 1e-9);
  }

  @Test
  void everyFileIsNamedAndEveryNameHasAFileOfOneScreen() throws IOException {
    Path folder = Path.of("src/main/resources/engram/cl/protocol");
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files.map(f -> f.getFileName().toString().replace(".yaml", "")).sorted().toList();
      assertEquals(Protocols.NAMES.stream().sorted().toList(), names);
    }
    for (String name : Protocols.NAMES) {
      List<String> lines = Protocols.text(name).lines().toList();
      assertTrue(lines.size() <= 40, name + " has " + lines.size() + " lines");
      lines.forEach(line -> assertTrue(line.length() <= 100, name + ": " + line));
    }
  }

  @Test
  void unknownProtocolIsAnsweredWithTheNearest() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Protocols.text("hsu-mnist-clas"));
    assertTrue(e.getMessage().contains("perhaps hsu-mnist-class;"), e.getMessage());
  }
}
