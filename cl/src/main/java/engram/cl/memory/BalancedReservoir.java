package engram.cl.memory;

import engram.cl.state.State;
import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

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
 *
 * <p>A capacity for each task or class makes a reservoir of each: of a class, that is algorithm R
 * (see {@link Reservoir}) within the class.
 */
public final class BalancedReservoir extends StreamBuffer {
  private final CounterRandom random;
  private final NavigableMap<Group, Part> parts = new TreeMap<>();
  private long offered;

  /** A reservoir of its own: the whole memory, or what belongs to one task or class. */
  private static final class Part {
    int[] seen = {};
    int[] held = {};
    int classes;
    int size;

    /** Notes one more image of {@code label} and returns how many there have been. */
    int countSeen(int label) {
      if (label >= seen.length) {
        seen = Arrays.copyOf(seen, label + 1);
        held = Arrays.copyOf(held, label + 1);
      }
      if (seen[label]++ == 0) {
        classes++;
      }
      return seen[label];
    }

    int largest() {
      return IntStream.of(held).max().orElse(0);
    }

    void state(State state) {
      seen = state.ints("seen", seen);
      held = state.ints("held", held);
      classes = state.number("classes", classes);
      size = state.number("size", size);
    }
  }

  /** An empty memory for so many images in all. */
  public BalancedReservoir(int capacity, int imageBytes, CounterRandom random) {
    this(Capacity.total(capacity), imageBytes, random);
  }

  /**
   * An empty memory.
   *
   * @param random numbers for this memory alone
   */
  public BalancedReservoir(Capacity capacity, int imageBytes, CounterRandom random) {
    super(capacity, imageBytes);
    this.random = random;
  }

  @Override
  void rule(State state) {
    offered = state.number("offered", offered);
    NavigableSet<Group> scopes = new TreeSet<>(parts.keySet());
    Group.state(state.in("scopes"), scopes);
    parts.keySet().retainAll(scopes);
    for (Group scope : scopes) {
      parts
          .computeIfAbsent(scope, s -> new Part())
          .state(state.in(scope.task() + "." + scope.label()));
    }
  }

  @Override
  public void offer(Examples stream) {
    for (int i = 0; i < stream.size(); i++) {
      offer(stream, i);
    }
  }

  private void offer(Examples stream, int i) {
    int label = stream.label(i);
    Group scope = scope(stored.task(), label);
    Part part = parts.computeIfAbsent(scope, s -> new Part());
    int seenOfClass = part.countSeen(label);
    long counter = 2 * offered++;
    int held = part.held[label];
    int largest = part.largest();
    if (part.size < capacity.images()) {
      stored.append(stream, i);
      part.held[label]++;
      part.size++;
    } else if (held == seenOfClass - 1 && held < largest) {
      boolean moreClassesThanSlots = largest == 1;
      if (!moreClassesThanSlots || random.below(part.classes, counter + 1) < capacity.images()) {
        int slot = randomSlotOfLargestClasses(scope, part, largest, counter);
        part.held[stored.label(slot)]--;
        part.held[label]++;
        stored.replace(slot, stream, i);
      }
    } else {
      int place = random.below(seenOfClass, counter);
      if (place < held) {
        stored.replace(
            stored.slotOf(slot -> stored.label(slot) == label && isIn(scope, slot), place),
            stream,
            i);
      }
    }
  }

  private int randomSlotOfLargestClasses(Group scope, Part part, int largest, long counter) {
    int candidates = 0;
    for (int count : part.held) {
      candidates += count == largest ? largest : 0;
    }
    return stored.slotOf(
        slot -> isIn(scope, slot) && part.held[stored.label(slot)] == largest,
        random.below(candidates, counter));
  }

  /** Whose reservoir an image belongs to. */
  private Group scope(int task, int label) {
    return switch (capacity.unit()) {
      case TOTAL -> new Group(0, Group.ALL);
      case TASK -> new Group(task, Group.ALL);
      case CLASS -> new Group(task, label);
    };
  }

  private boolean isIn(Group scope, int slot) {
    return switch (capacity.unit()) {
      case TOTAL -> true;
      case TASK -> stored.task(slot) == scope.task();
      case CLASS -> stored.task(slot) == scope.task() && stored.label(slot) == scope.label();
    };
  }
}
