package engram.nn.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.random.CounterRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitialiserTest {
  private static final Initialiser.Fan FAN = new Initialiser.Fan(75, 800);
  private static final int DRAWS = 20_000;

  private static double[] draw(Initialiser initialiser) {
    CounterRandom random = CounterRandom.of(1, "test");
    return IntStream.range(0, DRAWS).mapToDouble(i -> initialiser.value(random, FAN, i)).toArray();
  }

  static Stream<Arguments> bounds() {
    return Stream.of(
        Arguments.of(new Initialiser.XavierUniform(), Math.sqrt(6.0 / 875)),
        Arguments.of(new Initialiser.KaimingUniform(0), Math.sqrt(6.0 / 75)),
        Arguments.of(new Initialiser.KaimingUniform(Math.sqrt(5)), 1 / Math.sqrt(75)),
        Arguments.of(new Initialiser.TorchDefault(), 1 / Math.sqrt(75)));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void uniformDrawsFillTheirRangeEvenly(Initialiser initialiser, double bound) {
    double[] values = draw(initialiser);
    double largest =
        IntStream.range(0, DRAWS).mapToDouble(i -> Math.abs(values[i])).max().orElse(0);
    double mean = IntStream.range(0, DRAWS).mapToDouble(i -> values[i]).average().orElse(1);
    double square =
        IntStream.range(0, DRAWS).mapToDouble(i -> values[i] * values[i]).average().orElse(0);
    assertTrue(largest <= bound && largest > 0.999 * bound, "largest " + largest);
    assertEquals(0, mean, 0.02 * bound);
    assertEquals(bound * bound / 3, square, 0.03 * bound * bound);
  }

  @Test
  void kaimingNormalHasTheVarianceThatKeepsActivationsAlive() {
    double square = 0;
    for (double value : draw(new Initialiser.KaimingNormal(0.01))) {
      square += value * value / DRAWS;
    }
    assertEquals(2 / (1.0001 * 75), square, 0.03 * 2 / 75);
  }
}
