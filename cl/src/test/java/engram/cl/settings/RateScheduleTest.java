package engram.cl.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.cl.stream.TaskLength;
import engram.nn.optim.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
  /** Epochs of so many steps. */
  private static TaskLength length(int epochs, int steps) {
    return TaskLength.ofEpochs(epochs, steps, 1);
  }

  @Test
  void stepHalvesEveryFiveEpochs() {
    Schedule schedule = RateSchedule.Named.STEP.over(0.1f, length(11, 7), 0);
    assertEquals(0.1f, schedule.rate(0));
    assertEquals(0.1f, schedule.rate(5 * 7 - 1));
    assertEquals(0.05f, schedule.rate(5 * 7));
    assertEquals(0.025f, schedule.rate(10 * 7));
  }

  @Test
  void constantStays() {
    Schedule schedule = RateSchedule.Named.CONSTANT.over(0.1f, length(11, 7), 0);
    assertEquals(0.1f, schedule.rate(0));
    assertEquals(0.1f, schedule.rate(76));
  }

  @Test
  void cosineRisesOverATwentiethAndEndsAtNothing() {
    Schedule schedule = RateSchedule.Named.COSINE.over(0.2f, length(2, 50), 0);
    assertEquals(0.2f / 5, schedule.rate(0), 1e-7);
    assertEquals(0.2f, schedule.rate(5), 1e-7);
    assertEquals(0.1f, schedule.rate(5 + 95 / 2), 2e-3);
    assertEquals(0, schedule.rate(100), 1e-7);
  }

  @Test
  void aTaskOfOneStepIsTrainedToo() {
    assertEquals(0.1f, RateSchedule.Named.COSINE.over(0.1f, length(1, 1), 0).rate(0));
    assertEquals(0.1f, RateSchedule.Named.COSINE.over(0.1f, length(1, 1), 9).rate(0));
  }

  /** GDumb's: a tenth, then cosines that begin after 1, 2, 4, ... epochs. */
  @Test
  void restartsGoByEpochs() {
    Schedule schedule = RateSchedule.Named.RESTARTS.over(0.05f, length(8, 10), 0);
    assertEquals(0.005f, schedule.rate(9), 1e-8);
    assertEquals(0.05f, schedule.rate(10));
    assertEquals(0.05f, schedule.rate(29));
    assertEquals((0.05f + 0.0005f) / 2, schedule.rate(30), 1e-7);
    assertEquals(0.05f, schedule.rate(40));
  }

  @Test
  void theRateFallsAtTheBeginningOfGivenEpochs() {
    Schedule schedule = RateSchedule.parse("0.2 at 49,63").over(2, length(70, 10), 0);
    assertEquals(2f, schedule.rate(489));
    assertEquals(0.4f, schedule.rate(490));
    assertEquals(0.4f, schedule.rate(629));
    assertEquals(0.08f, schedule.rate(630), 1e-8);
  }

  /** Passes of 3 whole batches: 10 examples by threes. */
  @Test
  void epochsOfATaskThatIsCountedInStepsAreItsPasses() {
    TaskLength length = TaskLength.ofSteps(20, 10, 3);
    Schedule schedule = new RateSchedule.Falling(0.5, List.of(2)).over(1, length, 0);
    assertEquals(1f, schedule.rate(5));
    assertEquals(0.5f, schedule.rate(6));
    assertEquals(0, RateSchedule.Named.COSINE.over(1, length, 0).rate(20), 1e-7);
  }

  @Test
  void warmUpIsOfEveryScheduleAndThatOfCosineTakesThePlaceOfItsOwn() {
    Schedule constant = RateSchedule.Named.CONSTANT.over(1, length(9, 10), 2);
    assertEquals(0.05f, constant.rate(0));
    assertEquals(0.95f, constant.rate(18));
    assertEquals(1f, constant.rate(19));
    Schedule cosine = RateSchedule.Named.COSINE.over(1, length(9, 10), 2);
    assertEquals(0.05f, cosine.rate(0));
    assertEquals(1f, cosine.rate(20));
    assertEquals(0, cosine.rate(90), 1e-7);
  }
}
