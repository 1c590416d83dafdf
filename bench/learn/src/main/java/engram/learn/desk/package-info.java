/**
 * The learner's folder: {@link engram.learn.desk.Desk} writes the files that they begin with and
 * remembers, in {@code Progress}, what has passed and which hints were read; {@code Grader}
 * compiles a file and has its exercise judge it.
 */
package engram.learn.desk;
