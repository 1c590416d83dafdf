package engram.learn.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.learn.Course;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a learner's file, the answer is a verdict with a place and a reason. */
class GraderTest {
  private static final Exercise<?> LEAKY_RELU = Course.exercise("leaky-relu").orElseThrow();
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("LeakyRelu.java");
  }

  /** The starter with this statement in its method. */
  private static String with(String statement) {
    return LEAKY_RELU.starter().replaceFirst("// TODO.*", statement);
  }

  private Verdict.Failed failed(String source, Duration limit) throws IOException {
    Files.writeString(file(), source);
    return assertInstanceOf(Verdict.Failed.class, Grader.grade(LEAKY_RELU, file(), limit));
  }

  private Verdict.Failed failed(String source) throws IOException {
    return failed(source, LONG);
  }

  private static int lineOf(String text, String source) {
    return (int) source.substring(0, source.indexOf(text)).lines().count();
  }

  @Test
  void aFileThatIsMissingSaysHowToBegin() {
    Verdict verdict = Grader.grade(LEAKY_RELU, file(), LONG);
    assertEquals(
        new Verdict.Failed(
            file() + ": there is no such file", List.of("engram learn leaky-relu  writes it")),
        verdict);
  }

  @Test
  void anEmptyFileFails() throws IOException {
    assertEquals(file() + ": the file is empty", failed(" \n\n").where());
  }

  @Test
  void aFileThatHoldsNoMoreThanWasGivenIsUntouched() throws IOException {
    String untouched = file() + ": untouched: you have not changed it yet";
    assertEquals(untouched, failed(LEAKY_RELU.starter()).where());
    assertEquals(untouched, failed(LEAKY_RELU.starter() + "\n// a comment more\n").where());
  }

  @Test
  void anErrorOfTheCompilerNamesFileLineColumnAndTheLine() throws IOException {
    Verdict.Failed failed = failed(with("y.put(0, 1);"));
    assertTrue(
        failed
            .where()
            .matches("\\Q%s\\E, line \\d+, column 6: cannot find symbol".formatted(file())),
        failed::where);
    assertEquals("y.put(0, 1);", failed.details().getLast());
  }

  @Test
  void anErrorInAnotherFileIsNamedThere() throws IOException {
    Files.writeString(folder.resolve("Helper.java"), "class Helper { int x = \"no number\"; }\n");
    Verdict.Failed failed = failed(with("new Helper();"));
    assertTrue(
        failed.where().startsWith(folder.resolve("Helper.java") + ", line 1, column "),
        failed::where);
  }

  @Test
  void anotherFileOfTheFolderCanBeUsed() throws IOException {
    Files.writeString(
        folder.resolve("Helper.java"),
        "class Helper { static double of(double x, double s) { return x > 0 ? x : s * x; } }\n");
    Files.writeString(
        file(),
        with("for (int i = 0; i < y.size(); i++) { y.set(i, Helper.of(x.get(i), slope)); }"));
    assertInstanceOf(Verdict.Passed.class, Grader.grade(LEAKY_RELU, file(), LONG));
  }

  @Test
  void anExceptionIsShownWithTheLearnersOwnLine() throws IOException {
    String source = with("x.get(x.size());");
    Verdict.Failed failed = failed(source);
    assertEquals(
        file()
            + ": your method threw ArrayIndexOutOfBoundsException: Index 1 out of bounds for length"
            + " 1",
        failed.where());
    assertEquals(
        List.of(
            "%s, line %d: x.get(x.size());".formatted(file(), lineOf("x.get(x.size", source)),
            "places count from 0 to 0 here: this is behind the last one",
            "in leaky_relu, case 1 of 4: LeakyRelu[slope=0.01], x [1]"),
        failed.details());
  }

  /** Variables are named, and what null is is said. */
  @Test
  void nullIsExplained() throws IOException {
    Verdict.Failed failed = failed(with("double[] room = null; room[0] = 1;"));
    assertTrue(failed.where().endsWith("because \"room\" is null"), failed::toString);
    assertTrue(failed.details().get(1).contains("null means that there is nothing"));
  }

  /** The exception comes from the check, which uses what was returned. */
  @Test
  void nullThatIsReturnedIsTheLearnersAndNotTheChecks() throws IOException {
    Exercise<?> refusals = Course.exercise("refusals").orElseThrow();
    Path file = folder.resolve("Refusals.java");
    Files.writeString(file, refusals.starter().replace("return refusal;", "return null;"));
    Verdict.Failed failed =
        assertInstanceOf(Verdict.Failed.class, Grader.grade(refusals, file, LONG));
    assertEquals(
        file + ": your method returned null, or something with null in it", failed.where());
  }

  @Test
  void anExceptionInTheFileOfAnEarlierExerciseNamesBothLines() throws IOException {
    Path helper = folder.resolve("Helper.java");
    Files.writeString(helper, "class Helper {\n  static int of(int i) { return 1 / i; }\n}\n");
    String source = with("Helper.of(0);");
    Verdict.Failed failed = failed(source);
    assertEquals(
        List.of(
            helper + ", line 2: static int of(int i) { return 1 / i; }",
            "called from %s, line %d: Helper.of(0);".formatted(file(), lineOf("Helper.of", source)),
            "whole numbers cannot be divided by 0"),
        failed.details().subList(0, 3));
  }

  @Test
  void aClassWithAnotherNameKeepsItsFile() throws IOException {
    Verdict.Failed failed = failed(LEAKY_RELU.starter().replace("class LeakyRelu", "class Leaky"));
    assertTrue(
        failed.where().endsWith(": this class is called Leaky, but must be called LeakyRelu"),
        failed::where);
    assertEquals(
        "The file keeps its name: the exercise is looked for under it.",
        failed.details().getLast());
  }

  /** It would reach the engine's own code, and be an exception there. */
  @Test
  void aGradientOfNullIsRefusedWithTheLearnersLineAndTheTape() throws IOException {
    Exercise<?> stop = Course.exercise("stop").orElseThrow();
    Path file = folder.resolve("Stop.java");
    String source =
        stop.starter()
            .replaceFirst(
                "return [^;]*;", "appender.gradient(tape.getLast(), 0, null); return null;");
    Files.writeString(file, source);
    Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, Grader.grade(stop, file, LONG));
    assertEquals("graph 1 of 200: gradient(node, 0, dy): dy is null", failed.where());
    assertTrue(failed.details().get(1).startsWith("likely: your map has no gradient"));
    assertTrue(failed.details().contains("its tape:"), failed::toString);
    assertTrue(failed.details().getLast().startsWith(file + ", line "), failed::toString);
  }

  @Test
  void recursionWithoutEndIsAnExceptionLikeAnyOther() throws IOException {
    Verdict.Failed failed = failed(with("forward(x, slope, y);"));
    assertTrue(failed.where().endsWith("your method threw StackOverflowError"), failed::where);
    assertTrue(failed.details().getFirst().endsWith(": forward(x, slope, y);"));
  }

  /** It sleeps, so that it ends when interrupted: a test must leave no thread behind. */
  @Test
  void aLoopThatDoesNotEndIsStoppedAndItsLineNamed() throws IOException {
    String source =
        with(
            "try { while (true) { Thread.sleep(5); } } catch (InterruptedException e) { return; }");
    Verdict.Failed failed = failed(source, Duration.ofMillis(300));
    assertEquals(file() + ": still running after 0.3 s: a loop that does not end?", failed.where());
    assertTrue(failed.details().getFirst().contains("while (true)"), failed::toString);
  }

  @Test
  void aClassThatPromisesNothingFails() throws IOException {
    Verdict.Failed failed = failed("public class LeakyRelu {}");
    assertEquals(file() + ": class LeakyRelu does not implement Forward.LeakyRelu", failed.where());
  }

  @Test
  void aClassThatCannotBeMadeFails() throws IOException {
    Verdict.Failed failed =
        failed(with("").replace("@Override", "private LeakyRelu() {}\n\n  @Override"));
    assertEquals(
        file() + ": expected a public class with a public constructor without parameters",
        failed.where());
  }

  @Test
  void anOperandThatWasChangedIsNamed() throws IOException {
    Verdict.Failed failed = failed(with("x.set(0, 3); y.fill(0);"));
    assertTrue(
        failed.details().getFirst().contains("your method changed its operand"), failed::toString);
  }

  @Test
  void anExerciseOnOnesOwnCodeAloneRefusesTheEngines() throws IOException {
    Exercise<?> xor = Course.exercise("xor").orElseThrow();
    Path file = folder.resolve("Xor.java");
    Files.writeString(file, "import engram.op.Softmax;\n" + xor.starter());
    Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, Grader.grade(xor, file, LONG));
    assertEquals(file + ": it uses engram.op.Softmax", failed.where());
  }
}
