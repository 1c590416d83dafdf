package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.bench.subject.TinyMnist;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written does not depend on where it is written: neither names of files and folders, nor
 * numbers in tables, pictures and pages. Without {@code main}, which sets the locale of the
 * program.
 */
class LocaleTest {
  private static final Locale USUAL = Locale.getDefault();

  @TempDir private static Path folder;
  private static String data = "";
  private static Map<String, String> expected = Map.of();

  @BeforeAll
  static void runInEnglish() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    data = TinyMnist.write(folder.resolve("data"), 5, 2);
    Locale.setDefault(Locale.ROOT);
    expected = run("root");
  }

  @AfterAll
  static void backToTheUsual() {
    Locale.setDefault(USUAL);
  }

  /** Arabic digits; a dotless small I; a decimal comma. */
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "tr-TR", "de-DE"})
  void aRunAndItsReportAreTheSameEverywhere(String tag) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(tag));
    Map<String, String> files = run(tag);
    assertEquals(expected.keySet(), files.keySet());
    expected.forEach((name, text) -> assertEquals(text, files.get(name), name));
    assertEquals(graph(Locale.ROOT), graph(Locale.forLanguageTag(tag)));
  }

  /** Runs and reports; what is in the folder, without times. */
  private static Map<String, String> run(String name) throws IOException {
    Path out = folder.resolve(name);
    // Names in another case, as a person may write them: a Turkish small I is another letter.
    engram(
        "run --device plain --threads 1 --network mlp=6=1 --strategies er,fine-tune --tasks 2"
            + " --epochs 1 --batch 10 --buffer 10 --optimizer ADAM --schedule CONSTANT --init"
            + " KAIMING --scenario CLASS --track tensorboard",
        "--data",
        data,
        "--out",
        out.toString());
    engram("report", out.toString(), "--out", out.resolve("again.html").toString());
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(out)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String relative = out.relativize(file).toString().replace('\\', '/');
        files.put(relative.replaceAll("events\\..*", "events"), text(file).replace(name, "NAME"));
      }
    }
    return files;
  }

  private static String text(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (name.matches("config.yaml|card.yaml|.*matrix.csv|class_accuracy.csv")) {
      return Files.readString(file);
    }
    if (!name.matches(".*\\.(csv|json|md|html)")) {
      return "";
    }
    // Others have times in them, but no digits of other scripts, and no comma in a number.
    String text = Files.readString(file);
    assertEquals("", text.replaceAll("(?s)[^\\p{Nd}]|[0-9]", ""), name);
    if (name.endsWith(".csv")) {
      return String.join("\n", text.lines().map(line -> line.replaceAll("[^,]", "")).toList());
    }
    return "";
  }

  private static String graph(Locale locale) {
    Locale.setDefault(locale);
    return engram("graph --format svg --network lenet --batch 2")
        + engram("graph --format dot --network lenet --batch 2")
        + engram("graph --format JSON --network lenet --batch 2");
  }

  private static String engram(String words, String... further) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] arguments =
        Stream.concat(
                Stream.of(words.split(" ")).map(word -> word.replace("=", " ")), Stream.of(further))
            .toArray(String[]::new);
    int exit =
        Engram.execute(
            Engram.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)),
            arguments);
    assertEquals(0, exit, err::toString);
    return out.toString();
  }
}
