package engram.bench.picture;

import engram.cl.metrics.Estimate;
import engram.cl.result.StrategySummary;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** {@code results.png}: accuracy after each task, a line a strategy, a band where seeds differ. */
public final class AccuracyChart {
  /** More bands than these hide each other. */
  private static final int MOST_BANDS = 6;

  private static final BasicStroke SOLID =
      new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private AccuracyChart() {}

  /**
   * The picture.
   *
   * @param seenClasses number of classes met after each task
   */
  public static BufferedImage draw(List<StrategySummary> summaries, List<Integer> seenClasses) {
    XYChart chart = new XYChartBuilder().width(900).height(560).build();
    chart.setTitle("Accuracy on all classes seen so far");
    chart.setXAxisTitle("after task  (classes seen)");
    chart.setYAxisTitle("accuracy, %" + meaningOfBand(summaries));
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setLegendSeriesLineLength(28);
    chart.getStyler().setMarkerSize(8);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    chart.getStyler().setPlotContentSize(0.95); // first and last task stand off the border
    chart.getStyler().setXAxisTickLabelsFormattingFunction(x -> taskLabel(x, seenClasses));
    chart.getStyler().setYAxisDecimalPattern("0");
    // Bands first, so that every line lies above every band.
    for (int i = 0; i < summaries.size() && summaries.size() <= MOST_BANDS; i++) {
      addBand(chart, summaries.get(i), ChartStyle.color(i));
    }
    for (int i = 0; i < summaries.size(); i++) {
      addLine(chart, summaries.get(i), i);
    }
    return ChartStyle.render(chart);
  }

  private static void addLine(XYChart chart, StrategySummary summary, int index) {
    double[] means = summary.accuracy().stream().mapToDouble(Estimate::mean).toArray();
    XYSeries line = chart.addSeries(summary.strategy(), tasks(means.length), means);
    line.setMarker(ChartStyle.marker(index));
    line.setMarkerColor(ChartStyle.color(index));
    line.setLineColor(ChartStyle.color(index));
    line.setLineStyle(SOLID);
  }

  private static void addBand(XYChart chart, StrategySummary summary, Color color) {
    List<Estimate> points = summary.accuracy();
    if (points.size() < 2 || points.getFirst().halfWidth().isEmpty()) {
      return;
    }
    int n = points.size();
    double[] x = new double[2 * n];
    double[] y = new double[2 * n];
    for (int t = 0; t < n; t++) {
      double half = points.get(t).halfWidth().orElse(0);
      x[t] = t + 1;
      y[t] = Math.min(100, points.get(t).mean() + half);
      x[2 * n - 1 - t] = t + 1;
      y[2 * n - 1 - t] = Math.max(0, points.get(t).mean() - half);
    }
    XYSeries band = chart.addSeries(summary.strategy() + " 95 %", x, y);
    band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    band.setMarker(SeriesMarkers.NONE);
    band.setLineStyle(new BasicStroke(0));
    band.setLineColor(ChartStyle.CLEAR);
    band.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 40));
    band.setShowInLegend(false);
  }

  private static String meaningOfBand(List<StrategySummary> summaries) {
    int seeds = summaries.stream().mapToInt(s -> s.average().count()).max().orElse(1);
    if (seeds == 1) {
      return "";
    }
    return summaries.size() > MOST_BANDS
        ? "  (mean of %s seeds; intervals: summary.md)".formatted(seeds)
        : "  (mean of %s seeds, band: 95 %% interval)".formatted(seeds);
  }

  private static double[] tasks(int count) {
    return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
  }

  /** {@code "3 (27)"} at task 3, nothing between tasks. */
  private static String taskLabel(double x, List<Integer> seenClasses) {
    int task = (int) Math.rint(x);
    boolean isTask = Math.abs(x - task) < 1e-9 && task >= 1 && task <= seenClasses.size();
    return isTask ? "%s  (%s)".formatted(task, seenClasses.get(task - 1)) : " ";
  }
}
