package engram.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrackSplitTest {

  private final ImageSet images = TestSets.noise(4, 10, 30, 1);

  private static Set<Integer> tracks(ImageSet set) {
    return Arrays.stream(set.tracks()).boxed().collect(Collectors.toSet());
  }

  @Test
  void noTrackIsOnBothSidesAndNoImageIsLost() {
    TrackSplit split = TrackSplit.of(images, 0.3, 7);
    Set<Integer> both = tracks(images.select(split.kept()));
    both.retainAll(tracks(images.select(split.heldOut())));
    assertEquals(Set.of(), both);
    int[] all =
        IntStream.concat(Arrays.stream(split.kept()), Arrays.stream(split.heldOut()))
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, images.size()).toArray(), all);
  }

  @Test
  void everyClassGivesItsShareOfTracks() {
    ImageSet heldOut = images.select(TrackSplit.of(images, 0.3, 7).heldOut());
    for (int label = 0; label < 4; label++) {
      int wanted = label;
      assertEquals(
          3 * 30, Arrays.stream(heldOut.labels()).filter(actual -> actual == wanted).count());
    }
  }

  @Test
  void smallClassesKeepATrackAndGiveOneIfTheyCan() {
    ImageSet two = TestSets.noise(1, 2, 5, 1);
    for (double fraction : new double[] {0.01, 0.5, 0.99}) {
      assertEquals(5, TrackSplit.of(two, fraction, 1).heldOut().length);
    }
    assertEquals(0, TrackSplit.of(TestSets.noise(1, 1, 5, 1), 0.5, 1).heldOut().length);
  }

  @Test
  void sameTrackNumberInTwoClassesIsTwoTracks() {
    ImageSet set =
        new ImageSet(1, 1, 3, new byte[12], new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1});
    Set<Set<Integer>> seen = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      seen.add(
          Arrays.stream(TrackSplit.of(set, 0.5, seed).heldOut())
              .boxed()
              .collect(Collectors.toSet()));
    }
    assertEquals(Set.of(Set.of(0, 2), Set.of(0, 3), Set.of(1, 2), Set.of(1, 3)), seen);
  }

  @Test
  void seedAloneDecidesNotTheOrderOfImages() {
    Set<Integer> first = tracks(images.select(TrackSplit.of(images, 0.3, 7).heldOut()));
    int[] backwards = IntStream.range(0, images.size()).map(i -> images.size() - 1 - i).toArray();
    ImageSet reversed = images.select(backwards);
    assertEquals(first, tracks(reversed.select(TrackSplit.of(reversed, 0.3, 7).heldOut())));
    assertFalse(first.equals(tracks(images.select(TrackSplit.of(images, 0.3, 8).heldOut()))));
  }

  @Test
  void fractionMustBeBetweenZeroAndOne() {
    for (double fraction : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> TrackSplit.of(images, fraction, 1));
    }
  }

  /** A held-out set is named by its seed alone. */
  @Test
  void sameSeedPutsTheSameTracksAsideForEver() {
    int[] labels = IntStream.range(0, 48).map(i -> i % 4).toArray();
    int[] tracks = IntStream.range(0, 48).map(i -> i / 4).toArray();
    ImageSet set = new ImageSet(1, 1, 3, new byte[3 * 48], labels, tracks);
    assertArrayEquals(
        new int[] {2, 5, 13, 16, 19, 20, 21, 23, 30, 36, 42, 43},
        TrackSplit.of(set, 0.25, 7).heldOut());
  }
}
