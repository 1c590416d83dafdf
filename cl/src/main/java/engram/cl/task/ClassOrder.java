package engram.cl.task;

import engram.base.Excerpt;
import engram.base.Spelling;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The order in which a learner meets the classes of a data set.
 *
 * @param classes classes of the data set, each at most once; a class not named is never met
 */
public record ClassOrder(List<Integer> classes) {
  private static final List<String> WORDS = List.of("given", "shuffled");

  public ClassOrder {
    classes = List.copyOf(classes);
    Set<Integer> named = new HashSet<>();
    for (int c : classes) {
      if (c < 0) {
        throw new IllegalArgumentException(
            "class order: class %d is negative, classes count from 0".formatted(c));
      }
      if (!named.add(c)) {
        throw new IllegalArgumentException(
            "class order: class %d is named twice, a class is met once".formatted(c));
      }
    }
  }

  /** 0, 1, 2 and so on, as the data set counts them. */
  public static ClassOrder given(int classes) {
    return new ClassOrder(IntStream.range(0, classes).boxed().toList());
  }

  /** All classes, shuffled by {@code seed}. */
  public static ClassOrder shuffled(int classes, long seed) {
    int[] order = CounterRandom.of(seed, "class-order").permutation(classes);
    return new ClassOrder(Arrays.stream(order).boxed().toList());
  }

  /**
   * Reads an order written by a person: {@code given}, {@code shuffled}, or class numbers with
   * commas between them.
   *
   * @param classes number of classes in the data set
   * @param seed seed for {@code shuffled}
   * @throws IllegalArgumentException naming the part that is no class of the data set
   */
  public static ClassOrder parse(String text, int classes, long seed) {
    return switch (text.strip()) {
      case "given" -> given(classes);
      case "shuffled" -> shuffled(classes, seed);
      default -> {
        ClassOrder order = numbered(text);
        order.requireWithin(classes);
        yield order;
      }
    };
  }

  /**
   * Fails on a text that is no order of any classes, before the data are there.
   *
   * @throws IllegalArgumentException naming the nearest word, or the part that is no number
   */
  public static void requireForm(String text) {
    if (!WORDS.contains(text.strip())) {
      numbered(text);
    }
  }

  private static ClassOrder numbered(String text) {
    if (text.strip().matches("\\p{L}+")) {
      throw new IllegalArgumentException(
          "there is no class order \"%s\"%s; choose from given, shuffled, class numbers as 3,1,2"
              .formatted(
                  Excerpt.of(text),
                  Spelling.nearest(text, WORDS).map(word -> ", perhaps " + word).orElse("")));
    }
    return new ClassOrder(NumberList.parse(text, "class order"));
  }

  /** Throws an {@link IllegalArgumentException} if a class lies outside 0 .. classes - 1. */
  void requireWithin(int totalClasses) {
    for (int c : classes) {
      if (c >= totalClasses) {
        throw new IllegalArgumentException(
            "class order: class %d is not in the data, which has classes 0 to %d"
                .formatted(c, totalClasses - 1));
      }
    }
  }
}
