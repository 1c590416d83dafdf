package engram.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;

/** Small data sets, and what it means for two to be equal. */
public final class TestSets {

  private TestSets() {}

  /** Noise: {@code frames} images of each of {@code tracks} tracks of each class. */
  public static ImageSet noise(int classes, int tracks, int frames, long seed) {
    int size = classes * tracks * frames;
    byte[] pixels = new byte[size * 4 * 4 * 3];
    new Random(seed).nextBytes(pixels);
    int[] labels = new int[size];
    int[] track = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i / (tracks * frames);
      track[i] = i / frames;
    }
    return new ImageSet(4, 4, 3, pixels, labels, track);
  }

  /** Two classes, with names that are not ASCII. */
  public static Dataset dataset(long seed) {
    return new Dataset(
        "noise " + seed,
        List.of("Überholverbot", "停"),
        noise(2, 2, 3, seed),
        noise(2, 1, 1, seed + 1));
  }

  public static void assertSame(Dataset expected, Dataset actual) {
    assertEquals(expected.classNames(), actual.classNames());
    assertSame(expected.train(), actual.train());
    assertSame(expected.test(), actual.test());
  }

  public static void assertSame(ImageSet expected, ImageSet actual) {
    assertArrayEquals(expected.labels(), actual.labels());
    assertArrayEquals(expected.tracks(), actual.tracks());
    assertArrayEquals(expected.pixels(), actual.pixels());
    assertEquals(expected.height(), actual.height());
    assertEquals(expected.width(), actual.width());
    assertEquals(expected.channels(), actual.channels());
  }
}
