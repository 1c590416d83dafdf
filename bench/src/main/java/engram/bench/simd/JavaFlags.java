package engram.bench.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What of a Java runtime decides whether it vectorises.
 *
 * @param compiler C2, C1, Graal, none or another
 * @param problems what keeps it from vectors, each with what to do; empty where nothing does
 * @param module whether the Vector API is there
 */
record JavaFlags(String compiler, List<String> problems, boolean module) {
  private static final String MODULE = "jdk.incubator.vector";

  /** This one. */
  static JavaFlags here() {
    return of(
        System.getProperty("java.vm.name", "") + " " + System.getProperty("java.vm.info", ""),
        JavaFlags::flag,
        ModuleLayer.boot().findModule(MODULE).isPresent());
  }

  /**
   * A runtime by what it says of itself.
   *
   * @param vm name and mode of the virtual machine
   * @param flag value of a flag of HotSpot; empty where there is no such flag
   */
  static JavaFlags of(String vm, UnaryOperator<String> flag, boolean module) {
    boolean interpreted = vm.contains("interpreted mode");
    String top = flag.apply("TieredStopAtLevel");
    boolean c1 = !top.isEmpty() && Integer.parseInt(top) < 4 || vm.contains("Client");
    boolean graal =
        flag.apply("UseJVMCICompiler").equals("true")
            || vm.toLowerCase(Locale.ROOT).contains("graalvm");
    boolean hotSpot = !flag.apply("MaxVectorSize").isEmpty() || !top.isEmpty();
    List<String> problems = new ArrayList<>();
    if (interpreted) {
      problems.add("-Xint is set, so nothing is compiled: take it off");
    } else if (graal) {
      problems.add(
          "Graal compiles here; the Vector API is made for C2, and how much of it Graal knows"
              + " depends on its version: judge by the shares, or try  -XX:-UseJVMCICompiler");
    } else if (c1) {
      problems.add(
          "C1 compiles here and has no vectors (-XX:TieredStopAtLevel=%s): take the flag off"
              .formatted(top));
    } else if (!hotSpot) {
      problems.add("this is no HotSpot, for whose C2 the kernels are made: use a JDK with HotSpot");
    }
    if (!module) {
      problems.add("the Vector API is off: add  --add-modules " + MODULE);
    }
    for (String needed : List.of("UseSuperWord", "EnableVectorSupport")) {
      if (flag.apply(needed).equals("false") && (needed.equals("UseSuperWord") || module)) {
        problems.add("-XX:-%s is set or implied: take it off".formatted(needed));
      }
    }
    String compiler =
        interpreted ? "none" : graal ? "Graal" : c1 ? "C1" : hotSpot ? "C2" : "unknown";
    return new JavaFlags(compiler, problems, module);
  }

  /** A flag of this runtime that was given a value, such as {@code UseAVX}. */
  static Optional<String> stated(String name) {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("-XX:[+-]?" + name + "(=.*)?"))
        .reduce((first, second) -> second);
  }

  private static String flag(String name) {
    var flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return flags == null ? "" : flags.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return ""; // this runtime has no such flag
    }
  }
}
