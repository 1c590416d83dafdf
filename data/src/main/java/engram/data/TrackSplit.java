package engram.data;

import engram.random.SplitMix64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A division of an image set into two, by track and never by image: the frames of one physical sign
 * are near-duplicates, and a network that has seen one frame has seen them all.
 *
 * @param kept indices of the images that stay, ascending
 * @param heldOut indices of the images put aside, ascending
 */
public record TrackSplit(int[] kept, int[] heldOut) {

  /**
   * Puts aside a fraction of each class's tracks, rounded to whole tracks. A class with two tracks
   * or more keeps at least one and gives at least one; a class with one track keeps it.
   *
   * <p>Which tracks go depends on the seed, the class and the track alone, not on the order of the
   * images or on the other classes.
   *
   * @param fraction share of the tracks to put aside, 0 &lt; fraction &lt; 1
   */
  public static TrackSplit of(ImageSet images, double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "fraction to hold out is " + fraction + ", expected a number between 0 and 1");
    }
    Map<Integer, Set<Integer>> tracksOfClass = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      tracksOfClass
          .computeIfAbsent(images.labels()[i], label -> new TreeSet<>())
          .add(images.tracks()[i]);
    }
    Set<Long> heldOut = new HashSet<>();
    tracksOfClass.forEach(
        (label, tracks) -> {
          int count = (int) Math.round(fraction * tracks.size());
          int bounded = Math.min(tracks.size() - 1, Math.max(1, count));
          List<Long> inDrawnOrder =
              tracks.stream()
                  .map(track -> sign(label, track))
                  .sorted(Comparator.comparing((Long sign) -> draw(seed, sign)))
                  .toList();
          heldOut.addAll(inDrawnOrder.subList(0, bounded));
        });
    return new TrackSplit(where(images, heldOut, false), where(images, heldOut, true));
  }

  private static int[] where(ImageSet images, Set<Long> heldOut, boolean isHeldOut) {
    return IntStream.range(0, images.size())
        .filter(i -> heldOut.contains(sign(images.labels()[i], images.tracks()[i])) == isHeldOut)
        .toArray();
  }

  /** Class and track in one number. */
  private static long sign(int label, int track) {
    return (long) label << 32 | track & 0xFFFFFFFFL;
  }

  /** A bijection in {@code sign}, so no ties. */
  private static long draw(long seed, long sign) {
    return SplitMix64.first(SplitMix64.first(seed) ^ sign);
  }
}
