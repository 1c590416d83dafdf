package engram.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.ImageSet;
import engram.data.synthetic.drawing.SignCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MadeUpSignsTest {
  private static final int SIZE = SignTexture.SIZE;

  @Test
  void everyClassHasFiveTracksOfTenFramesAndItsSeedAloneSaysWhich() {
    ImageSet signs = MadeUpSigns.generate(1, 2);
    assertEquals(16_000, signs.size());
    assertEquals(List.of(32, 32, 3), List.of(signs.height(), signs.width(), signs.channels()));
    for (int label : new int[] {0, 7, 319}) {
      int[] tracks =
          IntStream.range(0, signs.size())
              .filter(i -> signs.labels()[i] == label)
              .map(i -> signs.tracks()[i])
              .toArray();
      assertEquals(50, tracks.length);
      assertEquals(5, Arrays.stream(tracks).distinct().count());
    }
    assertArrayEquals(signs.pixels(), MadeUpSigns.generate(1, 1).pixels(), "on one thread");
    assertFalse(Arrays.equals(signs.pixels(), MadeUpSigns.generate(2, 2).pixels()), "other seed");
  }

  /** A network cannot learn to tell apart what looks the same. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noSignLooksAsAnother(long seed) {
    List<SignTexture> signs = MadeUpSigns.textures(seed, MadeUpSigns.CLASSES);
    for (int a = 0; a < signs.size(); a++) {
      for (int b = 0; b < a; b++) {
        double distance = distance(signs.get(a), signs.get(b));
        assertTrue(distance > 2e-5, "signs %d and %d differ by %.6f".formatted(a, b, distance));
      }
    }
  }

  @Test
  void noneIsASignOfTheRoad() {
    List<SignTexture> roads = SignCatalog.signs().stream().map(SignTexture::of).toList();
    for (SignTexture madeUp : MadeUpSigns.textures(1, MadeUpSigns.CLASSES)) {
      for (SignTexture road : roads) {
        assertTrue(distance(madeUp, road) > 0.005);
      }
    }
  }

  /** The first of a longer list are the same, and a sign is its own again. */
  @Test
  void aSignDependsOnItsSeedAndPlaceAlone() {
    assertEquals(
        0, distance(MadeUpSigns.textures(1, 9).get(8), MadeUpSigns.textures(1, 20).get(8)));
    assertNotEquals(
        0, distance(MadeUpSigns.textures(1, 9).get(8), MadeUpSigns.textures(2, 9).get(8)));
  }

  @Test
  void facesAreInTheMiddleOfTheirBoxes() {
    for (SignTexture sign : MadeUpSigns.textures(1, 64)) {
      int[] box = new int[] {SIZE, 0, SIZE, 0};
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          if (sign.texel(x, y, 3) > 0.1) {
            box[0] = Math.min(box[0], x);
            box[1] = Math.max(box[1], x);
            box[2] = Math.min(box[2], y);
            box[3] = Math.max(box[3], y);
          }
        }
      }
      assertEquals(SIZE - 1, box[0] + box[1], 6, "left and right");
      assertEquals(SIZE - 1, box[2] + box[3], 8, "top and bottom");
    }
  }

  /** Mean squared difference of light and coverage. */
  private static double distance(SignTexture a, SignTexture b) {
    return IntStream.range(0, SIZE * SIZE * 4)
        .mapToDouble(
            i -> {
              int x = i / 4 % SIZE;
              int y = i / 4 / SIZE;
              double off = a.texel(x, y, i % 4) - b.texel(x, y, i % 4);
              return off * off;
            })
        .average()
        .orElseThrow();
  }
}
