package engram.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import engram.learn.desk.Desk;
import engram.learn.device.DeviceChapter;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proof of every exercise: the file that the learner begins with fails, the solution passes, at
 * least three mutants of it fail, "returns zeros" and "copies its input" among them, and no line of
 * the solution is given away.
 */
class CourseTest {
  private static final Path ROOT = Path.of("..", "..");

  @TempDir private static Path folder;
  private static Desk desk;

  /** All solutions lie there: an exercise may use the classes of earlier ones. */
  @BeforeAll
  static void solveAll() throws IOException {
    desk = new Desk(folder);
    for (Exercise<?> exercise : Course.exercises()) {
      Files.writeString(desk.file(exercise), solution(exercise));
    }
  }

  @TestFactory
  Stream<DynamicNode> everyExercise() {
    return proved(exercise -> !isOfDevice(exercise));
  }

  /** Those that are not done where there is no OpenCL device. */
  @Tag("device")
  @TestFactory
  Stream<DynamicNode> everyKernel() {
    assumeTrue(DeviceChapter.hasDevice(), "no OpenCL device here");
    return proved(CourseTest::isOfDevice);
  }

  private static boolean isOfDevice(Exercise<?> exercise) {
    return DeviceChapter.CHAPTER.exercises().contains(exercise);
  }

  private static Stream<DynamicNode> proved(Predicate<Exercise<?>> chosen) {
    return Course.exercises().stream()
        .filter(chosen)
        .map(exercise -> DynamicContainer.dynamicContainer(exercise.name(), proofs(exercise)));
  }

  private static List<DynamicNode> proofs(Exercise<?> exercise) {
    List<DynamicNode> proofs = new ArrayList<>();
    proofs.add(dynamicTest("the starter fails", () -> starterFails(exercise)));
    proofs.add(dynamicTest("the solution passes", () -> solutionPasses(exercise)));
    SequencedMap<String, String> mutants =
        Mutants.of(solution(exercise), resource(exercise.className() + ".mutants"));
    proofs.add(dynamicTest("there are mutants", () -> assertMutants(mutants)));
    mutants.forEach(
        (name, source) ->
            proofs.add(dynamicTest("fails: " + name, () -> assertFails(graded(exercise, source)))));
    proofs.add(dynamicTest("nothing is given away", () -> assertNothingGivenAway(exercise)));
    proofs.add(dynamicTest("text and hints", () -> assertTextAndHints(exercise)));
    return proofs;
  }

  private static void starterFails(Exercise<?> exercise) throws IOException {
    assertTrue(assertFails(graded(exercise, exercise.starter())).where().contains("untouched"));
    String touched = exercise.starter() + "\nclass Touched {}\n";
    assertFalse(assertFails(graded(exercise, touched)).where().contains("untouched"));
  }

  private static void solutionPasses(Exercise<?> exercise) throws IOException {
    Verdict verdict = graded(exercise, solution(exercise));
    assertInstanceOf(Verdict.Passed.class, verdict, verdict::toString);
    assertTrue(desk.hasPassed(exercise));
  }

  private static void assertMutants(SequencedMap<String, String> mutants) {
    assertTrue(mutants.size() >= 3, mutants.keySet()::toString);
    assertTrue(
        mutants.keySet().containsAll(List.of("returns zeros", "copies its input")),
        mutants.keySet()::toString);
  }

  /** It fails because it is wrong, and not because it does not compile. */
  private static Verdict.Failed assertFails(Verdict verdict) {
    Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, verdict, verdict::toString);
    assertFalse(failed.where().matches("(?s).*, line \\d+, column \\d+: .*"), failed::toString);
    return failed;
  }

  private static Verdict graded(Exercise<?> exercise, String source) throws IOException {
    Files.writeString(desk.file(exercise), source);
    try {
      return desk.check(exercise.quickly());
    } finally {
      Files.writeString(desk.file(exercise), solution(exercise));
    }
  }

  private static void assertNothingGivenAway(Exercise<?> exercise) throws IOException {
    String text = oneSpaced(Files.readString(ROOT.resolve(Course.chapterOf(exercise).text())));
    String starter = oneSpaced(exercise.starter());
    String hints = oneSpaced(String.join(" ", exercise.hints()));
    List<String> told =
        solution(exercise)
            .lines()
            .map(CourseTest::oneSpaced)
            .filter(CourseTest::saysSomething)
            .filter(line -> (text + starter + hints).contains(line))
            .toList();
    assertEquals(List.of(), told);
  }

  /** A statement; not an import, a heading of a method, a bracket. */
  private static boolean saysSomething(String line) {
    boolean statement = line.endsWith(";") || line.matches("(for|if|while) .*");
    return statement && line.length() > 12 && !line.startsWith("import ");
  }

  private static String oneSpaced(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static void assertTextAndHints(Exercise<?> exercise) throws IOException {
    Path text = ROOT.resolve(Course.chapterOf(exercise).text());
    assertTrue(
        Files.readAllLines(text).contains("### " + exercise.name()),
        () -> text + " has no heading  ### " + exercise.name());
    assertEquals(Exercise.HINTS, exercise.hints().size());
    assertTrue(exercise.hints().stream().noneMatch(String::isBlank));
  }

  private static String solution(Exercise<?> exercise) {
    return resource(exercise.className() + ".java");
  }

  private static String resource(String file) {
    String place = "/engram/learn/solution/" + file;
    try (InputStream in = CourseTest.class.getResourceAsStream(place)) {
      assertTrue(in != null, () -> "there is no src/test/resources" + place);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
