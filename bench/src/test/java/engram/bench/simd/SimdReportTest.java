package engram.bench.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a runtime lacks is named, with the flag. */
class SimdReportTest {
  private static final String SERVER = "OpenJDK 64-Bit Server VM mixed mode, sharing";
  private static final Map<String, String> C2 =
      Map.of(
          "TieredStopAtLevel", "4",
          "MaxVectorSize", "32",
          "UseSuperWord", "true",
          "EnableVectorSupport", "true");

  private static JavaFlags flags(String vm, String name, String value, boolean module) {
    return JavaFlags.of(vm, flag -> flag.equals(name) ? value : C2.getOrDefault(flag, ""), module);
  }

  private static SimdReport report(JavaFlags flags, double vector, double plain, int bits) {
    return new SimdReport(
        flags,
        Optional.of(new SimdPeak(100, 256)),
        bits == 0 ? OptionalDouble.empty() : OptionalDouble.of(vector),
        plain,
        bits);
  }

  @Test
  void c2WithTheModuleLacksNothing() {
    SimdReport report = report(flags(SERVER, "", "", true), 95, 45, 256);
    assertTrue(report.vectorises());
    assertEquals(
        """
        compiler      C2, Vector API on, vectors of 256 bits
        FMA peak      100.0 GFLOP/s on one thread, 256 bits, in a Java of the right flags
        Vector API    95.00 GFLOP/s, 95.0 % of the peak
        plain loop    45.00 GFLOP/s, 45.0 % of the peak; multiply and add apart, half is all there is
        vectorises    yes\
        """,
        String.join("\n", report.lines()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OpenJDK 64-Bit Server VM interpreted mode | -                   | -     | true  | none | -Xint is set
          Server VM mixed mode                      | TieredStopAtLevel   | 1     | true  | C1   | (-XX:TieredStopAtLevel=1): take the flag off
          Server VM mixed mode                      | UseJVMCICompiler    | true  | true  | Graal | Graal compiles here
          Server VM mixed mode                      | -                   | -     | false | C2   | the Vector API is off: add  --add-modules jdk.incubator.vector
          Server VM mixed mode                      | UseSuperWord        | false | true  | C2   | -XX:-UseSuperWord
          Server VM mixed mode                      | EnableVectorSupport | false | true  | C2   | -XX:-EnableVectorSupport
          """)
  void whatKeepsItFromVectorsIsNamed(
      String vm, String flag, String value, boolean module, String compiler, String problem) {
    JavaFlags flags = flags(vm, flag, value, module);
    assertEquals(compiler, flags.compiler());
    assertTrue(flags.problems().getFirst().contains(problem), flags.problems()::toString);
  }

  @Test
  void narrowVectorsAndSlowOnesAreNamed() {
    JavaFlags right = flags(SERVER, "", "", true);
    String narrow = report(right, 45, 25, 128).problems().toString();
    assertTrue(narrow.contains("vectors are 128 bits wide here, the machine has 256"), narrow);
    String slow = report(right, 20, 45, 256).problems().toString();
    assertTrue(slow.contains("the Vector API is slower than it should be"), slow);
    String scalar = report(right, 95, 12, 256).problems().toString();
    assertTrue(scalar.contains("the plain loop is slower than it should be"), scalar);
  }

  /** Real runtimes: rates are not looked at, for they are those of a machine with other work. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -Xint --add-modules jdk.incubator.vector                      | none | -Xint is set
          -XX:TieredStopAtLevel=1 --add-modules jdk.incubator.vector    | C1   | (-XX:TieredStopAtLevel=1): take
          -XX:UseAVX=0 --add-modules jdk.incubator.vector               | C2   | vectors are 128 bits wide here
          -XX:UseAVX=0                                                  | C2   | the Vector API is off: add
          """)
  void aRuntimeThatIsStartedSoSaysSo(String flags, String compiler, String problem)
      throws IOException {
    if (flags.contains("UseAVX")) {
      assumeTrue(System.getProperty("os.arch").equals("amd64"));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags.split(" ")));
    command.addAll(List.of("-cp", classPath(), Said.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(said.contains("compiler " + compiler + "\n"), said);
    assertTrue(said.contains(problem), said);
  }

  private static String classPath() {
    return String.join(
        System.getProperty("path.separator"), place(SimdReport.class), place(SimdReportTest.class));
  }

  private static String place(Class<?> type) {
    return Path.of(
            java.net.URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  /** The other runtime's part: all but the rates, on a machine of 256 bits. */
  static final class Said {
    private Said() {}

    public static void main(String[] arguments) {
      JavaFlags flags = JavaFlags.here();
      int bits = flags.module() ? VectorLoop.bits() : 0;
      System.out.println("compiler " + flags.compiler());
      System.out.println(report(flags, 95, 45, bits).problems());
    }
  }
}
