package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with a command line is all that is said, not hidden behind all options. */
class WrongUsageTest {
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
            "engram: Invalid value for option '--out': \"a\0b\" is not a path: Nul character not"
                + " allowed",
            "        see  engram run --help"),
        error("run", "--out", "a\0b"));
  }

  @Test
  void theNearestOptionIsNamed() {
    assertEquals(
        List.of(
            "engram: Unknown option: '--networ=mlp'",
            "Possible solutions: --network",
            "        see  engram summary --help"),
        error("summary", "--networ=mlp"));
  }
}
