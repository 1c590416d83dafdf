package engram.learn.learning;

import engram.learn.exercise.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Several checks, one after the other. */
final class Checks {
  private Checks() {}

  /** What the first one finds that fails; if none does, the evidence of all. */
  @SafeVarargs
  static Verdict all(Supplier<Verdict>... checks) {
    List<String> evidence = new ArrayList<>();
    for (Supplier<Verdict> check : checks) {
      switch (check.get()) {
        case Verdict.Failed failed -> {
          return failed;
        }
        case Verdict.Passed(List<String> lines) -> evidence.addAll(lines);
      }
    }
    return new Verdict.Passed(evidence);
  }

  /** That these cases agree with libtorch, or that there were none to compare with. */
  static Verdict againstTorch(List<String> cases) {
    return Verdict.passed(
        cases.isEmpty()
            ? "libtorch: not compared, its vectors (../shared/golden) are not here"
            : "libtorch gives the same: " + String.join(", ", cases));
  }
}
