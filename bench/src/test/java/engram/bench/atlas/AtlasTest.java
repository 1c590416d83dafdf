package engram.bench.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.op.CustomOp;
import engram.op.Op;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The atlas has every op, and on one page that fetches nothing. */
class AtlasTest {
  private static final List<AtlasEntry> ENTRIES = AtlasEntry.all();

  @TempDir private Path folder;

  private static AtlasEntry entry(String name) {
    return ENTRIES.stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  /** The file of each op that the engine permits is the definition of some entry. */
  @Test
  void noOpIsMissing() {
    Set<String> expected = new TreeSet<>();
    ops(Op.class).forEach(op -> expected.add(file(op)));
    Set<String> found = new TreeSet<>();
    ENTRIES.forEach(e -> found.add(e.source().definition()));
    assertEquals(expected, found);
    long ops = ops(Op.class).count();
    assertTrue(ENTRIES.size() >= ops, ENTRIES.size() + " of " + ops);
  }

  private static Stream<Class<?>> ops(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses())
            .filter(op -> op != CustomOp.class)
            .flatMap(AtlasTest::ops)
        : Stream.of(type);
  }

  private static String file(Class<?> op) {
    return "engine/src/main/java/"
        + op.getName().replaceFirst("\\$.*", "").replace('.', '/')
        + ".java";
  }

  @Test
  void anOpHasFormulaShapesGradientCostCasesAndThreeKernels() {
    AtlasEntry conv = entry("conv2d");
    assertFalse(conv.text().formula().isBlank());
    assertTrue(conv.text().shapes().contains("->"), conv.text().shapes());
    assertTrue(
        conv.gradient().stream().anyMatch(line -> line.contains("conv2d.weight_gradient(")),
        conv.gradient().toString());
    assertTrue(conv.cost().contains("operations and"), conv.cost());
    assertFalse(conv.cases().isEmpty());
    assertFalse(conv.source().openCl().isEmpty());
    assertEquals(List.of(), entry("adam_step").gradient());
  }

  @Test
  void thePageShowsAllAndFetchesNothing() throws IOException {
    Path file = folder.resolve("atlas.html");
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new AtlasCommand())
            .setOut(new PrintWriter(out))
            .execute("--out", file.toString());
    assertEquals(0, exit);
    String page = Files.readString(file);
    ENTRIES.forEach(e -> assertTrue(page.contains("<article id=\"" + e.name() + "\""), e.name()));
    assertFalse(page.contains("http:") || page.contains("https:"), "an address");
    assertTrue(out.toString().contains(ENTRIES.size() + " ops"), out::toString);
  }
}
