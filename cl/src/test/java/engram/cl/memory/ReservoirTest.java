package engram.cl.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.ToySigns;
import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservoirTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 40, 41, 100})
  void holdsAllItCanButNeverMoreThanItsCapacity(int capacity) {
    Reservoir memory =
        new Reservoir(Capacity.total(capacity), ToySigns.IMAGE_BYTES, CounterRandom.of(1, "r"));
    for (int i = 0; i < 41; i++) {
      memory.offer(ToySigns.examples(i));
      assertEquals(Math.min(capacity, i + 1), memory.stored().size());
    }
  }

  /**
   * 30 images, 10 slots, 3000 trials: each is held in 1/3 of them. The statistic over 30 images has
   * at most the spread of chi-square with 29 degrees of freedom, which exceeds 58.3 with
   * probability 0.001.
   */
  @Test
  void holdsEachImageOfTheStreamWithEqualProbabilityWhateverItsClass() {
    int[] labels = IntStream.range(0, 30).map(i -> i < 3 ? 0 : 1).toArray();
    Examples stream = ToySigns.examples(labels);
    int trials = 3000;
    int[] held = new int[30];
    for (int trial = 0; trial < trials; trial++) {
      Reservoir memory =
          new Reservoir(Capacity.total(10), ToySigns.IMAGE_BYTES, CounterRandom.of(trial, "r"));
      memory.offer(stream);
      for (int slot = 0; slot < 10; slot++) {
        held[ToySigns.number(memory.stored().image(slot), 0)]++;
      }
    }
    double expected = trials / 3.0;
    double statistic =
        IntStream.of(held).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertTrue(statistic < 58.3, "statistic " + statistic);
  }
}
