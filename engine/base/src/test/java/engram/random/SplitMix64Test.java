package engram.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {

  private static long[] draws(long seed, int count) {
    return LongStream.rangeClosed(1, count)
        .map(n -> SplitMix64.mix(seed + n * SplitMix64.GOLDEN))
        .toArray();
  }

  @Test
  void drawsAreThoseOfVignasPublishedProgram() {
    assertArrayEquals(
        new long[] {
          6457827717110365317L,
          3203168211198807973L,
          Long.parseUnsignedLong("9817491932198370423"),
          4593380528125082431L,
          Long.parseUnsignedLong("16408922859458223821")
        },
        draws(1234567, 5));
    assertArrayEquals(
        new long[] {
          0xE220A8397B1DCDAFL, 0x6E789E6AA1B965F4L, 0x06C45D188009454FL, 0xF88BB8A8724C81ECL
        },
        draws(0, 4));
  }

  @Test
  void drawsAreThoseOfTheGeneratorOfTheJdk() {
    var jdk = new SplittableRandom(42);
    assertArrayEquals(LongStream.generate(jdk::nextLong).limit(100).toArray(), draws(42, 100));
  }

  @Test
  void firstIsTheFirstDraw() {
    assertEquals(draws(-7, 1)[0], SplitMix64.first(-7));
  }
}
