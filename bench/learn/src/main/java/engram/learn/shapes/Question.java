package engram.learn.shapes;

import engram.learn.exercise.Verdict;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One call of a learner's method.
 *
 * @param call as a person writes it
 * @param expected what it should return
 * @param received calls it
 * @param mistakes what it would return if a known mistake was made, by the mistake's name
 */
record Question(String call, Object expected, Supplier<Object> received, Map<String, ?> mistakes) {
  /** How many random shapes each method is asked about. */
  static final int COUNT = 1000;

  /** A mistake is named if it explains so many answers. */
  private static final int EXPLAINED = 60;

  /** The first question that is answered wrongly. */
  static Verdict ask(String what, IntFunction<Question> questions) {
    for (int n = 0; n < COUNT; n++) {
      Question question = questions.apply(n);
      Verdict.Failed where =
          Verdict.failed("shape %,d of %,d: %s".formatted(n + 1, COUNT, question.call));
      Object[] received = new Object[1];
      Verdict.during(where, () -> received[0] = question.received.get());
      if (!Objects.equals(question.expected, received[0])) {
        return where.expected(question.expected, received[0]).likely(mistake(questions));
      }
    }
    return Verdict.passed("%s: right on %,d random shapes".formatted(what, COUNT));
  }

  private static Optional<String> mistake(IntFunction<Question> questions) {
    return questions.apply(0).mistakes.keySet().stream()
        .filter(
            mistake ->
                IntStream.range(0, EXPLAINED)
                    .mapToObj(questions)
                    .allMatch(question -> question.isExplainedBy(mistake)))
        .findFirst();
  }

  private boolean isExplainedBy(String mistake) {
    try {
      return Objects.equals(mistakes.get(mistake), received.get());
    } catch (RuntimeException e) {
      return false;
    }
  }
}
