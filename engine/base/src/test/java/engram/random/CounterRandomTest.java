package engram.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Runs are repeated by their seed alone, so these numbers may never change. */
class CounterRandomTest {

  private final CounterRandom shuffle = CounterRandom.of(1, "shuffle");

  @Test
  void keyDependsOnSeedPurposeAndPart() {
    assertEquals(0x2C783860E75EEF17L, shuffle.key());
    assertEquals(0xC24033A5FF667AF6L, shuffle.split(3).key());
  }

  @Test
  void bitsAreTheSameForEver() {
    assertEquals(0xFE91CE33E61D9531L, shuffle.bits(0));
    assertEquals(0x282611B3E9F600F9L, shuffle.bits(1));
    assertEquals(0x8A9D9B2B5A8E138DL, shuffle.bits(1L << 40));
    assertEquals(0x7DD54BF6993C7129L, shuffle.bits(-1));
  }

  @Test
  void whatIsMadeOfTheBitsIsTheSameForEver() {
    assertEquals(0.8609428f, shuffle.uniform(5));
    assertEquals(0.860942794509049, shuffle.uniformDouble(5));
    assertEquals(8, shuffle.below(10, 5));
    assertEquals(1.6163264583685741, shuffle.normal(5));
    assertArrayEquals(new int[] {4, 0, 2, 1, 3, 7, 6, 5}, shuffle.permutation(8));
  }
}
