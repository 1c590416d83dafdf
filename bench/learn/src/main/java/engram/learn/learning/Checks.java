package engram.learn.learning;

import engram.learn.exercise.Verdict;
import java.util.List;
import java.util.function.Supplier;

/** Several checks, one after the other. */
final class Checks {
  private Checks() {}

  /** What the first one finds that fails; if none does, the evidence of all. */
  @SafeVarargs
  static Verdict all(Supplier<Verdict> first, Supplier<Verdict>... others) {
    Verdict verdict = first.get();
    for (Supplier<Verdict> other : others) {
      verdict = verdict.then(other);
    }
    return verdict;
  }

  /** That these cases agree with libtorch, or that there were none to compare with. */
  static Verdict againstTorch(List<String> cases) {
    return Verdict.passed(
        cases.isEmpty()
            ? "libtorch: not compared, its vectors (../shared/golden) are not here"
            : "libtorch gives the same: " + String.join(", ", cases));
  }
}
