package engram.bench.suite;

import engram.bench.measure.Roof;
import engram.op.Cost;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of the table.
 *
 * @param name what was measured, such as {@code conv2d/3}
 * @param detail attributes and shapes
 * @param large whether it has a size at which speed matters
 * @param device where it ran
 * @param threads with how many threads
 * @param times what JMH's iterations say
 * @param cost what one run asks of the machine
 * @param allocated bytes of the heap that one run takes, as JMH's profiler counts them, which adds
 *     a little of JMH's own
 * @param roof the limits measured in the same processes; zeros without the Vector API
 */
public record Measurement(
    String name,
    String detail,
    boolean large,
    String device,
    int threads,
    Times times,
    Cost cost,
    double allocated,
    Roof roof) {

  /**
   * Seconds of one run.
   *
   * @param forks of each process the iterations
   */
  public record Times(List<List<Double>> forks) {
    public Times {
      forks = forks.stream().map(List::copyOf).toList();
    }

    /** Of all iterations of all processes. */
    public double median() {
      return median(all());
    }

    /** The fastest iteration. */
    public double fastest() {
      return all().min(Double::compare).orElseThrow();
    }

    /** The slowest iteration. */
    public double slowest() {
      return all().max(Double::compare).orElseThrow();
    }

    /** Iterations of all processes together. */
    public long iterations() {
      return all().count();
    }

    /** Of each process the median of its iterations: what two measurements are compared by. */
    public List<Double> forkMedians() {
      return forks.stream().map(fork -> median(fork.stream())).toList();
    }

    private Stream<Double> all() {
      return forks.stream().flatMap(List::stream);
    }

    private static double median(Stream<Double> seconds) {
      double[] sorted = seconds.mapToDouble(s -> s).sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1
          ? sorted[middle]
          : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
  }

  /** This measurement and that of other processes of the same job. */
  public Measurement and(Measurement other) {
    List<List<Double>> forks =
        Stream.concat(times.forks.stream(), other.times.forks.stream()).toList();
    return new Measurement(
        name,
        detail,
        large,
        device,
        threads,
        new Times(forks),
        cost,
        Math.max(allocated, other.allocated),
        roof.and(other.roof));
  }

  /** Whether a device has limits of its own: processors differ by threads alone. */
  static boolean isOpenCl(String device) {
    return device.startsWith("opencl");
  }

  /** What the limits are those of, such as {@code processor, 2 threads}. */
  public String limited() {
    return isOpenCl(device)
        ? device
        : "processor, %s thread%s".formatted(threads, threads == 1 ? "" : "s");
  }

  /** This measurement against other limits. */
  public Measurement under(Roof other) {
    return new Measurement(name, detail, large, device, threads, times, cost, allocated, other);
  }

  /** What comes before the slash. */
  public String op() {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** Billions of operations a second. */
  public double gigaflops() {
    return cost.flops() / times.median() / 1e9;
  }

  /** Billions of bytes a second, if every operand moves once. */
  public double gigabytes() {
    return cost.bytes() / times.median() / 1e9;
  }

  /** Whether the limits are known. */
  public boolean hasRoof() {
    return roof.gigaflops() > 0 && roof.gigabytes() > 0;
  }

  /** Percent of the limit that binds this work. */
  public double percent() {
    return 100 * roof.share(cost, times.median());
  }

  /** {@code fma} or {@code memory}: the limit that binds. */
  public String bound() {
    return roof.boundByArithmetic(cost) ? "fma" : "memory";
  }
}
