package engram.cl.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.cl.metrics.StabilityGap.Measurement;
import java.util.List;
import org.junit.jupiter.api.Test;

class StabilityGapTest {
  private static Measurement at(int task, int steps, Double... accuracies) {
    return new Measurement(task, steps, List.of(accuracies));
  }

  @Test
  void fallAndRecoveryAreCountedFromTheSmallestWithinTheTask() {
    List<StabilityGap> gaps =
        StabilityGap.of(
            List.of(
                at(0, 0, 0.1),
                at(0, 9, 0.9),
                at(1, 0, 0.9, 0.0),
                at(1, 1, 0.3, 0.4),
                at(1, 9, 0.7, 0.8),
                at(2, 0, 0.6, 0.8, 0.0),
                at(2, 1, 0.5, 0.2, 0.3),
                at(2, 2, 0.4, 0.4, 0.5),
                at(2, 9, 0.5, 0.6, 0.9)));

    assertEquals(2, gaps.size());
    StabilityGap second = gaps.getFirst();
    assertEquals(1, second.task());
    assertEquals(0.3, second.smallest(), 1e-12);
    assertEquals((0.8 + 0.3) / 2, second.worstCase(), 1e-12);
    assertEquals(0.6, second.gap(), 1e-12);
    assertEquals(0.4, second.recovered(), 1e-12);
    StabilityGap third = gaps.getLast();
    // Task 1 was worst within task 2, which counts since it was learnt; the fall is of task 3.
    assertEquals((0.3 + 0.2) / 2, third.smallest(), 1e-12);
    assertEquals((0.9 + 0.3 + 0.2) / 3, third.worstCase(), 1e-12);
    assertEquals((0.2 + 0.6) / 2, third.gap(), 1e-12);
    assertEquals((0.1 + 0.4) / 2, third.recovered(), 1e-12);
  }

  @Test
  void oneTaskHasNoOldOnes() {
    assertEquals(List.of(), StabilityGap.of(List.of(at(0, 0, 0.5), at(0, 3, 0.9))));
    assertEquals(List.of(), StabilityGap.of(List.of()));
  }

  @Test
  void aMeasurementHasAnAccuracyForEachTaskMet() {
    assertThrows(IllegalArgumentException.class, () -> at(2, 1, 0.5));
  }
}
