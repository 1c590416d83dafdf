package engram.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpTextTest {
  private static final Path SOURCES = Path.of("src/main/java/engram/op");
  private static final Path FILE = Path.of("src/main/resources/engram/op", OpText.FILE);
  private static final Pattern PRE = Pattern.compile("<pre>(?:\\{@code )?\n?(.*?)\\s*}?</pre>", 32);
  private static final Pattern CODE = Pattern.compile("\\{@code\\s+([^{}]*)}");
  private static final Pattern LINK = Pattern.compile("\\{@link\\s+\\S*?([\\w.]+)(?:\\s([^}]*))?}");

  /** The words stand once, in the docstrings; the file is made from them. */
  @Test
  void theTextsAreTheDocstrings() throws IOException {
    String expected = texts();
    Path made = Path.of("target", OpText.FILE);
    Files.createDirectories(made.toAbsolutePath().getParent());
    Files.writeString(made, expected);
    assertEquals(
        expected,
        Files.exists(FILE) ? Files.readString(FILE).replace("\r\n", "\n") : "",
        "docstrings of ops have changed: copy " + made + " over " + FILE);
  }

  @Test
  void everyOpSaysWhatItIsItsShapesAndItsFormula() {
    for (Op op : OpCatalog.OPS) {
      OpText text = OpText.of(op).orElseThrow();
      assertFalse(text.summary().isBlank(), op.name());
      assertTrue(text.shapes().contains("["), op.name() + ": " + text.shapes());
      assertTrue(text.formula().contains(" = ") || text.formula().contains(":="), op.name());
    }
  }

  @Test
  void aFormulaIsReadAsItStands() {
    OpText text = OpText.of(new LeakyRelu(0.01f)).orElseThrow();
    assertEquals("Leaky ReLU, elementwise", text.summary());
    assertEquals("x [any shape] -> y [same shape]", text.shapes());
    assertEquals("y = x > 0 ? x : slope * x", text.formula());
  }

  private static String texts() throws IOException {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (Op op : OpCatalog.OPS) {
      String path = op.getClass().getName().replaceFirst(".*\\.", "");
      names.computeIfAbsent(path, key -> new ArrayList<>()).add(op.name());
    }
    List<String> blocks = new ArrayList<>();
    for (Map.Entry<String, List<String>> op : names.entrySet()) {
      List<String> allNames = new ArrayList<>(op.getValue());
      if (op.getKey().equals("Reduce")) {
        allNames =
            Arrays.stream(Reduce.Kind.values()).map(k -> new Reduce(k, 0, 0).name()).toList();
      }
      blocks.add(String.join(" ", allNames) + "\n" + text(docstring(op.getKey())).indent(2));
    }
    return String.join("\n", blocks);
  }

  /** Of a record, without margin and tags. */
  private static String docstring(String record) throws IOException {
    String[] names = record.split("\\$");
    String source = Files.readString(SOURCES.resolve(names[0] + ".java")).replace("\r\n", "\n");
    Matcher found =
        Pattern.compile(
                "/\\*\\*((?:(?!\\*/).)*?)\\*/\\s+public record " + names[names.length - 1] + "\\(",
                32)
            .matcher(source);
    assertTrue(found.find(), record);
    String body =
        found
            .group(1)
            .lines()
            .map(l -> l.replaceFirst("^\\s*\\* ?", ""))
            .collect(Collectors.joining("\n"));
    return body.replaceFirst("(?s)\n@param.*", "").strip();
  }

  /** Summary, shapes and formula, a line each; the formula may have several. */
  private static String text(String doc) {
    List<String> formulas = PRE.matcher(doc).results().map(m -> m.group(1)).toList();
    String prose = PRE.matcher(doc).replaceAll(" : ");
    String formula =
        formulas.isEmpty()
            ? CODE.matcher(prose)
                .results()
                .map(m -> flat(m.group(1)))
                .filter(c -> c.matches(".* :?= .*"))
                .findFirst()
                .orElse("")
            : String.join("\n", formulas);
    for (MatchResult code : CODE.matcher(prose).results().toList()) {
      if (flat(code.group(1)).equals(formula)) {
        prose = prose.replace(code.group(), "");
      }
    }
    String plain =
        flat(
            LINK.matcher(CODE.matcher(prose).replaceAll("$1"))
                .replaceAll(m -> m.group(2) == null ? m.group(1) : m.group(2)));
    List<String> sentences =
        Arrays.stream(plain.split("(?<![.]|et al)[.](?= |$)|:(?= |$)|;|<p>"))
            .map(s -> s.strip().replaceFirst(",$", ""))
            .filter(s -> !s.isEmpty())
            .toList();
    String shapes =
        sentences.stream()
            .filter(s -> s.contains("->"))
            .findFirst()
            .or(() -> sentences.stream().filter(s -> s.contains("[")).findFirst())
            .orElse("");
    return sentences.getFirst() + "\n" + shapes + "\n" + formula;
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
