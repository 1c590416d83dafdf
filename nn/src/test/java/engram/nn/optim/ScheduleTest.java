package engram.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void stepLrHalvesEveryFiveEpochs() {
    Schedule schedule = new Schedule.StepLr(0.001f, 5, 0.5);
    assertEquals(0.001f, schedule.rate(0));
    assertEquals(0.001f, schedule.rate(4));
    assertEquals(0.0005f, schedule.rate(5));
    assertEquals(0.00025f, schedule.rate(10));
  }

  @Test
  void cosineWarmsUpPeaksAndEndsAtItsFloor() {
    Schedule schedule = new Schedule.Cosine(1, 0.1f, 4, 12);
    assertEquals(0.25f, schedule.rate(0));
    assertEquals(1f, schedule.rate(3));
    assertEquals(1f, schedule.rate(4));
    assertEquals(0.55f, schedule.rate(8), 1e-6);
    assertEquals(0.1f, schedule.rate(12), 1e-6);
    assertEquals(0.1f, schedule.rate(100), 1e-6);
  }

  @Test
  void aCosineThatEndsBeforeItsWarmUpIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Schedule.Cosine(1, 0, 5, 5));
  }
}
