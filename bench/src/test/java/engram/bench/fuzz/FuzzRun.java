package engram.bench.fuzz;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Fuzzing for hours, on as many processors as there are: a process for each, with a seed of its
 * own, all with one folder.
 *
 * <pre>
 * java -cp ... engram.bench.fuzz.FuzzRun FOLDER SEED [SECONDS [PARSER]]
 * </pre>
 *
 * <p>{@code FOLDER/total.txt} is what all processes did and found so far. A fault stops nothing;
 * what led to it is kept in the folder.
 */
public final class FuzzRun {
  /** Of the processor, for a parser before it is the turn of the next. */
  private static final double TURN = Double.parseDouble(System.getProperty("fuzz.turn", "2"));

  /** A round of a slow parser is whole, too, so that it gets a fair number of inputs. */
  private static final Duration LONGEST_ROUND =
      Duration.ofSeconds(Long.getLong("fuzz.longest", 120));

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private FuzzRun() {}

  /**
   * Runs until the time is up.
   *
   * @param args folder, seed, seconds, beginning of the names of parsers
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    long seed = Long.parseLong(args[1]);
    long seconds = args.length > 2 ? Long.parseLong(args[2]) : Long.MAX_VALUE / 1_000_000_000;
    String only = args.length > 3 ? args[3] : "";
    Path own = folder.resolve("seed-%d.tsv".formatted(seed));
    if (Files.exists(own)) {
      System.err.printf("%s is there: give another seed, or these inputs count twice%n", own);
      System.exit(2);
    }
    Path inputs = InMemory.folder();
    try {
      List<FuzzTarget> targets =
          FuzzTargets.all(inputs).stream().filter(t -> t.name().startsWith(only)).toList();
      Totals totals = run(targets, folder, seed, Duration.ofSeconds(seconds));
      System.out.print(totals);
    } finally {
      InMemory.delete(inputs);
    }
    System.exit(0); // a parser that hangs holds its thread
  }

  private static Totals run(List<FuzzTarget> targets, Path folder, long seed, Duration time)
      throws IOException, InterruptedException {
    Totals totals = new Totals();
    long[] rounds = new long[targets.size()];
    long start = System.nanoTime();
    // Processes begin with different parsers.
    for (int i = Math.floorMod(7 * seed, targets.size());
        System.nanoTime() - start < time.toNanos();
        i = (i + 1) % targets.size()) {
      FuzzTarget target = targets.get(i);
      Fuzzer fuzzer = new Fuzzer(target, folder.resolve("found"));
      double turn = 0;
      while (turn < TURN) {
        long processor = PROCESS.getProcessCpuTime();
        Fuzzer.Outcome outcome = fuzzer.round(seed, rounds[i]++, LONGEST_ROUND);
        double took = (PROCESS.getProcessCpuTime() - processor) / 1e9;
        totals.add(target.name(), outcome, took);
        turn += outcome.fault().isPresent() ? TURN : took;
      }
      totals.write(folder.resolve("seed-%d.tsv".formatted(seed)));
      Totals.replace(folder.resolve("total.txt"), Totals.of(folder).toString());
    }
    return totals;
  }
}
