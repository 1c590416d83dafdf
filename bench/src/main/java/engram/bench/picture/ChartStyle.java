package engram.bench.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How all pictures look. */
public final class ChartStyle {
  /** Paints nothing. */
  public static final Color CLEAR = new Color(255, 255, 255, 0);

  public static final Color INK = new Color(0x222222);

  private static final Color GRID = new Color(0xE3E3E3);

  /** Pixels of the picture for each unit of the chart: sharp on screens of high density. */
  private static final int SCALE = 2;

  /** Told apart with any colour vision (Okabe and Ito 2008); yellow is too pale for a line. */
  private static final Color[] COLORS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0xE69F00),
    new Color(0x000000),
  };

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.TRIANGLE_DOWN,
  };

  private ChartStyle() {}

  /** Colour of the series at {@code index}; colour and marker together repeat after 35. */
  public static Color color(int index) {
    return COLORS[index % COLORS.length];
  }

  public static Marker marker(int index) {
    return MARKERS[index % MARKERS.length];
  }

  public static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** White ground, thin grid, no boxes. */
  public static void apply(AxesChartStyler style) {
    style.setLocale(Locale.ROOT);
    style.setBaseFont(font(Font.PLAIN, 13));
    style.setChartTitleFont(font(Font.BOLD, 16));
    style.setAxisTitleFont(font(Font.PLAIN, 13));
    style.setAxisTickLabelsFont(font(Font.PLAIN, 12));
    style.setLegendFont(font(Font.PLAIN, 13));
    style.setChartFontColor(INK);
    style.setAxisTickLabelsColor(INK);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setLegendBorderColor(CLEAR);
    style.setLegendBackgroundColor(CLEAR);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setAxisTickMarksColor(GRID);
    style.setChartTitlePadding(12);
    style.setChartPadding(14);
    style.setPlotContentSize(0.98);
  }

  public static BufferedImage render(IChart chart) {
    BufferedImage image =
        new BufferedImage(
            SCALE * chart.getWidth(), SCALE * chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
    return image;
  }
}
