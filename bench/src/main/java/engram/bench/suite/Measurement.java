package engram.bench.suite;

import engram.bench.measure.Roof;
import engram.op.Cost;

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
    Roof roof) {

  /**
   * Seconds of one run.
   *
   * @param median of all iterations of all forks
   * @param fastest iteration
   * @param slowest iteration
   * @param forks processes
   * @param iterations of all processes together
   */
  public record Times(double median, double fastest, double slowest, int forks, long iterations) {}

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
    return new Measurement(name, detail, large, device, threads, times, cost, other);
  }

  /** What comes before the slash. */
  public String op() {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** Billions of operations a second. */
  public double gigaflops() {
    return cost.flops() / times.median / 1e9;
  }

  /** Billions of bytes a second, if every operand moves once. */
  public double gigabytes() {
    return cost.bytes() / times.median / 1e9;
  }

  /** Whether the limits are known. */
  public boolean hasRoof() {
    return roof.gigaflops() > 0 && roof.gigabytes() > 0;
  }

  /** Percent of the limit that binds this work. */
  public double percent() {
    return 100 * roof.share(cost, times.median);
  }

  /** {@code fma} or {@code memory}: the limit that binds. */
  public String bound() {
    return roof.boundByArithmetic(cost) ? "fma" : "memory";
  }
}
