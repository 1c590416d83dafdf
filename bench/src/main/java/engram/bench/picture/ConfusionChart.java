package engram.bench.picture;

import engram.cl.metrics.Confusion;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;

/** {@code confusion_STRATEGY.png}: what each class was taken for, in percent of its images. */
public final class ConfusionChart {
  private static final int CELL = 18;

  private static final Color TASK_LINE = new Color(0x999999);
  private static final Color[] BLUES = {
    Color.WHITE, new Color(0xC6DBEF), new Color(0x6BAED6), new Color(0x2171B5), new Color(0x08306B),
  };

  private ConfusionChart() {}

  /**
   * The picture.
   *
   * @param labelNames name of the class behind each label
   * @param firstLabels first label of each task
   */
  public static BufferedImage draw(
      String strategy, Confusion confusion, List<String> labelNames, List<Integer> firstLabels) {
    int n = confusion.classes();
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(Math.max(640, n * CELL + 330))
            .height(Math.max(520, n * CELL + 300))
            .build();
    chart.setTitle("%s: confusion after the last task, %% of each class".formatted(strategy));
    chart.setXAxisTitle("predicted class");
    chart.setYAxisTitle("actual class  (lines part the tasks)");
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setAxisTickLabelsFont(ChartStyle.font(Font.PLAIN, 10));
    chart.getStyler().setXAxisTickMarkSpacingHint(1); // every class has its label
    chart.getStyler().setXAxisLabelRotation(90);
    chart.getStyler().setXAxisLabelAlignmentVertical(TextAlignment.Right);
    chart.getStyler().setPlotContentSize(1);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setRangeColors(colors());
    chart.getStyler().setMin(0).setMax(100);
    List<String> downwards = new ArrayList<>(labelNames.subList(0, n)).reversed();
    List<Number[]> cells = new ArrayList<>();
    for (int actual = 0; actual < n; actual++) {
      int images = confusion.images(actual);
      for (int predicted = 0; predicted < n; predicted++) {
        double percent = images == 0 ? 0 : 100.0 * confusion.count(actual, predicted) / images;
        cells.add(new Number[] {predicted, n - 1 - actual, percent});
      }
    }
    // The lines between tasks lie on a number scale over the grid, cell k from k to k + 1.
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) n);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax((double) n);
    chart.getStyler().setAnnotationLineColor(TASK_LINE);
    chart.getStyler().setAnnotationLineStroke(new BasicStroke(1));
    for (int first : firstLabels.stream().filter(f -> f > 0 && f < n).toList()) {
      chart.addAnnotation(new AnnotationLine(first, true, false));
      chart.addAnnotation(new AnnotationLine(n - first, false, false));
    }
    chart.addSeries("percent", labelNames.subList(0, n), downwards, cells);
    return ChartStyle.render(chart);
  }

  /**
   * White to dark blue over the square root of the percentage: an error of one image in a hundred
   * can be seen, and the scale beside the picture says what it is.
   */
  private static Color[] colors() {
    Color[] colors = new Color[33];
    for (int i = 0; i < colors.length; i++) {
      double place = Math.sqrt(i / (colors.length - 1.0)) * (BLUES.length - 1);
      int below = Math.min((int) place, BLUES.length - 2);
      colors[i] = mix(BLUES[below], BLUES[below + 1], place - below);
    }
    return colors;
  }

  private static Color mix(Color a, Color b, double share) {
    return new Color(
        (int) Math.round(a.getRed() + share * (b.getRed() - a.getRed())),
        (int) Math.round(a.getGreen() + share * (b.getGreen() - a.getGreen())),
        (int) Math.round(a.getBlue() + share * (b.getBlue() - a.getBlue())));
  }
}
