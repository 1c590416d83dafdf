/**
 * What an exercise is, and with what it is graded. An {@link engram.learn.exercise.Exercise} names
 * the learner's class, the interface that it implements and the {@link engram.learn.exercise.Check}
 * that turns such an object into a {@link engram.learn.exercise.Verdict}; several make a {@link
 * engram.learn.exercise.Chapter}.
 *
 * <p>To grade: {@link engram.learn.exercise.LearnerBackend} hands every op to the reference except
 * those that the learner wrote; {@link engram.learn.exercise.OwnOps} runs it on an op's declared
 * cases and then in a {@link engram.learn.exercise.CourseStep}, a real training step; {@link
 * engram.learn.exercise.Numbers} compares results and {@link engram.learn.exercise.Diagnosis} says
 * what a wrong one looks like.
 */
package engram.learn.exercise;
