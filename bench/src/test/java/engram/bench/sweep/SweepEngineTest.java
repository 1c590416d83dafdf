package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Options for machines that another program finds. */
class SweepEngineTest {
  @TempDir Path temp;

  private String refusal(String... options) throws IOException {
    Path plan = Files.writeString(temp.resolve("plan.yaml"), "base: {data: digits}\n");
    StringWriter errors = new StringWriter();
    String[] arguments = new String[options.length + 1];
    arguments[0] = plan.toString();
    System.arraycopy(options, 0, arguments, 1, options.length);
    int exit =
        new CommandLine(new SweepCommand()).setErr(new PrintWriter(errors)).execute(arguments);
    assertEquals(2, exit, errors::toString);
    return errors.toString();
  }

  @Test
  void withoutSparkALineSaysHowToGetIt() throws IOException {
    String refusal = refusal("--on=local[2]");
    assertTrue(refusal.startsWith("--on needs Apache Spark"), refusal);
    assertTrue(refusal.contains("\n  mvn -q -Pspark -DskipTests package\n"), refusal);
    assertTrue(refusal.contains("bench/spark/engram-spark sweep "), refusal);
  }

  @Test
  void whatAnEngineDoesItselfDoesNotGoWithIt() throws IOException {
    assertTrue(refusal("--on=yarn", "--shard=1/2").startsWith("--shard does not go with --on"));
    assertTrue(refusal("--on=yarn", "--list").startsWith("--list does not go with --on"));
    assertTrue(refusal("--to=hdfs:///sweep").startsWith("--to goes with --on"));
  }
}
