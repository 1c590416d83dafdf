package engram.bench.speed;

import engram.bench.measure.Roof;
import engram.bench.picture.ChartStyle;
import engram.bench.suite.Measurement;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * {@code roofline.png}: each measurement at its operations a byte and its operations a second,
 * under the two limits of the machine. Small declared cases are grey; what has the network's size
 * has its op's colour.
 */
final class RooflineChart {
  private static final Color SMALL = new Color(0xBBBBBB);

  private RooflineChart() {}

  /** Whether there is anything to draw: work with arithmetic, and known limits. */
  static boolean canDraw(List<Measurement> measurements) {
    return measurements.stream().anyMatch(RooflineChart::isPoint);
  }

  private static boolean isPoint(Measurement m) {
    return m.hasRoof() && m.cost().flops() > 0;
  }

  private static double intensity(Measurement m) {
    return (double) m.cost().flops() / m.cost().bytes();
  }

  /** The picture; needs {@link #canDraw}. */
  static BufferedImage draw(List<Measurement> measurements) {
    List<Measurement> points = measurements.stream().filter(RooflineChart::isPoint).toList();
    XYChart chart = new XYChartBuilder().width(1100).height(680).build();
    chart.setTitle("Roofline: how near each kernel is to what the machine allows");
    chart.setXAxisTitle("operations a byte");
    chart.setYAxisTitle("GFLOP/s");
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setMarkerSize(9);
    points.stream()
        .collect(
            Collectors.groupingBy(Measurement::limited, LinkedHashMap::new, Collectors.toList()))
        .forEach((limited, those) -> addRoof(chart, limited, those));
    Map<String, List<Measurement>> series =
        points.stream()
            .collect(
                Collectors.groupingBy(
                    RooflineChart::series, LinkedHashMap::new, Collectors.toList()));
    int index = 0;
    for (Map.Entry<String, List<Measurement>> entry : series.entrySet()) {
      boolean large = entry.getValue().getFirst().large();
      addPoints(
          chart,
          entry.getKey(),
          entry.getValue(),
          large ? ChartStyle.color(index) : SMALL,
          large ? ChartStyle.marker(index) : SeriesMarkers.CROSS);
      index += large ? 1 : 0;
    }
    return ChartStyle.render(chart);
  }

  private static String series(Measurement m) {
    return m.large() ? m.op() + ", " + m.device() : "small cases, " + m.device();
  }

  private static void addPoints(
      XYChart chart, String name, List<Measurement> points, Color color, Marker marker) {
    XYSeries series =
        chart.addSeries(
            name,
            points.stream().mapToDouble(RooflineChart::intensity).toArray(),
            points.stream().mapToDouble(Measurement::gigaflops).toArray());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(marker);
    series.setMarkerColor(color);
  }

  /** The highest limits that any process saw of a processor or device. */
  private static void addRoof(XYChart chart, String limited, List<Measurement> points) {
    Roof roof =
        new Roof(
            points.stream().mapToDouble(m -> m.roof().gigaflops()).max().orElse(1),
            points.stream().mapToDouble(m -> m.roof().gigabytes()).max().orElse(1));
    double ridge = roof.gigaflops() / roof.gigabytes();
    double low =
        Math.min(ridge, points.stream().mapToDouble(RooflineChart::intensity).min().orElse(1));
    double high =
        Math.max(2 * ridge, points.stream().mapToDouble(RooflineChart::intensity).max().orElse(1));
    double[] x = {low, ridge, high};
    XYSeries line =
        chart.addSeries(
            String.format(
                Locale.ROOT,
                "%s: %.0f GFLOP/s, %.0f GB/s",
                limited,
                roof.gigaflops(),
                roof.gigabytes()),
            x,
            new double[] {roof.attainable(low), roof.attainable(ridge), roof.attainable(high)});
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(ChartStyle.INK);
    line.setLineStyle(new BasicStroke(2));
  }
}
