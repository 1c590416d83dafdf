package engram.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
  void theRateFallsAtEachGivenTime() {
    Schedule schedule = new Schedule.MultiStepLr(2, 0.2, List.of(49, 63));
    assertEquals(2f, schedule.rate(0));
    assertEquals(2f, schedule.rate(48));
    assertEquals(0.4f, schedule.rate(49));
    assertEquals(0.4f, schedule.rate(62));
    assertEquals(0.08f, schedule.rate(63));
    assertEquals(0.08f, schedule.rate(1000));
  }

  /** The rates of the authors' program, which begins a cosine at 1, 2, 4, 8, ... */
  @Test
  void restartsDoubleInLength() {
    Schedule schedule = new Schedule.WarmRestarts(0.05f, 0.0005f);
    assertEquals(0.005f, schedule.rate(0), 1e-9);
    for (int start : new int[] {1, 2, 4, 8, 64}) {
      assertEquals(0.05f, schedule.rate(start), "a cosine begins at " + start);
    }
    float middle = (0.05f + 0.0005f) / 2;
    assertEquals(middle, schedule.rate(3), 1e-7);
    assertEquals(middle, schedule.rate(6), 1e-7);
    double quarter = 0.0005 + 0.0495 * (1 + Math.cos(Math.PI / 4)) / 2;
    assertEquals(quarter, schedule.rate(5), 1e-7);
    assertEquals(0.0005f, schedule.rate(127), 1e-4);
  }

  @Test
  void timeMayGoOnOnceInSomeSteps() {
    Schedule schedule = new Schedule.MultiStepLr(1, 0.5, List.of(1)).each(10);
    assertEquals(1f, schedule.rate(9));
    assertEquals(0.5f, schedule.rate(10));
  }

  @Test
  void warmUpIsAStraightLineToWhatTheScheduleSays() {
    Schedule schedule = new Schedule.MultiStepLr(1, 0.5, List.of(2)).warmedUp(4);
    assertEquals(0.25f, schedule.rate(0));
    assertEquals(0.5f, schedule.rate(1));
    assertEquals(0.375f, schedule.rate(2), "three quarters of what is half by then");
    assertEquals(0.5f, schedule.rate(3));
    assertEquals(0.5f, schedule.rate(4));
  }

  @Test
  void aCosineThatEndsBeforeItsWarmUpIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Schedule.Cosine(1, 0, 5, 5));
  }
}
