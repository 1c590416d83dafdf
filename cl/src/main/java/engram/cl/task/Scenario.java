package engram.cl.task;

import engram.base.Excerpt;
import java.util.Locale;

/**
 * What makes a task, and which labels its images have (van de Ven et al. 2022, "Three types of
 * incremental learning").
 *
 * @param kind which of them
 * @param share of each class's training images that come in tasks of other classes, above 0 and
 *     below 1 if {@code BLURRY}, else 0
 */
public record Scenario(Kind kind, double share) {
  /** Kinds of scenario. */
  public enum Kind {
    /** Each task brings classes of its own; which task an image is of is not told. */
    CLASS,
    /** Each task brings classes of its own, and which task an image is of is told. */
    TASK,
    /** Tasks of equally many classes that share their labels: the k-th class of each is label k. */
    DOMAIN,
    /** Each task has all classes, with the pixels of its images in an order of its own. */
    PERMUTED,
    /** As {@link #CLASS}, but a share of each class's training images comes in other tasks. */
    BLURRY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Class-incremental learning. */
  public static final Scenario CLASS = new Scenario(Kind.CLASS, 0);

  public Scenario {
    boolean right = kind == Kind.BLURRY ? share > 0 && share < 1 : share == 0;
    if (!right) {
      throw new IllegalArgumentException(
          "scenario %s has a share of %s, expected %s"
              .formatted(kind, share, kind == Kind.BLURRY ? "above 0, below 1" : "none"));
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is no scenario
   */
  public static Scenario parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    for (Kind kind : Kind.values()) {
      if (kind.toString().equalsIgnoreCase(words[0])) {
        boolean shared = kind == Kind.BLURRY;
        if (words.length != (shared ? 2 : 1)) {
          throw new IllegalArgumentException(
              "scenario is \"%s\", expected %s"
                  .formatted(
                      Excerpt.of(text), shared ? "blurry and a share, such as blurry 0.1" : kind));
        }
        return new Scenario(kind, shared ? share(words[1]) : 0);
      }
    }
    throw new IllegalArgumentException("there is no scenario \"%s\"".formatted(Excerpt.of(text)));
  }

  private static double share(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "scenario blurry has a share of \"%s\", expected a number above 0, below 1"
              .formatted(Excerpt.of(text)),
          e);
    }
  }

  /** Whether all tasks have the same labels. */
  public boolean labelsRepeat() {
    return kind == Kind.DOMAIN || kind == Kind.PERMUTED;
  }

  /**
   * Whether the training images of a task are of classes that no earlier task had, all of whose
   * images they are. Only then are there old classes and new ones.
   */
  public boolean bringsNewClasses() {
    return kind == Kind.CLASS || kind == Kind.TASK;
  }

  /** As a person writes it: {@code class}, {@code blurry 0.1}. */
  @Override
  public String toString() {
    return kind == Kind.BLURRY ? kind + " " + share : kind.toString();
  }
}
