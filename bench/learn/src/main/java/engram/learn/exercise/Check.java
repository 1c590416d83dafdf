package engram.learn.exercise;

/** How an exercise is graded. */
@FunctionalInterface
public interface Check<T> {

  /**
   * Runs the learner's object. What it throws is shown to the learner with the line of their file,
   * so a check need not catch anything.
   */
  Verdict of(T learners);
}
