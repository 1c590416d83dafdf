package engram.bench.measure;

import engram.backend.vector.run.Lanes;
import engram.bench.record.Environment;
import java.util.Locale;

/** What measurements were made on, in one line each: they mean nothing without. */
public record Machine(String processor, String java, String vectors) {

  /** This machine and this process. */
  public static Machine here() {
    return new Machine(
        "%s, %d processors, %s %s"
            .formatted(
                Environment.cpuModel().orElse("unknown processor"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch")),
        "%s (%s %s)"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vendor")),
        vectorsHere());
  }

  private static String vectorsHere() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "Vector API off";
    }
    int lanes = Lanes.COUNT;
    return String.format(Locale.ROOT, "float32 x %d, %d bit", lanes, 32 * lanes);
  }

  /** As a header of text lines. */
  @Override
  public String toString() {
    return "machine   %s%nJDK       %s%nspecies   %s".formatted(processor, java, vectors);
  }
}
