package engram.data.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeCoderTest {
  /** Chances of a zero, some as near to 0 and 1 as they may be, and bits that follow them. */
  private record Told(int[] chances, int[] bits) {
    static Told of(int count, long seed) {
      Random random = new Random(seed);
      int[] chances = new int[count];
      int[] bits = new int[count];
      for (int i = 0; i < count; i++) {
        chances[i] =
            random.nextInt(4) == 0 ? 1 + random.nextInt(2) * 65_534 : 1 + random.nextInt(65_535);
        bits[i] = random.nextInt(65_536) < chances[i] ? 0 : 1;
      }
      return new Told(chances, bits);
    }

    /** Writes until there is no room. */
    byte[] in(int size) {
      byte[] code = new byte[size];
      RangeEncoder encoder = new RangeEncoder(code, 0, size);
      for (int i = 0; i < bits.length; i++) {
        encoder.next(chances[i], bits[i]);
      }
      encoder.finish();
      return code;
    }

    /** How many bits come back, each as it was told, before the bytes end. */
    int cameBack(byte[] code) {
      RangeDecoder decoder = new RangeDecoder(code, 0, code.length);
      for (int i = 0; i < bits.length; i++) {
        int bit = decoder.next(chances[i], 1 - bits[i]);
        if (bit == RangeCoder.END) {
          return i;
        }
        assertEquals(bits[i], bit, "bit " + i + " of a code of " + code.length + " bytes");
      }
      return bits.length;
    }

    /** What the first bits say, in bits. */
    double information(int count) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        double zero = chances[i] / 65_536.0;
        sum -= Math.log(bits[i] == 0 ? zero : 1 - zero) / Math.log(2);
      }
      return sum;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 17, 100, 1000})
  void eachBitThatTheBytesSettleIsTheOneThatWasToldAndTheyHoldWhatBytesCan(int size) {
    for (int seed = 0; seed < 50; seed++) {
      Told told = Told.of(20_000, seed);
      int bits = told.cameBack(told.in(size));
      double left = 8 * size - told.information(bits);
      assertTrue(left > -0.1, () -> "more than bytes can hold, by " + -left);
      assertTrue(left < 40, () -> "bytes hold %.1f bits less than they could".formatted(left));
    }
  }

  @Test
  void withRoomEnoughAllComesBackAndZerosFollow() {
    Told told = Told.of(500, 7);
    byte[] code = told.in(1000);
    assertEquals(500, told.cameBack(code));
    assertArrayEquals(new byte[900], Arrays.copyOfRange(code, 100, 1000));
  }

  @Test
  void bitsThatAreEvenAreStoredAsTheyAre() {
    byte[] code = new byte[5];
    RangeEncoder encoder = new RangeEncoder(code, 1, 3);
    for (int i = 0; i < 50; i++) {
      encoder.next(i % 3 == 0 ? 1 : 0);
    }
    encoder.finish();
    assertArrayEquals(new byte[] {0, (byte) 0b10010010, 0b01001001, 0b00100100, 0}, code);
    RangeDecoder decoder = new RangeDecoder(code, 1, 3);
    for (int i = 0; i < 24; i++) {
      assertEquals(i % 3 == 0 ? 1 : 0, decoder.next(0));
    }
    assertEquals(RangeCoder.END, decoder.next(0));
  }
}
