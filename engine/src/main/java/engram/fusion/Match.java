package engram.fusion;

import java.util.Optional;
import java.util.function.Supplier;

/** What a rule says of a node. */
public sealed interface Match {
  /** The pattern is not here. */
  Match NONE = new None();

  /** The pattern is here, and may be rewritten. */
  record Found(Rewrite rewrite) implements Match {}

  /**
   * The pattern is here, but must stay.
   *
   * @param why in words, such as {@code conv2d#3 is read by sum_rows#9, too}
   */
  record Refused(String why) implements Match {}

  /** The pattern is not here. */
  record None() implements Match {}

  /** A rewrite, if nothing speaks against it. */
  static Match unless(Optional<String> refusal, Supplier<Rewrite> rewrite) {
    return refusal.<Match>map(Refused::new).orElseGet(() -> new Found(rewrite.get()));
  }

  /** The same with something to look at only where nothing has been found yet. */
  static Optional<String> first(Optional<String> refusal, Supplier<Optional<String>> next) {
    return refusal.isPresent() ? refusal : next.get();
  }

  /** A refusal in words where a condition does not hold. */
  static Optional<String> require(boolean holds, String why) {
    return holds ? Optional.empty() : Optional.of(why);
  }
}
