package engram.op;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an op computes, in the words of its docstring, for pages and tables that show it.
 *
 * @param summary what it is, without a full stop
 * @param shapes of operands and results, such as {@code x [..., C] -> y [C]}
 * @param formula one line or more
 */
public record OpText(String summary, String shapes, String formula) {
  /** Made from the docstrings; a test says when it has to be made again. */
  static final String FILE = "ops.txt";

  private static final class All {
    private static final Map<String, OpText> BY_NAME = read();
  }

  /** The text of an op; empty for one from outside, whose docstring is not here. */
  public static Optional<OpText> of(Op op) {
    return op instanceof CustomOp
        ? Optional.empty()
        : Optional.of(Objects.requireNonNull(All.BY_NAME.get(op.name()), op.name()));
  }

  /**
   * A block for each op: its names, and indented by two its summary, its shapes, and the lines of
   * its formula.
   */
  private static Map<String, OpText> read() {
    Map<String, OpText> texts = new HashMap<>();
    for (String block : text().split("\n\n")) {
      List<String> lines = new ArrayList<>(block.lines().toList());
      String[] names = lines.removeFirst().split(" ");
      lines.replaceAll(line -> line.substring(2));
      String formula = String.join("\n", lines.subList(2, lines.size()));
      for (String name : names) {
        texts.put(name, new OpText(lines.get(0), lines.get(1), formula));
      }
    }
    return texts;
  }

  private static String text() {
    try (InputStream in = OpText.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the engine was packaged without " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
