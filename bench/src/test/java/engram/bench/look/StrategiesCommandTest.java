package engram.bench.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.catalog.Strategies;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StrategiesCommandTest {

  @Test
  void listsEachStrategyInEightyColumns() {
    StringWriter out = new StringWriter();
    int exit = new CommandLine(new StrategiesCommand()).setOut(new PrintWriter(out)).execute();
    assertEquals(0, exit);
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.getFirst().startsWith("strategy "), lines.getFirst());
    assertEquals(
        Strategies.NAMES,
        lines.stream()
            .skip(1)
            .takeWhile(line -> !line.isEmpty())
            .filter(line -> !line.startsWith(" "))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .toList());
    assertTrue(lines.contains("  der++        alpha=0.1 beta=0.5"), "numbers that can be set");
    assertTrue(lines.contains("  er           weights=joined|sum|tasks"), "words to choose from");
    assertEquals(List.of(), lines.stream().filter(line -> line.length() > 80).toList());
  }
}
