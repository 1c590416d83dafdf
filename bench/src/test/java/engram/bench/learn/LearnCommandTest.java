package engram.bench.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.bench.console.Lines;
import engram.bench.measure.MeasuredStep;
import engram.bench.measure.SampleImages;
import engram.learn.look.LookedAtStep;
import engram.nn.Sequential;
import engram.nn.model.Models;
import engram.nn.train.TrainingStep;
import engram.tensor.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code engram learn} as a learner sees it. */
class LearnCommandTest {
  private static final String RIGHT =
      """
      import engram.learn.api.Forward;
      import engram.op.Values;

      public class LeakyRelu implements Forward.LeakyRelu {
        @Override
        public void forward(Values x, double slope, Values y) {
          for (int i = 0; i < x.size(); i++) {
            y.set(i, x.get(i) > 0 ? x.get(i) : slope * x.get(i));
          }
        }
      }
      """;

  @TempDir private Path folder;

  private record Said(int exit, String out, String err) {}

  private Said learn(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new LearnCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                Stream.concat(Stream.of(arguments), Stream.of("--folder=" + folder))
                    .toArray(String[]::new));
    List<String> wide =
        out.toString()
            .lines()
            .filter(line -> line.length() > Lines.WIDTH && !line.contains(folder.toString()))
            .toList();
    assertEquals(List.of(), wide);
    return new Said(exit, out.toString(), err.toString());
  }

  private Path leakyRelu() {
    return folder.resolve("LeakyRelu.java");
  }

  @Test
  void theListNamesTheNextExercise() {
    Said said = learn();
    assertEquals(0, said.exit());
    assertTrue(said.out().contains("\n0 of "), said.out());
    assertTrue(
        said.out().contains("next: engram learn look --folder " + folder + "   ("), said.out());
  }

  @Test
  void theFirstCallWritesTheFileAndTheNextOnesCheckIt() throws IOException {
    Said begun = learn("leaky-relu");
    assertEquals(0, begun.exit());
    assertTrue(begun.out().contains("engine/COURSE.md#leaky-relu"), begun.out());
    assertTrue(Files.exists(leakyRelu()));

    Said untouched = learn("leaky-relu");
    assertEquals(1, untouched.exit());
    assertTrue(untouched.out().contains("untouched"), untouched.out());
    assertTrue(
        untouched.out().contains("engram learn leaky-relu --folder " + folder + " --hint"),
        untouched.out());

    Files.writeString(leakyRelu(), RIGHT);
    Said passed = learn("leaky-relu");
    assertEquals(0, passed.exit(), passed.out());
    assertTrue(passed.out().contains("\npassed  leaky_relu: all 4 cases"), passed.out());
    assertTrue(passed.out().contains("no node differs"), passed.out());
    assertTrue(learn().out().contains("passed leaky-relu"));
  }

  @Test
  void aLearnersFileIsNeverOverwritten() throws IOException {
    Files.writeString(leakyRelu(), "mine\n");
    learn("leaky-relu");
    learn("leaky-relu", "--hint");
    assertEquals("mine\n", Files.readString(leakyRelu()));
  }

  @Test
  void whatHasPassedAndFailsAgainIsOpenAgain() throws IOException {
    Files.writeString(leakyRelu(), RIGHT);
    learn("leaky-relu");
    Files.writeString(leakyRelu(), RIGHT.replace("slope *", ""));
    assertEquals(1, learn("--all").exit());
    assertTrue(learn().out().contains("begun  leaky-relu"));
  }

  @Test
  void thereAreThreeHintsAndTheyAreRemembered() throws IOException {
    assertEquals(1, learn("leaky-relu", "--hint").out().split("hint ", -1).length - 1);
    assertEquals(2, learn("leaky-relu", "--hint").out().split("hint ", -1).length - 1);
    learn("leaky-relu", "--hint");
    Said last = learn("leaky-relu", "--hint");
    assertTrue(last.out().contains("hint 3 of 3"), last.out());
    assertEquals(
        "# What engram learn remembers.\nleaky-relu: open, hints 3\n",
        Files.readString(folder.resolve("progress.txt")));
  }

  @Test
  void aWrongNameIsWrongUsageAndNamesTheNearest() {
    Said said = learn("leaky-rely");
    assertEquals(2, said.exit());
    assertTrue(said.err().contains("\"leaky-rely\". Did you mean leaky-relu?"), said.err());
    assertEquals(2, learn("--hint").exit());
    assertEquals(2, learn("leaky-relu", "--all").exit());
  }

  @Test
  void nothingToCheckIsAFailure() {
    Said said = learn("--all");
    assertEquals(1, said.exit());
    assertTrue(said.out().contains("nothing to check"), said.out());
  }

  /** Chapter 0 grades the numbers that the commands which it names show. */
  @Test
  void theStepThatIsLookedAtIsTheCommandLines() {
    LookedAtStep looked = new LookedAtStep();
    Sequential layers = Models.of(LookedAtStep.NETWORK, Shape.shape(32, 32, 3), 43);
    TrainingStep step =
        new MeasuredStep(layers, SampleImages.noise(layers), LookedAtStep.BATCH, false, false)
            .training(new ReferenceBackend());
    assertEquals(step.plan().graph().toString(), looked.recorded().graph().toString());
    step.run();
    assertArrayEquals(new float[] {step.loss()}, looked.output("cross_entropy"));
  }
}
