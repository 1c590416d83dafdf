package engram.op;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Optimiser steps on numbers worked out by hand. */
class OptimizerStepTest {

  private static Values of(double... numbers) {
    return new Values(shape(numbers.length), numbers, 0);
  }

  @Test
  void sgdGathersVelocityFromZero() {
    Values p = of(1, -2);
    Values g = of(0.5, 1);
    Values velocity = of(0, 0);
    SgdStep step = new SgdStep(0.9, false, 0);

    step.reference(List.of(p, g, velocity, of(0.1)), List.of());
    assertArrayEquals(new double[] {0.95, -2.1}, p.data(), 1e-12);

    step.reference(List.of(p, g, velocity, of(0.1)), List.of());
    assertArrayEquals(new double[] {0.95, 1.9}, velocity.data(), 1e-12);
    assertArrayEquals(new double[] {0.855, -2.29}, p.data(), 1e-12);
  }

  @Test
  void nesterovAddsTheVelocityOfTheNextStep() {
    Values p = of(1);
    // d = 0.5 + 0.1 * 1 = 0.6, velocity = 0.6, direction = 0.6 + 0.5 * 0.6 = 0.9
    new SgdStep(0.5, true, 0.1).reference(List.of(p, of(0.5), of(0), of(1)), List.of());
    assertEquals(0.1, p.get(0), 1e-12);
  }

  @Test
  void firstStepOfAdamMovesEachParameterByTheRateWhateverItsGradient() {
    Values p = of(1, 1, 1);
    Values step = of(0);
    new AdamStep(0.9, 0.999, 0, 0, false)
        .reference(
            List.of(p, of(1e-6, -3, 1e6), of(0, 0, 0), of(0, 0, 0), step, of(0.01)), List.of());
    assertArrayEquals(new double[] {0.99, 1.01, 0.99}, p.data(), 1e-9);
    assertEquals(1, step.get(0));
  }

  @Test
  void secondStepOfAdamByHand() {
    Values p = of(0);
    Values m = of(0.1);
    Values v = of(0.001);
    // m = 0.1 + 0.1 (2 - 0.1) = 0.29, v = 0.999 * 0.001 + 0.001 * 4 = 0.004999;
    // corrected: 0.29 / 0.19 and 0.004999 / 0.001999
    new AdamStep(0.9, 0.999, 0, 0, false)
        .reference(List.of(p, of(2), m, v, of(1), of(0.001)), List.of());
    assertEquals(0.29, m.get(0), 1e-12);
    assertEquals(0.004999, v.get(0), 1e-12);
    assertEquals(-0.001 * (0.29 / 0.19) / Math.sqrt(0.004999 / 0.001999), p.get(0), 1e-12);
  }

  @Test
  void decoupledDecayShrinksParametersThatHaveNoGradient() {
    Values p = of(2);
    new AdamStep(0.9, 0.999, 1e-8, 0.1, true)
        .reference(List.of(p, of(0), of(0), of(0), of(0), of(0.5)), List.of());
    assertEquals(1.9, p.get(0), 1e-12);
  }

  @Test
  void addedDecayActsAsAGradient() {
    Values p = of(2);
    new AdamStep(0.9, 0.999, 0, 0.1, false)
        .reference(List.of(p, of(0), of(0), of(0), of(0), of(0.5)), List.of());
    assertEquals(1.5, p.get(0), 1e-9);
  }

  @Test
  void clippingShortensToTheLimitAndLeavesShortGradientsAlone() {
    Values g = of(3, 4);
    new ClipGradientNorm(1).reference(List.of(g), List.of());
    assertArrayEquals(new double[] {0.6, 0.8}, g.data(), 1e-6);

    Values small = of(0.3, 0.4);
    new ClipGradientNorm(1).reference(List.of(small), List.of());
    assertArrayEquals(new double[] {0.3, 0.4}, small.data());
  }

  @Test
  void attributesThatMakeNoSenseAreRefused() {
    var noMomentum = assertThrows(IllegalArgumentException.class, () -> new SgdStep(0, true, 0));
    assertTrue(noMomentum.getMessage().contains("nesterov needs a momentum"));
    assertThrows(IllegalArgumentException.class, () -> new AdamStep(1, 0.999, 1e-8, 0, false));
    assertThrows(IllegalArgumentException.class, () -> new ClipGradientNorm(0));
  }
}
