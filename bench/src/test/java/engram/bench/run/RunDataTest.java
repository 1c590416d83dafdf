package engram.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunDataTest {
  /** Two classes of five tracks of three frames; each image's byte is its number. */
  private static ImageSet images(int from) {
    byte[] pixels = new byte[30];
    int[] labels = new int[30];
    int[] tracks = new int[30];
    for (int i = 0; i < 30; i++) {
      pixels[i] = (byte) (from + i);
      labels[i] = i / 15;
      tracks[i] = i / 3;
    }
    return new ImageSet(1, 1, 1, pixels, labels, tracks);
  }

  @Test
  void validationMeasuresOnTrainingTracksThatAreNotTrainedOn() {
    ImageSet train = images(0);
    Dataset dataset = new Dataset("toy", List.of("a", "b"), train, images(100));
    Dataset validation = RunData.withoutTestImages(dataset, 1);
    assertEquals(24, validation.train().size());
    assertEquals(6, validation.test().size(), "one track of five of each class");
    Set<Integer> seen = new HashSet<>();
    for (ImageSet part : List.of(validation.train(), validation.test())) {
      for (byte image : part.pixels()) {
        assertTrue(image < 30, "a test image");
        assertTrue(seen.add((int) image), "an image on both sides");
      }
    }
    Set<Integer> tracks = new HashSet<>();
    for (int track : validation.test().tracks()) {
      tracks.add(track);
    }
    for (int track : validation.train().tracks()) {
      assertTrue(!tracks.contains(track), "a track on both sides");
    }
  }

  @Test
  void anotherSeedPutsOtherTracksAside() {
    Dataset dataset = new Dataset("toy", List.of("a", "b"), images(0), images(100));
    Set<String> tracks = new HashSet<>();
    for (int seed = 1; seed <= 20; seed++) {
      Dataset validation = RunData.withoutTestImages(dataset, seed);
      tracks.add(Arrays.toString(validation.test().tracks()));
      assertEquals(seed == 1, !validation.description().contains("drawn by " + seed));
    }
    assertTrue(tracks.size() > 5, () -> "of 25 choices came " + tracks);
  }

  @Test
  void aSeedWithoutValidationIsRefused() {
    assertEquals(
        "validation-seed is 2, but no tracks are put aside: add --validate",
        assertThrows(
                IllegalArgumentException.class, () -> RunConfig.of(Map.of("validation-seed", "2")))
            .getMessage());
    assertEquals(2, RunConfig.of(Map.of("validation-seed", "2", "validate", "true")).heldOut());
    assertEquals(0, RunConfig.of(Map.of()).heldOut());
  }
}
