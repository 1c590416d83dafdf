package engram.bench.simd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Does this Java runtime vectorise?
 *
 * @param flags which compiler, which flags
 * @param peak of the machine; empty where no other runtime could be started
 * @param vector rate of the loop of the Vector API, GFLOP/s; empty without its module
 * @param plain rate of the plain loop, GFLOP/s
 * @param bits width of this runtime's vectors; 0 without the module
 */
public record SimdReport(
    JavaFlags flags, Optional<SimdPeak> peak, OptionalDouble vector, double plain, int bits) {
  /** Of the peak. Below this the Vector API is not compiled to instructions. */
  static final double VECTOR_SHARE = 0.5;

  /** Of the peak, half of which is all that there is. Scalar code reaches at most an eighth. */
  static final double PLAIN_SHARE = 0.2;

  private static final long NANOS = 400_000_000;

  /** Until a compiler that is there has surely had its turn, beside other programs. */
  private static final long MOST_NANOS = 4_000_000_000L;

  /** Measures, in about two seconds; in more where the shares are not what they should be. */
  public static SimdReport measure() throws IOException, InterruptedException {
    JavaFlags flags = JavaFlags.here();
    Optional<SimdPeak> peak = SimdPeak.measure();
    double most = peak.map(SimdPeak::gigaflops).orElse(0.0);
    boolean compiled = flags.compiler().equals("C2");
    double plain =
        rate(
            2.0 * PlainLoop.STEPS * PlainLoop.NUMBERS,
            SimdReport::plainLoop,
            compiled ? PLAIN_SHARE * most : 0);
    if (!flags.module()) {
      return new SimdReport(flags, peak, OptionalDouble.empty(), plain, 0);
    }
    double vector =
        rate(
            2.0 * VectorLoop.STEPS * PlainLoop.NUMBERS,
            SimdReport::vectorLoop,
            compiled ? VECTOR_SHARE * most : 0);
    return new SimdReport(flags, peak, OptionalDouble.of(vector), plain, VectorLoop.bits());
  }

  private static void plainLoop(float[] x, float[] y, int runs) {
    for (int i = 0; i < runs; i++) {
      PlainLoop.run(x, y);
    }
  }

  private static void vectorLoop(float[] x, float[] y, int runs) {
    for (int i = 0; i < runs; i++) {
      VectorLoop.run(x, y);
    }
  }

  private interface Loop {
    void run(float[] x, float[] y, int runs);
  }

  /**
   * The best rate of short runs; the first of them are those in which the loop is compiled.
   *
   * @param enough goes on for longer until this is reached
   */
  private static double rate(double flops, Loop loop, double enough) {
    float[] x = new float[PlainLoop.NUMBERS];
    float[] y = new float[PlainLoop.NUMBERS];
    for (int i = 0; i < x.length; i++) {
      x[i] = i / (float) x.length;
    }
    double best = 0;
    long begin = System.nanoTime();
    long passed;
    int runs = 1;
    do {
      long start = System.nanoTime();
      loop.run(x, y, runs);
      long nanos = System.nanoTime() - start;
      best = Math.max(best, runs * flops / nanos);
      if (nanos < 200_000 && runs < 1000) {
        runs *= 2;
      }
      passed = System.nanoTime() - begin;
    } while (passed < NANOS || best < enough && passed < MOST_NANOS);
    return best;
  }

  /** Whether both kinds of loop reach what they should. */
  public boolean vectorises() {
    return problems().isEmpty();
  }

  /** What keeps it from vectors, each with what to do. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(flags.problems());
    peak.ifPresent(
        p -> {
          if (bits > 0 && bits < p.bits()) {
            String flag =
                JavaFlags.stated("UseAVX")
                    .or(() -> JavaFlags.stated("MaxVectorSize"))
                    .map(each -> ": take off  " + each)
                    .orElse("");
            problems.add(
                "vectors are %d bits wide here, the machine has %d%s"
                    .formatted(bits, p.bits(), flag));
          }
          boolean slow = vector.isPresent() && vector.getAsDouble() < VECTOR_SHARE * p.gigaflops();
          if (problems.isEmpty() && slow) {
            problems.add(
                "the Vector API is slower than it should be, and no flag says why: is another"
                    + " program running?");
          }
          if (problems.isEmpty() && plain < PLAIN_SHARE * p.gigaflops()) {
            problems.add(
                "the plain loop is slower than it should be, and no flag says why: is another"
                    + " program running?");
          }
        });
    return problems;
  }

  /** As lines of text; they are as long as they are. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "compiler      %s, %s"
            .formatted(
                switch (flags.compiler()) {
                  case "none" -> "none: every instruction is interpreted";
                  default -> flags.compiler();
                },
                bits == 0
                    ? "Vector API off"
                    : "Vector API on, vectors of %d bits".formatted(bits)));
    lines.add(
        peak.map(
                p ->
                    text(
                        "FMA peak      %.1f GFLOP/s on one thread, %d bits, in a Java of the right"
                            + " flags",
                        p.gigaflops(), p.bits()))
            .orElse("FMA peak      not measured: no other Java could be started"));
    lines.add("Vector API    " + (vector.isPresent() ? share(vector.getAsDouble()) : "not there"));
    lines.add(
        "plain loop    %s; multiply and add apart, half is all there is".formatted(share(plain)));
    List<String> problems = problems();
    lines.add("vectorises    " + (problems.isEmpty() ? "yes" : "no, or not as it should"));
    problems.forEach(problem -> lines.add("              " + problem));
    return lines;
  }

  private String share(double rate) {
    return peak.map(
            p -> text("%.2f GFLOP/s, %.1f %% of the peak", rate, 100 * rate / p.gigaflops()))
        .orElse(text("%.2f GFLOP/s", rate));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
