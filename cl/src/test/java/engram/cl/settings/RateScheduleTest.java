package engram.cl.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.nn.optim.Schedule;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
  @Test
  void stepHalvesEveryFiveEpochs() {
    Schedule schedule = RateSchedule.STEP.over(0.1f, 11, 7);
    assertEquals(0.1f, schedule.rate(0));
    assertEquals(0.1f, schedule.rate(5 * 7 - 1));
    assertEquals(0.05f, schedule.rate(5 * 7));
    assertEquals(0.025f, schedule.rate(10 * 7));
  }

  @Test
  void cosineRisesOverATwentiethAndEndsAtNothing() {
    Schedule schedule = RateSchedule.COSINE.over(0.2f, 2, 50);
    assertEquals(0.2f / 5, schedule.rate(0), 1e-7);
    assertEquals(0.2f, schedule.rate(5), 1e-7);
    assertEquals(0.1f, schedule.rate(5 + 95 / 2), 2e-3);
    assertEquals(0, schedule.rate(100), 1e-7);
  }

  @Test
  void aTaskOfOneStepIsTrainedToo() {
    assertEquals(0.1f, RateSchedule.COSINE.over(0.1f, 1, 1).rate(0));
  }
}
