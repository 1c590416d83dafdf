package engram.cl.memory;

import engram.base.Excerpt;
import engram.base.Spelling;
import java.util.List;

/**
 * How the images of a memory come back into training.
 *
 * @param form the way
 * @param images for {@link Form#COUNT}, how many go with each batch
 */
public record Replay(Form form, int images) {

  private static final List<String> WORDS = List.of("own", "mixed", "mixed-evenly");

  /** The ways there are. */
  public enum Form {
    /** The strategy's own number goes with each batch, such as as many as there are new images. */
    OWN,
    /** A given number goes with each batch, or all if fewer are held. */
    COUNT,
    /** They join the training set of the task, each once (iCaRL, Rebuffi et al. 2017). */
    MIXED,
    /**
     * They join the training set of the task, all of them as often as makes them about as many as
     * the new ones: {@code floor(new / held)} times, at least once (naive rehearsal, Hsu et al.
     * 2018).
     */
    MIXED_EVENLY
  }

  /** The strategy's own way. */
  public static final Replay OWN = new Replay(Form.OWN, 0);

  /** The images of the memory, once, in the training set. */
  public static final Replay MIXED = new Replay(Form.MIXED, 0);

  /** The images of the memory in the training set, about as many as there are new ones. */
  public static final Replay MIXED_EVENLY = new Replay(Form.MIXED_EVENLY, 0);

  /** So many images with each batch. */
  public static Replay of(int images) {
    return new Replay(Form.COUNT, images);
  }

  /**
   * {@code own}, {@code mixed}, {@code mixed-evenly} or a number.
   *
   * @throws IllegalArgumentException on another word, with the nearest one; {@link
   *     NumberFormatException} on what is neither a word nor a number
   */
  public static Replay parse(String text) {
    return switch (text) {
      case "own" -> OWN;
      case "mixed" -> MIXED;
      case "mixed-evenly" -> MIXED_EVENLY;
      default -> {
        if (text.matches("\\p{L}[\\p{L}-]*")) {
          throw new IllegalArgumentException(
              "there is no replay \"%s\"%s; choose from %s, or a whole number"
                  .formatted(
                      Excerpt.of(text),
                      Spelling.nearest(text, WORDS).map(word -> ", perhaps " + word).orElse(""),
                      String.join(", ", WORDS)));
        }
        yield of(Integer.parseInt(text));
      }
    };
  }

  /** Whether the images join the training set, and none goes with a batch. */
  public boolean isMixed() {
    return form == Form.MIXED || form == Form.MIXED_EVENLY;
  }

  /**
   * How often the memory stands in the training set.
   *
   * @param fresh number of new images
   * @param held number of images in memory
   */
  public int times(int fresh, int held) {
    return switch (form) {
      case OWN, COUNT -> 0;
      case MIXED -> Math.min(1, held);
      case MIXED_EVENLY -> held == 0 ? 0 : Math.max(1, fresh / held);
    };
  }

  @Override
  public String toString() {
    return switch (form) {
      case OWN -> "own";
      case COUNT -> String.valueOf(images);
      case MIXED -> "mixed";
      case MIXED_EVENLY -> "mixed-evenly";
    };
  }
}
