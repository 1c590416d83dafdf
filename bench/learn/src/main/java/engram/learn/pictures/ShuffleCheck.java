package engram.learn.pictures;

import engram.learn.api.Pictures;
import engram.learn.exercise.Verdict;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Grades a shuffle: an order, no state, and each of all orders equally often. */
final class ShuffleCheck {
  private static final int FEW = 4;
  private static final int ORDERS = 24;
  private static final int EPOCHS = 24_000;

  /** What one in a million chi-square variables of 23 degrees of freedom exceeds. */
  private static final double CRITICAL = 71.2;

  private ShuffleCheck() {}

  static Verdict check(Pictures.Shuffle mine) {
    for (int n : new int[] {0, 1, 2, FEW, 17, 1000}) {
      int[] order = order(mine, n, 3);
      boolean[] seen = new boolean[n];
      if (order == null || order.length != n) {
        return Verdict.failed(asked(n, 3))
            .expected(n + " numbers", order == null ? "null" : order.length);
      }
      for (int i = 0; i < n; i++) {
        if (order[i] < 0 || order[i] >= n || seen[order[i]]) {
          return Verdict.failed("%s: %d at place %d".formatted(asked(n, 3), order[i], i))
              .and("expected each of 0 to %d once".formatted(n - 1))
              .likely("begin with 0, 1, 2, ... and only ever swap two of them");
        }
        seen[order[i]] = true;
      }
    }
    return remembers(mine).then(() -> fair(mine));
  }

  private static Verdict remembers(Pictures.Shuffle mine) {
    int[] fifth = order(mine, 17, 5);
    int[] third = order(mine, 17, 3);
    if (!Arrays.equals(fifth, order(mine, 17, 5))) {
      return Verdict.failed("epoch 5, asked for twice, has two orders")
          .and("first  " + Arrays.toString(fifth))
          .and("again  " + Arrays.toString(order(mine, 17, 5)))
          .likely("all chance comes from draws, and nothing is kept from call to call");
    }
    if (Arrays.equals(fifth, third)) {
      return Verdict.failed("epochs 3 and 5 have the same order: " + Arrays.toString(third))
          .likely("draws has to be told the epoch; and is anything swapped at all?");
    }
    return Verdict.passed("an order of its own for each epoch, the same one whenever it is asked");
  }

  private static Verdict fair(Pictures.Shuffle mine) {
    Map<String, Integer> counts = new HashMap<>();
    int fixed = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      int[] order = order(mine, FEW, epoch);
      counts.merge(Arrays.toString(order), 1, Integer::sum);
      for (int i = 0; i < FEW; i++) {
        fixed += order[i] == i ? 1 : 0;
      }
    }
    double expected = (double) EPOCHS / ORDERS;
    double chiSquare = (ORDERS - counts.size()) * expected;
    for (int count : counts.values()) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    if (chiSquare <= CRITICAL) {
      return Verdict.passed(
          "%,d epochs of %d pictures: all %d orders equally often, chi-square %.1f of at most %.1f"
              .formatted(EPOCHS, FEW, ORDERS, chiSquare, CRITICAL));
    }
    Map.Entry<String, Integer> most =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    return Verdict.failed(
            "%,d epochs of %d pictures: not every order has the same chance".formatted(EPOCHS, FEW))
        .and(
            "%s came %,d times, expected about %,.0f; %d of %d orders came at all"
                .formatted(most.getKey(), most.getValue(), expected, counts.size(), ORDERS))
        .likely(cause(counts.size(), fixed));
  }

  private static String cause(int orders, int fixed) {
    if (fixed == 0) {
      return "no picture ever stays where it was: the place to swap with is drawn from those up to"
          + " the own one, itself among them";
    }
    return orders < ORDERS
        ? "one draw for several swaps makes them depend on each other: each swap has a counter of"
            + " its own"
        : "the place to swap with is drawn from those up to the own one, not from all: n draws of n"
            + " are n^n ways, which %d orders cannot share evenly".formatted(ORDERS);
  }

  private static int[] order(Pictures.Shuffle mine, int n, long epoch) {
    CounterRandom random = CounterRandom.of(1, "shuffle");
    return Verdict.answer(
        Verdict.failed(asked(n, epoch)),
        () -> mine.order(n, epoch, (bound, row, counter) -> drawn(random, bound, row, counter)));
  }

  private static int drawn(CounterRandom random, int bound, long epoch, int counter) {
    if (bound < 1) {
      throw new Verdict.Stop(
          Verdict.failed("draws.below(%d, %d, %d)".formatted(bound, epoch, counter))
              .and("there is no number below %d: the bound is 1 or more".formatted(bound)));
    }
    return random.split(epoch).below(bound, counter);
  }

  private static String asked(int n, long epoch) {
    return "order(%d, %d, draws)".formatted(n, epoch);
  }
}
