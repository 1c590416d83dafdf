package engram.cl.settings;

import engram.base.Excerpt;
import engram.base.Spelling;
import java.util.Collection;
import java.util.List;

/** Names that a person chooses from, and what to say when there is no such name. */
public final class Choice {
  private Choice() {}

  /**
   * The choice whose {@code toString} is the text, in any case.
   *
   * @param kind what is chosen, such as {@code model}
   * @throws IllegalArgumentException as {@link #unknown} says
   */
  public static <T> T of(String kind, String text, List<T> choices) {
    return choices.stream()
        .filter(choice -> choice.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> unknown(kind, text, choices.stream().map(String::valueOf).toList()));
  }

  /** {@code there is no model "bn-dep", perhaps bn-deep; choose from simple, bn, bn-deep}. */
  public static IllegalArgumentException unknown(
      String kind, String text, Collection<String> names) {
    return new IllegalArgumentException(
        "there is no %s \"%s\"%s; choose from %s"
            .formatted(
                kind,
                Excerpt.of(text),
                Spelling.nearest(text, names).map(name -> ", perhaps " + name).orElse(""),
                String.join(", ", names)));
  }
}
