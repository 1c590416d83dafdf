package engram.bench.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.bench.subject.TinyMnist;
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

/** {@code engram run --doctor}: findings on the screen and in the folder, results as without. */
class DoctorRunTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  private int run(String name, String... further) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    CommandLine command = new CommandLine(new RunCommand());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    Stream<String> usual =
        Stream.of(
            "--data=" + TinyMnist.write(data, 5, 2),
            "--network=mlp 6 1",
            "--strategies=er",
            "--tasks=2",
            "--epochs=3",
            "--batch=5",
            "--device=plain",
            "--threads=1",
            "--out=" + folder.resolve(name));
    return command.execute(Stream.concat(usual, Stream.of(further)).toArray(String[]::new));
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void aFindingIsShownOnceAndStandsInTheFolder() throws IOException {
    assertEquals(0, run("ill", "--doctor", "--lr=1"), out::toString);
    List<String> rows = Files.readAllLines(folder.resolve("ill/doctor.csv"));
    assertEquals("strategy,seed,task,step,symptom,where,what,remedy", rows.getFirst());
    assertTrue(rows.get(1).startsWith("er,1,1,1,rate-too-large,"), rows::toString);
    String shown = "doctor: er, seed 1, task 1, step 1: rate-too-large, ";
    assertEquals(2, out.toString().split(shown, -1).length, out::toString);
    assertTrue(out.toString().lines().allMatch(line -> line.length() <= 80), out::toString);
    String page = read("ill/report.html");
    assertTrue(page.contains("<a href=\"#doctor\">Doctor</a>"));
    assertTrue(page.contains("<dt>rate-too-large</dt>"));
    assertTrue(page.contains("To do: Lower the learning rate, or clip the gradients."));
    JsonNode first =
        new ObjectMapper().readTree(folder.resolve("ill/summary.json").toFile()).at("/doctor/0");
    assertEquals("[1]", first.path("seeds").toString(), first::toString);
    assertEquals("rate-too-large", first.path("symptom").asText(), first::toString);
    assertEquals(1, first.path("step").asInt(), first::toString);
    String summary = read("ill/summary.md");
    assertTrue(
        summary.contains("The doctor on er, seed 1, task 1, step 1: rate-too-large, "), summary);
  }

  @Test
  void resultsAreTheSameBytesWithADoctor() throws IOException {
    assertEquals(0, run("with", "--doctor"), out::toString);
    assertEquals(0, run("without"), out::toString);
    for (String file :
        List.of(
            "checkpoints/er_seed1.safetensors",
            "report/er_seed1/steps.csv",
            "accuracy_matrix.csv",
            "config.yaml")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("without").resolve(file)),
          Files.readAllBytes(folder.resolve("with").resolve(file)),
          file);
    }
    assertEquals(1, Files.readAllLines(folder.resolve("with/doctor.csv")).size());
    assertTrue(read("with/report.html").contains("Nothing is wrong as far as it can see."));
    assertTrue(read("with/summary.json").contains("\"doctor\" : [ ]"));
    assertFalse(Files.exists(folder.resolve("without/doctor.csv")));
    for (String file : List.of("report.html", "summary.json", "summary.md")) {
      assertFalse(read("without/" + file).contains("doctor"), file);
    }
  }
}
