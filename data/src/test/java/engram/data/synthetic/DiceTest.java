package engram.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

/** Generated signs are named by their seed alone, so these numbers may never change. */
class DiceTest {

  @Test
  void sameKeyGivesTheSameNumbersForEver() {
    Dice dice = Dice.of(7, 3, 11);
    assertEquals(0x473B1C87434D77CCL, dice.bits());
    assertEquals(0x06CDBEA2F72469E9L, dice.bits());
    assertEquals(0x15FCBF8D4A6E9C18L, dice.bits());
    assertEquals(0.6641819655746515, dice.unit());
    assertEquals(0.556569230787975, dice.between(-1, 3));
    assertFalse(dice.chance(0.5));
    assertEquals(28, dice.below(100));
    assertEquals(0.006204561256382433, dice.bell());
    assertEquals(-0.35969865f, dice.fastBell());
    assertEquals(2.810232037009651, dice.around(2, 0.3));
  }

  @Test
  void noiseIsTheSameForEver() {
    assertEquals(-0.11223297995266641, Noise.at(5, 1.25));
    assertEquals(0.7079937419326146, Noise.at(5, -1.25, 2.5));
  }
}
