package engram.bench.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Spreads the units of a plan over machines that it finds itself. The one on the class path is
 * used, as {@link ServiceLoader} finds it; bench/spark has one for Apache Spark.
 */
public interface SweepEngine {

  /**
   * What is asked of it.
   *
   * @param on the machines, as the engine names them, such as {@code local[2]}
   * @param to folder of the sweep as the engine names it; its files are those of {@link
   *     SweepFolder}
   * @param threads of each unit; empty for the engine's own choice
   * @param retry whether broken units are tried anew
   */
  record Order(SweepPlan plan, String on, String to, Optional<Integer> threads, boolean retry) {}

  /**
   * Runs all units that are not finished, each by a {@link UnitRunner}.
   *
   * @param screen takes how far it is
   * @return the exit code
   * @throws IOException if the machines or the folder cannot be had
   */
  int run(Order order, PrintWriter screen) throws IOException;

  /** The engine on the class path. */
  static Optional<SweepEngine> find() {
    return ServiceLoader.load(SweepEngine.class, SweepEngine.class.getClassLoader()).findFirst();
  }
}
