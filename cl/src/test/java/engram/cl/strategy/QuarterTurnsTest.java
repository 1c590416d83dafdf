package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.stream.Batch;
import engram.cl.stream.Normalisation;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuarterTurnsTest {
  private static final int CLASSES = 5;

  private static Batch batch(int capacity, int elements, int... labels) {
    Batch batch = new Batch(capacity, elements, Normalisation.UNIT);
    byte[] pixels = new byte[elements];
    for (int label : labels) {
      for (int i = 0; i < elements; i++) {
        pixels[i] = (byte) (10 * label + i);
      }
      batch.add(pixels, 0, label);
    }
    return batch;
  }

  /** Pixels 0 to 8 of one channel, row by row. */
  @Test
  void turnsAreByQuartersAgainstTheClock() {
    String[] expected = {"", "258147036", "876543210", "630741852"};
    Set<Integer> seen = new HashSet<>();
    for (int draw = 0; draw < 20; draw++) {
      Batch batch = batch(3, 9, 0);
      assertEquals(2, new QuarterTurns(3, 3).append(batch, CLASSES, new CounterRandom(draw)));
      for (int i = 1; i < 3; i++) {
        int turn = batch.labels()[i] / CLASSES;
        seen.add(turn);
        float[] pixels = Arrays.copyOfRange(batch.pixels(), 9 * i, 9 * i + 9);
        StringBuilder order = new StringBuilder();
        for (float pixel : pixels) {
          order.append(Math.round(255 * pixel));
        }
        assertEquals(expected[turn], order.toString());
      }
    }
    assertEquals(Set.of(1, 2, 3), seen, "every turn has its chance");
  }

  @Test
  void eachImageGetsTwoDifferentTurnsOfItsOwnClass() {
    Batch batch = batch(9, 4 * 4 * 3, 4, 0, 3);
    assertEquals(6, new QuarterTurns(4, 4).append(batch, CLASSES, new CounterRandom(7)));
    int[] labels = batch.labels();
    for (int i = 0; i < 3; i++) {
      assertEquals(labels[i], labels[3 + 2 * i] % CLASSES);
      assertEquals(labels[i], labels[4 + 2 * i] % CLASSES);
      assertTrue(labels[3 + 2 * i] < labels[4 + 2 * i], "two turns");
    }
  }

  @Test
  void channelsStayTogetherAndAnOblongImageIsTurnedByHalf() {
    Batch batch = batch(2, 6, 2); // 1 x 2 pixels of 3 channels
    assertEquals(2, new QuarterTurns(1, 2).directions());
    assertEquals(1, new QuarterTurns(1, 2).append(batch, CLASSES, new CounterRandom(1)));
    assertEquals(2 + CLASSES, batch.labels()[1]);
    float[] p = batch.pixels();
    assertArrayEquals(
        new float[] {p[3], p[4], p[5], p[0], p[1], p[2]}, Arrays.copyOfRange(p, 6, 12));
  }

  @Test
  void aBatchWithoutRoomIsAnError() {
    Batch batch = batch(2, 9, 1);
    QuarterTurns turns = new QuarterTurns(3, 3);
    assertThrows(
        IllegalStateException.class, () -> turns.append(batch, CLASSES, new CounterRandom(1)));
  }
}
