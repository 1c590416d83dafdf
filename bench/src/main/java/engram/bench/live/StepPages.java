package engram.bench.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Steps of the run as {@code engram step} shows them. Each page is made by a process of its own,
 * which goes to the step from a state of the run: the training is not touched, whether it is held
 * or goes on.
 */
final class StepPages {
  private final Path run;

  /**
   * @param run folder of the run
   */
  StepPages(Path run) {
    this.run = run;
  }

  /**
   * The page of a step, or a line that says why there is none.
   *
   * @param place strategy, seed, task and step, such as {@code er:1:3:117}
   */
  synchronized byte[] page(String place) {
    try {
      Path page = Files.createTempFile("engram-step", ".html");
      try {
        Process made = new ProcessBuilder(command(place, page)).redirectErrorStream(true).start();
        byte[] said = made.getInputStream().readAllBytes();
        return made.waitFor() == 0 ? Files.readAllBytes(page) : asText(said);
      } finally {
        Files.delete(page);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new byte[0];
    }
  }

  private List<String> command(String place, Path page) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(
        java,
        "--add-modules",
        "jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "engram.bench.Engram",
        "step",
        run.toAbsolutePath().toString(),
        "--at=" + place,
        "--out=" + page);
  }

  private static byte[] asText(byte[] said) {
    String text =
        new String(said, StandardCharsets.UTF_8).replace("&", "&amp;").replace("<", "&lt;");
    return ("<!doctype html><meta charset=\"utf-8\"><title>no page</title><pre>" + text + "</pre>")
        .getBytes(StandardCharsets.UTF_8);
  }
}
