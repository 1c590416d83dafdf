package engram.bench.simd;

import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.FmaPeak;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the machine can do, measured in a Java runtime of its own with no flags but the right ones:
 * this one may be the very thing that is in doubt.
 *
 * @param gigaflops multiply-adds on registers alone, one thread
 * @param bits width of a vector
 */
public record SimdPeak(double gigaflops, int bits) {
  private static final Pattern ANSWER = Pattern.compile("peak ([0-9.]+) bits ([0-9]+)");

  /** Flags in the environment that would reach the other runtime, too. */
  private static final List<String> INHERITED =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** The other runtime's part: prints what it measures. */
  public static void main(String[] arguments) {
    System.out.printf("peak %s bits %d%n", here(), VectorLoop.bits());
  }

  private static double here() {
    try (Workers one = new Workers(1)) {
      FmaPeak peak = new FmaPeak(one);
      double best = 0;
      long end = System.nanoTime() + 600_000_000;
      while (System.nanoTime() < end) {
        best = Math.max(best, peak.measure(20));
      }
      return best;
    }
  }

  /** Measures; empty if no other runtime can be started. */
  static Optional<SimdPeak> measure() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder other =
        new ProcessBuilder(
                java,
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                SimdPeak.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = other.environment();
    INHERITED.forEach(environment::remove);
    Process process = other.start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean _ = process.waitFor(10, TimeUnit.SECONDS); // it has closed its output
      return read(said);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What the other runtime printed. */
  static Optional<SimdPeak> read(String said) {
    Matcher answer = ANSWER.matcher(said);
    return answer.find()
        ? Optional.of(
            new SimdPeak(Double.parseDouble(answer.group(1)), Integer.parseInt(answer.group(2))))
        : Optional.empty();
  }
}
