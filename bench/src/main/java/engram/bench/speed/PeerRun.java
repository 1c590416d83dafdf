package engram.bench.speed;

import engram.bench.console.Lines;
import engram.bench.measure.Machine;
import engram.bench.subject.Subject;
import engram.nn.model.Models;
import engram.tensor.Shape;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Compares with other libraries. They are no part of this program: the Maven profile {@code peers}
 * puts them, and what drives them, in a folder beside the jar. One process for each setting, in
 * which all take turns.
 */
final class PeerRun {
  private static final String MAIN = "engram.bench.peers.PeerMain";

  private final PrintWriter out;
  private final Path peers;
  private final Subject subject;

  private PeerRun(PrintWriter out, Path peers, Subject subject) {
    this.out = out;
    this.peers = peers;
    this.subject = subject;
  }

  /**
   * The comparison.
   *
   * @param subject whose network it is; images are noise
   * @throws IOException if the profile has not been built, with the command that builds it
   */
  static PeerRun of(PrintWriter out, Subject subject) throws IOException {
    Path jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
    Path peers = jar.resolveSibling("peers");
    if (!Files.isDirectory(peers.resolve("classes"))) {
      throw new IOException(
          """
          the libraries to compare with are not there: %s is missing. Fetch and build them with
            mvn -Ppeers -pl bench -am -Dmaven.test.skip=true package\
          """
              .formatted(peers));
    }
    return new PeerRun(out, peers, subject);
  }

  /**
   * Runs every setting and prints the tables.
   *
   * @param most threads to go up to: 1 and this number are measured
   * @param seconds time for each contender in each setting
   */
  void run(int batch, int most, double seconds) throws IOException {
    out.print(Lines.wrapped(Machine.here().toString(), 10));
    out.printf(
        Locale.ROOT,
        "peers     %s, batch %d, %s, loss read every step; %.0f s each, in turns%n%n",
        subject,
        batch,
        isReference() ? "Adam" : "SGD with momentum and decay",
        seconds);
    out.flush();
    List<PeerResult> results = new ArrayList<>();
    for (int threads : new TreeSet<>(List.of(1, most))) {
      for (boolean passive : new boolean[] {false, true}) {
        results.addAll(setting(batch, threads, passive, seconds));
      }
    }
    PeerTable table = new PeerTable(results);
    table.all().forEach(line -> out.print(Lines.wrapped(line, 2)));
    out.println();
    table.best().forEach(line -> out.print(Lines.wrapped(line, 16)));
    out.flush();
  }

  private boolean isReference() {
    return subject.name().equals(Models.NAMES.getFirst());
  }

  private List<PeerResult> setting(int batch, int threads, boolean passive, double seconds)
      throws IOException {
    Shape input = subject.layers().input();
    String name =
        "%d thread%s%s".formatted(threads, threads == 1 ? "" : "s", passive ? ", passive" : "");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseG1GC",
                "-cp",
                String.join(
                    File.pathSeparator,
                    System.getProperty("java.class.path"),
                    peers.resolve("classes").toString(),
                    peers + File.separator + "*"),
                MAIN,
                subject.name(),
                "%dx%dx%d".formatted(input.dim(0), input.dim(1), input.dim(2)),
                String.valueOf(subject.layers().classifier().out()),
                isReference() ? "adam" : "sgd",
                isReference() ? "products" : "none",
                String.valueOf(batch),
                String.valueOf(threads),
                String.valueOf(seconds)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    builder.environment().put("OPENBLAS_NUM_THREADS", String.valueOf(threads));
    builder.environment().remove("OMP_WAIT_POLICY");
    if (passive) {
      builder.environment().put("OMP_WAIT_POLICY", "passive");
    }
    Process process = builder.start();
    List<PeerResult> results = new ArrayList<>();
    StringBuilder other = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines
          .lines()
          .forEach(
              line ->
                  PeerResult.parse(name, line)
                      .ifPresentOrElse(results::add, () -> other.append(line).append('\n')));
    }
    if (exitCode(process) != 0) {
      throw new IOException("the peers failed with " + name + ":\n" + other);
    }
    return results;
  }

  private static int exitCode(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
