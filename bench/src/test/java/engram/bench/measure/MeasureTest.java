package engram.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.nn.Sequential;
import engram.nn.model.Models;
import engram.op.Cost;
import engram.tensor.Shape;
import org.junit.jupiter.api.Test;

class MeasureTest {
  private final Roof roof = new Roof(200, 20);

  @Test
  void theSlowerOfArithmeticAndMemoryBinds() {
    assertTrue(roof.boundByArithmetic(new Cost(1000, 10)));
    assertFalse(roof.boundByArithmetic(new Cost(10, 1000)));
    assertEquals(0.5, roof.share(new Cost(100_000_000, 1), 1e-3), 1e-9);
    assertEquals(0.25, roof.share(new Cost(1, 5_000_000), 1e-3), 1e-9);
    assertEquals(200, roof.attainable(10), 1e-9);
    assertEquals(20, roof.attainable(1), 1e-9);
  }

  @Test
  void denseArithmeticOfTheReferenceNetworkIsAsPublished() {
    MeasuredStep step = MeasuredStep.reference(64);
    assertEquals(53.4e6, step.denseTrainingFlops(), 0.05e6);
    assertEquals(19.4e6, step.denseForwardFlops(), 0.05e6);
  }

  @Test
  void theFirstLayerIsOneLayerAndNotTheBlockThatItIsIn() {
    MeasuredStep plain = step("conv 4 3, relu, conv 5 3, flatten");
    MeasuredStep nested = step("block(conv 4 3, relu, conv 5 3), flatten");
    assertEquals(plain.denseTrainingFlops(), nested.denseTrainingFlops());
  }

  private static MeasuredStep step(String text) {
    Sequential layers = Models.of(text, Shape.shape(8, 8, 1), 3);
    return new MeasuredStep(layers, SampleImages.noise(layers), 1, false, true);
  }

  @Test
  void onlyTheSecondHalfOfTheTimeCounts() {
    StepClock clock = new StepClock();
    int[] calls = {0};
    clock.run(() -> sleep(calls[0]++ < 4 ? 50 : 5), 0.4);
    StepClock.Times times = clock.secondHalf();
    assertTrue(times.slow() < 0.045, () -> "a step of the first half counts: " + times);
    assertTrue(times.steps() >= 5 && times.steps() < calls[0], times::toString);
  }

  @Test
  void atLeastTwoStepsAreTaken() {
    StepClock clock = new StepClock();
    clock.run(() -> sleep(1), 0);
    assertTrue(clock.secondHalf().steps() >= 1);
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
