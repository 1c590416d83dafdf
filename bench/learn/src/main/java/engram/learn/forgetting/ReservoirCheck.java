package engram.learn.forgetting;

import engram.learn.api.Forgetting;
import engram.learn.exercise.Verdict;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Grades reservoir sampling: by what must always be, then by chi-square tests of many streams. */
final class ReservoirCheck {
  private static final int STREAMS = 20_000;
  private static final int ITEMS = 40;
  private static final int CAPACITY = 5;

  /** Normal deviate that one in a million exceeds. */
  private static final double RARE = 4.753;

  private final Forgetting.Reservoir mine;

  /** How often item i was held at the end. */
  private final long[] held = new long[ITEMS];

  private ReservoirCheck(Forgetting.Reservoir mine) {
    this.mine = mine;
  }

  static Verdict check(Forgetting.Reservoir mine) {
    ReservoirCheck check = new ReservoirCheck(mine);
    for (int capacity : new int[] {1, 2, 7}) {
      check.stream(capacity, 3 * capacity, new SplittableRandom(capacity));
    }
    for (int i = 0; i < STREAMS; i++) {
      check.count(check.stream(CAPACITY, ITEMS, new SplittableRandom(i)));
    }
    requireSame(check, mine);
    double chiSquare = check.requireEqualChances();
    return Verdict.passed(
        "%,d streams of %d items into %d places".formatted(STREAMS, ITEMS, CAPACITY),
        "each item is held equally often: chi-square %.1f, %.1f is allowed"
            .formatted(chiSquare, critical(ITEMS - 1)));
  }

  /** Chance from elsewhere, or a state, shows where the same stream passes by again. */
  private static void requireSame(ReservoirCheck check, Forgetting.Reservoir mine) {
    int[] first = check.stream(CAPACITY, ITEMS, new SplittableRandom(0));
    int[] again = new ReservoirCheck(mine).stream(CAPACITY, ITEMS, new SplittableRandom(0));
    if (!Arrays.equals(first, again)) {
      throw new Verdict.Stop(
          Verdict.failed("one stream with the same chance, twice: the memory is not the same")
              .and("first  " + Arrays.toString(first))
              .and("again  " + Arrays.toString(again))
              .likely("all chance comes from random, and nothing is kept from call to call"));
    }
  }

  /** What is in the memory at the end: numbers of items. */
  private int[] stream(int capacity, int items, RandomGenerator random) {
    int[] memory = new int[capacity];
    Arrays.fill(memory, -1);
    for (int item = 0; item < items; item++) {
      int place = mine.place(item, capacity, random);
      if (place < -1 || place >= capacity) {
        throw new Verdict.Stop(
            Verdict.failed(asked(item, capacity))
                .expected("0 to %d, or -1".formatted(capacity - 1), place)
                .likely("a place is counted from 0, and there are only as many as the capacity"));
      }
      if (item < capacity && (place == -1 || memory[place] != -1)) {
        throw new Verdict.Stop(
            Verdict.failed(asked(item, capacity))
                .expected("a place that is still free", place)
                .and("taken so far: " + taken(memory))
                .likely(
                    "while there is room every item is stored, each at a place of its own: item"
                        + " 0 at place 0, item 1 at place 1, and so on"));
      }
      if (place >= 0) {
        memory[place] = item;
      }
    }
    return memory;
  }

  private static String taken(int[] memory) {
    String places = "";
    for (int i = 0; i < memory.length; i++) {
      places += memory[i] < 0 ? "" : (places.isEmpty() ? "" : ", ") + i;
    }
    return places.isEmpty() ? "none" : places;
  }

  private static String asked(int earlier, int capacity) {
    return "place(earlier = %d, capacity = %d, random)".formatted(earlier, capacity);
  }

  private void count(int[] memory) {
    for (int item : memory) {
      held[item]++;
    }
  }

  /**
   * Chi-square of the counts of items. They are those of drawing without replacement: n - 1 over n
   * times the sum of squared deviations over their variance.
   */
  private double requireEqualChances() {
    double share = (double) CAPACITY / ITEMS;
    double expected = STREAMS * share;
    double sum = 0;
    int worst = 0;
    for (int i = 0; i < ITEMS; i++) {
      sum += (held[i] - expected) * (held[i] - expected) / (expected * (1 - share));
      worst = Math.abs(held[i] - expected) > Math.abs(held[worst] - expected) ? i : worst;
    }
    double chiSquare = sum * (ITEMS - 1) / ITEMS;
    if (chiSquare > critical(ITEMS - 1)) {
      throw new Verdict.Stop(
          Verdict.failed(
                  "%,d streams of %d items into %d places: not every item has the same chance"
                      .formatted(STREAMS, ITEMS, CAPACITY))
              .and(
                  "item %d was held %,d times at the end, expected about %,.0f; the first item %,d"
                          .formatted(worst, held[worst], expected, held[0])
                      + " times, the last %,d times".formatted(held[ITEMS - 1]))
              .and(
                  "chi-square %.1f, and one in a million fair memories has more than %.1f"
                      .formatted(chiSquare, critical(ITEMS - 1)))
              .likely(cause(expected)));
    }
    return chiSquare;
  }

  private String cause(double expected) {
    long early = Arrays.stream(held, 0, CAPACITY).sum();
    long late = Arrays.stream(held, ITEMS - CAPACITY, ITEMS).sum();
    if (late == 0) {
      return "once the memory is full nothing is stored any more";
    }
    if (held[ITEMS - 1] == STREAMS) {
      return "every new item is stored, so early ones are driven out: a late item must have a"
          + " chance that shrinks as the stream grows";
    }
    if (early < 0.95 * CAPACITY * expected && Math.abs(late - early) < 0.5 * early) {
      return "nearly: count once more how many items have been offered when this one is, itself"
          + " among them";
    }
    return late > early
        ? "late items are favoured: the chance must shrink as the stream grows"
        : "early items are favoured: once stored, they are replaced too seldom";
  }

  /** What one in a million chi-square variables exceeds (Wilson and Hilferty 1931). */
  private static double critical(int degrees) {
    double variance = 2 / (9.0 * degrees);
    return degrees * Math.pow(1 - variance + RARE * Math.sqrt(variance), 3);
  }
}
