package engram.bench.assembly;

import engram.backend.Backend;
import engram.bench.suite.BenchCase;
import engram.bench.suite.BenchCases;
import engram.device.Devices;
import engram.inspect.CaseRun;

/** The other runtime's part: one case on one thread until it is surely compiled. */
final class HotCase {
  private HotCase() {}

  /** Takes the name of a case and seconds. */
  public static void main(String[] arguments) {
    BenchCase benchCase = BenchCases.ofOp(arguments[0]).getFirst();
    long end = System.nanoTime() + (long) (1e9 * Double.parseDouble(arguments[1]));
    try (Backend backend = Devices.open("vector", 1, line -> {})) {
      CaseRun run = new CaseRun(benchCase.opCase(), backend);
      while (System.nanoTime() < end) {
        run.kernel().run();
      }
      backend.finish();
    }
  }
}
