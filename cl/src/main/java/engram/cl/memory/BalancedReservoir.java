package engram.cl.memory;

import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.Arrays;

/**
 * Equal shares per class seen, and within a class every image seen is held with equal probability,
 * for a stream of unknown length (class-balancing reservoir sampling, Chrysakis and Moens 2020,
 * section 3).
 *
 * <p>While there is room, everything is kept. After that an image of a class whose images are all
 * still held, and which is not the largest class, takes the place of a random image of the largest
 * classes; an image of any other class enters by the reservoir rule within its class: the n-th
 * image of a class with m slots is kept with probability m / n, in place of a random one of its
 * own.
 *
 * <p>Shares differ by at most one between classes that have had enough images. With more classes
 * than slots each class is held with equal probability, by the same rule over classes; the paper
 * does not treat this case.
 */
public final class BalancedReservoir extends StreamBuffer {
  private final CounterRandom random;
  private int[] seen = {};
  private int classesSeen;
  private long offered;

  /**
   * An empty memory.
   *
   * @param random numbers for this memory alone
   */
  public BalancedReservoir(int capacity, int imageBytes, CounterRandom random) {
    super(capacity, imageBytes);
    this.random = random;
  }

  @Override
  public void offer(Examples stream) {
    for (int i = 0; i < stream.size(); i++) {
      offer(stream, i);
    }
  }

  private void offer(Examples stream, int i) {
    int label = stream.label(i);
    int seenOfClass = countSeen(label);
    long counter = 2 * offered++;
    int held = stored.count(label);
    int largest = stored.largestCount();
    if (stored.size() < capacity()) {
      stored.append(stream, i);
    } else if (held == seenOfClass - 1 && held < largest) {
      boolean moreClassesThanSlots = largest == 1;
      if (!moreClassesThanSlots || random.below(classesSeen, counter + 1) < capacity()) {
        stored.replace(randomSlotOfLargestClasses(largest, counter), stream, i);
      }
    } else {
      int place = random.below(seenOfClass, counter);
      if (place < held) {
        stored.replace(stored.slotOf(l -> l == label, place), stream, i);
      }
    }
  }

  private int randomSlotOfLargestClasses(int largest, long counter) {
    int candidates = 0;
    for (int label = 0; label < seen.length; label++) {
      candidates += stored.count(label) == largest ? largest : 0;
    }
    return stored.slotOf(
        label -> stored.count(label) == largest, random.below(candidates, counter));
  }

  /** Notes one more image of {@code label} and returns how many there have been. */
  private int countSeen(int label) {
    if (label >= seen.length) {
      seen = Arrays.copyOf(seen, label + 1);
    }
    if (seen[label]++ == 0) {
      classesSeen++;
    }
    return seen[label];
  }
}
