package engram.learn.loop;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.learn.desk.Desk;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The planted bugs of the chapter are found with the doctor; a sound loop has none. */
class LoopDoctorTest {
  @TempDir private Path folder;

  private Verdict graded(String className, String source) throws IOException {
    Exercise<?> exercise =
        LoopChapter.CHAPTER.exercises().stream()
            .filter(one -> one.className().equals(className))
            .findFirst()
            .orElseThrow();
    Desk desk = new Desk(folder);
    Files.writeString(desk.file(exercise), source);
    return desk.check(exercise.quickly());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = LoopDoctorTest.class.getResourceAsStream("/engram/learn/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BugOne, 'step 2: old-gradients, '",
    "BugTwo, 'step 200: learns-nothing, '",
    "BugThree, 'step 1: unscaled-input, '"
  })
  void thePlantedBugIsWhatTheDoctorNamesFirst(String className, String finding) throws IOException {
    String touched = resource("exercise/" + className + ".java") + "\nclass Touched {}\n";
    Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, graded(className, touched));
    String first =
        failed.details().stream()
            .filter(line -> line.startsWith("the doctor"))
            .findFirst()
            .orElse("no word");
    assertTrue(first.startsWith("the doctor, " + finding), failed::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OverfitBatch", "BugTwo"})
  void ofASoundLoopTheDoctorHasNothingToSay(String className) throws IOException {
    Verdict.Passed passed =
        assertInstanceOf(
            Verdict.Passed.class, graded(className, resource("solution/" + className + ".java")));
    assertTrue(passed.evidence().getLast().endsWith("has nothing to say"), passed::toString);
  }

  @Test
  void aLoopWithoutAnUpdateIsWatchedInNoStep() throws IOException {
    String source =
        resource("solution/OverfitBatch.java").replace("net.forward() > 0.01", "net == null");
    Verdict.Failed failed = assertInstanceOf(Verdict.Failed.class, graded("OverfitBatch", source));
    assertTrue(
        failed.details().containsAll(List.of("the doctor watched 0 steps and has nothing to say")),
        failed::toString);
  }
}
