package engram.bench.compare;

import engram.bench.file.CsvOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Two folders row by row.
 *
 * @param lines rows that both have, in the order of A
 * @param onlyA rows that A alone has
 * @param onlyB rows that B alone has
 */
record Comparison(List<Line> lines, List<BenchFolder.Row> onlyA, List<BenchFolder.Row> onlyB) {

  /**
   * One row.
   *
   * @param a times of A's processes, microseconds
   * @param b of B's
   */
  record Line(BenchFolder.Row row, List<Double> a, List<Double> b, Shift shift) {

    /** Of A's processes, microseconds. */
    double medianA() {
      return median(a);
    }

    /** Of B's processes, microseconds. */
    double medianB() {
      return median(b);
    }

    private static double median(List<Double> times) {
      List<Double> sorted = times.stream().sorted().toList();
      int size = sorted.size();
      return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }

    String verdict() {
      return shift.verdict().name().toLowerCase(Locale.ROOT);
    }
  }

  static Comparison of(BenchFolder a, BenchFolder b) {
    List<Line> lines = new ArrayList<>();
    for (Map.Entry<BenchFolder.Row, List<Double>> row : a.rows().entrySet()) {
      if (b.rows().containsKey(row.getKey())) {
        List<Double> ofB = Objects.requireNonNull(b.rows().get(row.getKey()));
        lines.add(new Line(row.getKey(), row.getValue(), ofB, Shift.of(row.getValue(), ofB)));
      }
    }
    return new Comparison(lines, missing(a, b), missing(b, a));
  }

  private static List<BenchFolder.Row> missing(BenchFolder from, BenchFolder in) {
    return from.rows().keySet().stream().filter(row -> !in.rows().containsKey(row)).toList();
  }

  long count(Shift.Verdict verdict) {
    return lines.stream().filter(line -> line.shift.verdict() == verdict).count();
  }

  /** Rows that have too few processes to be called. */
  List<Line> tooFew() {
    return lines.stream().filter(line -> !Shift.suffices(line.a.size(), line.b.size())).toList();
  }

  /** As a table; an end of an interval that is not known is empty. */
  CsvOut csv() {
    CsvOut table =
        new CsvOut(
            "name,device,threads,forks_a,forks_b,median_a_us,median_b_us,verdict,change_percent,"
                + "low_percent,high_percent");
    for (Line line : lines) {
      table.add(
          line.row.name(),
          line.row.device(),
          line.row.threads(),
          line.a.size(),
          line.b.size(),
          "%.4f".formatted(line.medianA()),
          "%.4f".formatted(line.medianB()),
          line.verdict(),
          percent(line.shift.ratio()),
          percent(line.shift.low()),
          percent(line.shift.high()));
    }
    return table;
  }

  private static String percent(double ratio) {
    return ratio > 0 && Double.isFinite(ratio) ? "%.2f".formatted(100 * (ratio - 1)) : "";
  }
}
