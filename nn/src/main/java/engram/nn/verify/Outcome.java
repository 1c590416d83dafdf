package engram.nn.verify;

import java.util.Locale;

/**
 * What became of one case.
 *
 * @param error worst relative L2 error over the case's results; NaN if it was not understood
 * @param tolerance largest error that passes
 * @param detail the result that is furthest off, or what was not understood
 */
public record Outcome(String name, Verdict verdict, double error, double tolerance, String detail) {

  /** Whether a case passed. */
  public enum Verdict {
    PASS,
    FAIL,
    NOT_UNDERSTOOD
  }

  static Outcome compared(String name, double error, double tolerance, String role) {
    Verdict verdict = error <= tolerance ? Verdict.PASS : Verdict.FAIL;
    return new Outcome(name, verdict, error, tolerance, role);
  }

  static Outcome notUnderstood(String name, String reason) {
    return new Outcome(name, Verdict.NOT_UNDERSTOOD, Double.NaN, Double.NaN, reason);
  }

  public boolean passed() {
    return verdict == Verdict.PASS;
  }

  /** One line, such as {@code pass conv2d_5x5 2.1e-07 of 1e-05 dw}. */
  @Override
  public String toString() {
    String start = String.format(Locale.ROOT, "%s  %-20s  ", passed() ? "pass" : "FAIL", name);
    return verdict == Verdict.NOT_UNDERSTOOD
        ? start + "not understood: " + detail
        : start + String.format(Locale.ROOT, "%.1e of %.0e  %s", error, tolerance, detail);
  }
}
