package engram.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.HashSet;
import java.util.List;
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
    Dataset validation = RunData.withoutTestImages(dataset);
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
}
