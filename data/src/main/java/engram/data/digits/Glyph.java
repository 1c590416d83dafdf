package engram.data.digits;

import java.util.Arrays;
import java.util.List;

/**
 * One way to write a digit: curves in a box of 100 x 100, y down.
 *
 * @param curves in the order of writing
 */
record Glyph(List<Curve> curves) {

  /**
   * A smooth curve through points.
   *
   * @param points [point, x or y]
   * @param lifted whether the pen was lifted before it; if not, it begins where the last one ended
   */
  record Curve(double[][] points, boolean lifted) {}

  /**
   * Points are "x y"; a comma goes on smoothly, a semicolon turns a corner, a bar lifts the pen.
   */
  private static final List<List<Glyph>> DIGITS =
      List.of(
          digit(
              "60 4, 30 12, 8 40, 8 70, 30 97, 60 97, 88 70, 90 35, 72 10, 52 5",
              "72 12, 40 4, 12 30, 8 65, 28 95, 62 96, 90 65, 88 28, 62 8, 34 16",
              "38 8, 14 34, 12 70, 40 99, 76 84, 88 46, 74 12, 44 4, 26 16"),
          digit(
              "50 0, 51 50, 50 100",
              "26 26, 55 0; 53 50, 52 100",
              "30 20, 52 0; 52 100 | 24 99, 80 98"),
          digit(
              "14 26, 38 3, 74 8, 82 32, 58 64, 14 97; 50 95, 92 96",
              "12 28, 38 3, 74 8, 80 34, 55 70, 24 95, 8 86, 22 75, 55 90, 94 90",
              "18 14, 50 2, 80 18, 70 46, 42 74, 10 98; 46 90, 90 99"),
          digit(
              "15 15, 50 2, 80 18, 68 40, 36 48; 74 58, 84 80, 55 99, 12 88",
              "14 5, 80 5; 42 42; 78 56, 80 86, 45 100, 10 88",
              "18 18, 45 2, 76 14, 70 40, 40 48, 52 50, 80 64, 78 90, 46 100, 12 86"),
          digit(
              "26 0, 20 30, 14 56; 50 57, 88 54 | 70 22, 66 60, 64 100",
              "64 0, 40 30, 8 66; 50 66, 94 64 | 64 2, 64 50, 63 100",
              "20 4, 14 40, 42 54, 78 44; 84 2; 78 50, 72 100"),
          digit(
              "82 3, 26 4; 20 42; 54 36, 86 60, 72 92, 36 99, 10 88",
              "30 5, 24 46; 60 40, 84 65, 65 95, 14 92 | 30 5, 58 4, 88 5",
              "84 8, 45 3, 22 24, 42 44, 72 58, 78 82, 48 100, 12 88"),
          digit(
              "70 3, 35 25, 12 60, 20 92, 52 100, 82 84, 76 60, 48 52, 18 70",
              "60 0, 26 40, 14 76, 38 100, 72 92, 78 66, 50 56, 20 76",
              "46 0, 22 42, 10 74, 30 99, 64 94, 70 68, 44 58, 14 74"),
          digit(
              "10 8, 50 7, 88 5; 58 48, 38 100",
              "10 8, 50 8, 88 6; 60 48, 42 100 | 30 52, 80 49",
              "12 24, 16 6; 50 9, 86 6; 68 44, 58 100"),
          digit(
              "76 16, 46 2, 20 20, 40 44, 76 66, 70 94, 40 100, 16 80, 40 53, 74 30, 72 12",
              "50 2, 22 14, 28 40, 50 47, 74 38, 76 12, 48 2 | 50 47, 18 62, 20 92, 50 100, 80 92,"
                  + " 82 62, 48 47",
              "50 48, 22 30, 36 4, 68 6, 74 30, 50 48, 20 70, 30 97, 68 98, 80 72, 50 48"),
          digit(
              "78 24, 50 4, 20 20, 22 45, 50 52, 76 36, 80 16; 76 60, 72 100",
              "76 20, 48 3, 18 22, 30 48, 60 44, 78 20, 78 56, 62 90, 24 98",
              "82 8, 40 6, 18 30, 40 48, 72 32, 82 8; 70 56, 58 100"));

  /** The ways to write {@code digit}. */
  static List<Glyph> of(int digit) {
    return DIGITS.get(digit);
  }

  private static List<Glyph> digit(String... ways) {
    return Arrays.stream(ways).map(Glyph::parse).toList();
  }

  private static Glyph parse(String text) {
    return new Glyph(
        Arrays.stream(text.split("\\|")).flatMap(run -> curves(run.split(";")).stream()).toList());
  }

  /** The curves of one run of the pen; each but the first begins where the last one ended. */
  private static List<Curve> curves(String[] parts) {
    Curve[] curves = new Curve[parts.length];
    String end = "";
    for (int i = 0; i < parts.length; i++) {
      curves[i] = new Curve(points(end + parts[i]), i == 0);
      end = parts[i].substring(parts[i].lastIndexOf(',') + 1) + ",";
    }
    return List.of(curves);
  }

  private static double[][] points(String text) {
    return Arrays.stream(text.split(","))
        .map(point -> Arrays.stream(point.strip().split(" ")).mapToDouble(Double::parseDouble))
        .map(point -> point.toArray())
        .toArray(double[][]::new);
  }
}
