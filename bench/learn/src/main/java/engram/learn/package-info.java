/**
 * The course: {@link engram.learn.Course} lists its chapters, each of which has a package of its
 * own below this one. What is taught stands in the {@code COURSE.md} files beside the code that it
 * explains.
 *
 * <p>To add an exercise:
 *
 * <ol>
 *   <li>its contract, an interface in the chapter's file in {@link engram.learn.api};
 *   <li>{@code src/main/resources/engram/learn/exercise/NAME.java}, the file that the learner
 *       begins with: class NAME, which implements the contract; it compiles and does nothing right.
 *       Beside it {@code NAME.hints}: three hints, a line {@code --} between them;
 *   <li>a line in the chapter's list: name, title, contract and the {@link
 *       engram.learn.exercise.Check} that grades it;
 *   <li>its text, in the chapter's {@code COURSE.md} under a heading that is the exercise's name,
 *       as in {@code ### leaky-relu}: all that is needed, no line of the solution;
 *   <li>{@code src/test/resources/engram/learn/solution/NAME.java}, and beside it {@code
 *       NAME.mutants}: small edits of it that must fail, among them {@code returns zeros} and
 *       {@code copies its input}. {@code CourseTest} proves that the file to begin with fails, the
 *       solution passes and each mutant fails, and that neither text nor starter holds a line of
 *       the solution.
 * </ol>
 */
package engram.learn;
