package engram.bench.assembly;

import engram.bench.console.Columns;
import engram.bench.console.Lines;
import engram.bench.suite.BenchCase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints the counts of each hot loop that a case runs. */
public final class AssemblyRun {
  /** What is looked at where nobody says what. */
  public static final List<String> USUAL =
      List.of("matmul/net-4", "fused_conv2d/net-1", "conv2d.weight_gradient/net-1");

  private static final String KERNELS = "engram.backend.vector.*::*";

  private AssemblyRun() {}

  /**
   * Looks at each case.
   *
   * @param seconds that each runs
   * @return whether there is a disassembler
   */
  public static boolean run(PrintWriter out, List<BenchCase> cases, double seconds)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "instructions", "fma", "loads", "stores", "spills"));
    for (BenchCase each : cases) {
      Listing listing = Listing.read(printed(each, seconds));
      if (!listing.disassembled()) {
        out.print(Lines.wrapped(missing(), 2));
        return false;
      }
      List<HotLoop> loops =
          listing.methods().entrySet().stream()
              .flatMap(method -> HotLoop.of(method.getKey(), method.getValue()).stream())
              .sorted(Comparator.comparingInt(HotLoop::fma).reversed())
              .toList();
      rows.add(
          List.of(
              each.id() + (loops.isEmpty() ? ": no loop compiled yet, give it more --seconds" : ""),
              "",
              "",
              "",
              "",
              ""));
      loops.forEach(loop -> rows.add(row(loop)));
    }
    out.print(Columns.figures(rows, 2));
    out.println();
    out.print(
        Lines.wrapped(
            "Each line is the innermost loop of a method with the most multiply-adds, as C2"
                + " compiled it. Loads within a multiply-add count. Spills are reads and writes of"
                + " the stack: what found no register.",
            0));
    return true;
  }

  private static List<String> row(HotLoop loop) {
    String name = loop.method().replaceFirst(".*\\.(?=[^.]*::)", "");
    return List.of(
        "  " + name,
        String.valueOf(loop.instructions()),
        String.valueOf(loop.fma()),
        String.valueOf(loop.loads()),
        String.valueOf(loop.stores()),
        String.valueOf(loop.spills()));
  }

  private static String printed(BenchCase benchCase, double seconds) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=print," + KERNELS,
                "-cp",
                System.getProperty("java.class.path"),
                HotCase.class.getName(),
                benchCase.id(),
                String.valueOf(seconds))
            .redirectErrorStream(true)
            .start();
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Where a disassembler is to be had, and where it goes. */
  static String missing() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String ending = os.contains("win") ? ".dll" : os.contains("mac") ? ".dylib" : ".so";
    String file = "hsdis-" + System.getProperty("os.arch").replace("x86_64", "amd64") + ending;
    return """
    engram: this Java has no disassembler, so compiled code is bytes.
      It is one file, %s, for %s
      Java's sources build it: configure --with-hsdis=capstone, make build-hsdis.
      Built ones are at https://chriswhocodes.com/hsdis
      (Debian's libhsdis0-fcml is for Java 8 to 13 and is not used by this one.)\
    """
        .formatted(file, Path.of(System.getProperty("java.home"), "lib"));
  }
}
