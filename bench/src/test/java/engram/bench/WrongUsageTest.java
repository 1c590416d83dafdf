package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a command line is all that is said, not hidden behind all options. */
class WrongUsageTest {
  @TempDir private Path folder;

  private static List<String> error(String... arguments) {
    StringWriter err = new StringWriter();
    int exit = Engram.execute(Engram.commandLine().setErr(new PrintWriter(err)), arguments);
    assertEquals(2, exit, err::toString);
    return err.toString().lines().toList();
  }

  @Test
  void aValueThatMakesNoSenseIsOneLine() {
    assertEquals(
        List.of("engram: epochs is 0, expected 1 or more", "        see  engram run --help"),
        error("run", "--epochs", "0"));
  }

  @Test
  void aPathThatIsNoneIsNotSaidInJavasWords() {
    assertEquals(
        List.of(
            "engram: Invalid value for option '--out': \"a\\u0000b\" is not a path: Nul character"
                + " not allowed",
            "        see  engram run --help"),
        error("run", "--out", "a\0b"));
  }

  /** They would colour, clear or ring the terminal of whoever reads the message. */
  @Test
  void signsThatNoScreenShowsAreWritten() {
    String sign = "a\u001b[31m\u0007\r\nb\u202e";
    String written = "a\\u001b[31m\\u0007\\r\\nb\\u202e";
    for (List<String> arguments :
        List.of(
            List.of(sign),
            List.of("run", "--" + sign),
            List.of("run", "--data", sign),
            List.of("run", "--strategies", sign),
            List.of("run", "--batch", sign),
            List.of("run", "--threads", sign),
            List.of("run", "--out", sign),
            List.of("run", "--config", sign),
            List.of("summary", sign))) {
      String message = String.join("\n", error(arguments.toArray(String[]::new)));
      assertTrue(message.contains(written), message);
      assertTrue(message.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 127), message);
    }
    List<String> file = error("run", "--config", sign.replaceAll("[\r\n]", ""));
    assertTrue(file.getFirst().startsWith("engram: config a\\u001b[31m\\u0007b"), file.getFirst());
  }

  @Test
  void theErrorAndTheNearestWordComeFirstThenWhatThereIsThenWhereToLook() {
    List<String> lines = error("run", "--strategies", "finetune");
    assertEquals("engram: there is no strategy \"finetune\", perhaps fine-tune", lines.getFirst());
    assertTrue(
        lines.get(1).startsWith("        choose from fine-tune, rehearsal-kd, "), lines.get(1));
    assertEquals("        see  engram run --help", lines.getLast());
    lines.forEach(line -> assertTrue(line.length() <= 80, line));
  }

  /** Of all commands, and of all options whose values are names. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rnu                             | run
          data fecth                      | fetch
          data fetch mnits                | mnist
          data inspect gtsbr:x            | gtsrb
          summary --networ=mlp            | --network
          summary --network bn-dep        | bn-deep
          summary --network lenett        | lenet
          graph --format svgg             | svg
          explain --device vectr          | vector
          explain --device CUDA           | opencl
          verify x --device cpu           | vector
          compare vector gpu              | opencl
          bench --op conv2                | conv2d
          bench --step --device plian     | plain
          protocols hsu-mnist-clas        | hsu-mnist-class
          tune --grid lrr=1,2             | lr
          run --data gtsrbb:x             | gtsrb
          run --device cuda               | opencl
          run --class-order shufled       | shuffled
          run --strategies er@rng         | ring
          run --strategies er+mne         | nme
          run --strategies der++_alph=1   | alpha
          run --replay mixd               | mixed
          run --replay mixed-evnly        | mixed-evenly
          run --track wand                | wandb
          run --wandb-mode onlin          | online
          run --protocol hsu-mnist-tsk    | hsu-mnist-task
          run --preset bset               | best
          run --scenario clas             | class
          run --head ful                  | full
          run --loss-over mett            | met
          run --init torhc                | torch
          run --pixels unti               | unit
          run --augment crop-flp          | crop-flip
          run --schedule cosin            | cosine
          run --optimizer adm             | adam
          run --optimizer-state ketp      | kept
          """)
  void theNearestWordIsNamed(String commandLine, String word) {
    String first = error(commandLine.split(" ")).getFirst();
    assertTrue(first.contains("perhaps " + word), first);
  }

  @Test
  void aValueThatIsNoNumberIsSaidInWordsOfPeople() {
    assertEquals(
        "engram: Invalid value for option '--runs': 'x' is not a whole number",
        error("explain", "--runs", "x").getFirst());
    assertEquals(
        "engram: \"3\" is one argument too many; a value with blanks in it stands in quotes",
        error("run", "--network", "conv", "3").getFirst());
  }

  @Test
  void aLongValueIsShownByItsBeginning() {
    List<String> lines = error("run", "--epochs", "9".repeat(100_000));
    assertEquals(
        "engram: epochs is \"%s...\", expected a whole number, 1 or more".formatted("9".repeat(57)),
        lines.getFirst());
  }

  @Test
  void aConfigNamedInAFileOfArgumentsIsRead() throws IOException {
    Path config = Files.writeString(folder.resolve("config.yaml"), "epochs: 0\n");
    Path arguments =
        Files.writeString(folder.resolve("arguments"), "run\n--config\n\"%s\"\n".formatted(config));
    assertEquals(
        "engram: epochs is 0, expected 1 or more", error("@" + arguments, "--seeds=2").getFirst());
    assertEquals(
        "engram: epochs is -1, expected 1 or more",
        error("@" + arguments, "--epochs=-1").getFirst(),
        "the command line wins");
    assertEquals(
        "engram: @missing: there is no such file, whose lines would be arguments",
        error("run", "@missing").getFirst());
  }

  @Test
  void homeIsMeantByATildeInConfigsAndOptions() throws IOException {
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    String file = Files.writeString(folder.resolve("c.yaml"), "data: mnist:~/no-such\n").toString();
    for (Map.Entry<String, List<String>> one :
        Map.of(
                "config " + home + "/no-such.yaml: there is no such file",
                List.of("run", "--config", "~/no-such.yaml"),
                home + "/no-such.csv",
                List.of("metrics", "~/no-such.csv"),
                home + "/no-such",
                List.of("run", "--config", file),
                home + "/No.java",
                List.of("run", "--strategies", "~/No.java"))
            .entrySet()) {
      StringWriter err = new StringWriter();
      Engram.execute(
          Engram.commandLine().setErr(new PrintWriter(err)), one.getValue().toArray(String[]::new));
      assertTrue(err.toString().contains(one.getKey()), err::toString);
    }
  }

  @Test
  void seedsThatCannotBeCountedUpAreRefused() {
    assertEquals(
        "engram: seed is 9223372036854775807, expected at most 9223372036854775805 with seeds 2:"
            + " they are counted up",
        error("run", "--seed", "9223372036854775807", "--seeds", "2").getFirst());
  }
}
