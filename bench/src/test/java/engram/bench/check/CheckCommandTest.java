package engram.bench.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.nn.train.ObjectiveCheck.Entry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code engram check}: a table for each strategy, and what it says of a gradient that is off. */
class CheckCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int check(String... arguments) {
    return new CommandLine(new CheckCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void theLossOfASecondTaskIsCheckedWithMemoryAndTeacher() {
    assertEquals(
        0,
        check("--network", "mlp 6 1", "--strategies", "der++,lwf", "--elements", "3"),
        err::toString);
    String text = out.toString();
    assertTrue(
        text.contains("der++, network mlp 6 1 on 8 x 8 x 3: task 2, step 2, 12 images"), text);
    assertTrue(text.contains("ce-memory"), text);
    assertEquals(
        3, text.split("all 12 gradients are those of finite differences", -1).length, text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
  }

  @Test
  void noElementsAreWrongUsage() {
    assertEquals(2, check("--elements", "0"));
    assertTrue(err.toString().contains("--elements is 0, expected 1 to 1000000"), err::toString);
  }

  @Test
  void theWorstElementIsNamedWithBothNumbers() {
    CheckTable table =
        new CheckTable(
            List.of(
                new Entry("fc.weight", 3, 0.5, 0.5, false),
                new Entry("fc.weight", 7, 0.3, 0.2, false),
                new Entry("fc.bias", 0, 1, 1, true)));
    assertEquals(1, table.off());
    assertTrue(table.toString().contains("fc.weight, element 7: analytic 0.3"), table.toString());
    assertTrue(table.toString().contains("at a kink: 1"), table.toString());
  }
}
