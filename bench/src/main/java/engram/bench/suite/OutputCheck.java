package engram.bench.suite;

import engram.backend.reference.ReferenceBackend;
import engram.inspect.CaseRun;
import engram.inspect.Difference;
import java.util.List;
import java.util.Optional;

/**
 * Whether a kernel computes what its op defines. A fast kernel that is wrong is worth nothing, so
 * this comes before every timing, and once more behind it, when the compiled code has run.
 */
public final class OutputCheck {
  /** The largest relative error that counts as rounding, also for the longest sums. */
  private static final double TOLERANCE = 1e-4;

  /**
   * Of so many elements one may be off: where two values in a pool lie within a rounding error of
   * each other, double precision may choose the other one. Tests hold small cases to none.
   */
  private static final int ELEMENTS_PER_TIE = 100_000;

  private final BenchCase benchCase;
  private final List<float[]> expected;

  OutputCheck(BenchCase benchCase) {
    this.benchCase = benchCase;
    try (ReferenceBackend reference = new ReferenceBackend()) {
      expected = new CaseRun(benchCase.opCase(), reference).results();
    }
  }

  /**
   * Resets a run, runs it once, and compares.
   *
   * @throws IllegalStateException naming case, device and the worst element, if the results differ
   */
  void require(CaseRun run, String device) {
    run.reset();
    problem(run.results())
        .ifPresent(
            problem -> {
              throw new IllegalStateException(
                  "%s on %s gives a wrong result, so its speed is not measured: %s; case %s"
                      .formatted(benchCase.id(), device, problem, benchCase.opCase()));
            });
  }

  /** What is wrong with results, if anything. */
  Optional<String> problem(List<float[]> received) {
    for (int i = 0; i < expected.size(); i++) {
      Optional<Difference> worst = difference(expected.get(i), received.get(i));
      if (worst.isPresent()) {
        return Optional.of("result " + i + ", " + worst.get());
      }
    }
    return Optional.empty();
  }

  /** The worst element, if there are more wrong ones than rounding may leave. */
  public static Optional<Difference> difference(float[] expected, float[] received) {
    Difference worst = Difference.worst(expected, received);
    return worst.error() > TOLERANCE
            && wrong(expected, received) > expected.length / ELEMENTS_PER_TIE
        ? Optional.of(worst)
        : Optional.empty();
  }

  private static int wrong(float[] expected, float[] received) {
    double squares = 0;
    for (float value : expected) {
      squares += Float.isFinite(value) ? (double) value * value : 0;
    }
    double scale = Math.sqrt(squares / expected.length);
    int wrong = 0;
    for (int i = 0; i < expected.length; i++) {
      boolean near =
          Math.abs((double) expected[i] - received[i])
              <= TOLERANCE * (scale + Math.abs(expected[i]));
      if (!near && Float.compare(expected[i], received[i]) != 0) {
        wrong++;
      }
    }
    return wrong;
  }
}
