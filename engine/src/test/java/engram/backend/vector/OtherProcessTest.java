package engram.backend.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.vector.run.Lanes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only another process can show: other vector widths, and other ways of running the code. */
@Tag("process")
@Timeout(600)
class OtherProcessTest {
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void allCasesHoldAtEveryVectorWidth(int bits) throws Exception {
    String output = run(KernelCases.class, "-D" + Lanes.BITS_PROPERTY + "=" + bits);
    assertTrue(output.contains("checked at " + bits + " bits"), output);
  }

  /** NEON has vectors of 128 bits, and 32 registers for them. */
  @Test
  void allCasesHoldWithTheTilesOfNeon() throws Exception {
    String output =
        run(KernelCases.class, "-D" + Lanes.BITS_PROPERTY + "=128", "-Dos.arch=aarch64");
    assertTrue(output.contains("checked at 128 bits with the tiles of 32 registers"), output);
  }

  @Test
  void interpreterAndBothCompilersGiveTheSameBits() throws Exception {
    String compiled = run(BitsOfAllKernels.class, "-Drepeat=400");
    assertEquals(compiled, run(BitsOfAllKernels.class, "-Drepeat=1", "-Xint"));
    assertEquals(compiled, run(BitsOfAllKernels.class, "-Drepeat=20", "-XX:TieredStopAtLevel=1"));
  }

  private static String run(Class<?> main, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
