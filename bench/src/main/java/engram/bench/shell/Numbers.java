package engram.bench.shell;

import engram.tensor.Shape;
import java.util.Locale;

/** The numbers of a tensor as text, a line for each row. */
final class Numbers {
  private static final int MOST_ROWS = 8;
  private static final int MOST_COLUMNS = 7;

  private Numbers() {}

  /** The first rows and columns; dots where there are more. Fits 80 columns. */
  static String table(Shape shape, float[] values) {
    int columns = shape.dim(-1);
    int rows = values.length / columns;
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < Math.min(rows, MOST_ROWS); r++) {
      for (int c = 0; c < Math.min(columns, MOST_COLUMNS); c++) {
        text.append(String.format(Locale.ROOT, "%10.4g", values[r * columns + c]));
      }
      text.append(columns > MOST_COLUMNS ? " ...\n" : "\n");
    }
    return text.append(rows > MOST_ROWS ? "       ...\n" : "").toString();
  }
}
