package engram.data.digits;

import engram.data.synthetic.Dice;
import engram.data.synthetic.Noise;
import java.util.ArrayList;
import java.util.List;

/**
 * How a writer writes: which way of each digit, how slanted, how wide, with what pen. Every digit
 * that the writer writes differs a little from the last.
 *
 * <p>How hard the data set is stands in the constants here and nowhere else. "Bell" is a standard
 * deviation, "spread" that of a logarithm; lengths are hundredths of a digit's height.
 */
final class Hand {

  /** Writers against each other: bend of shapes, slant, turn in radians, width over height. */
  private static final double BEND = 6;

  private static final double SLANT = 0.13;
  private static final double TURN = 0.05;
  private static final double WIDTH_SPREAD = 0.13;

  /** The same, one writer's digits against each other. */
  private static final double BEND_AGAIN = 3.5;

  private static final double SLANT_AGAIN = 0.05;
  private static final double TURN_AGAIN = 0.04;
  private static final double WIDTH_SPREAD_AGAIN = 0.07;

  /** Length over which bends change. */
  private static final double BEND_LENGTH = 80;

  /** Where the pen lands after it was lifted, against where it should: bell. */
  private static final double LANDING = 3;

  /** Points of a curve from one given point to the next. */
  private static final int STEPS = 8;

  private final long key;
  private final double slant;
  private final double turn;
  private final double width;
  private final double pen;

  Hand(Dice dice) {
    key = dice.bits();
    slant = 0.15 + SLANT * dice.bell();
    turn = TURN * dice.bell();
    width = dice.around(0.74, WIDTH_SPREAD);
    pen = dice.around(Pen.RADIUS, Pen.RADIUS_SPREAD);
  }

  /** Writes {@code digit} once more; {@code take} tells one time from another. */
  void write(int digit, int take, byte[] pixels, int at) {
    List<Glyph> ways = Glyph.of(digit);
    Glyph glyph = ways.get(Dice.of(key, digit).below(ways.size()));
    Dice dice = Dice.of(key, digit, take + 1);
    new Pen(pen * dice.around(1, 0.1), dice).ink(bend(glyph, digit, dice), pixels, at);
  }

  /** Lines of points [point, x or y], as this hand would write the glyph. */
  private List<double[][]> bend(Glyph glyph, int digit, Dice dice) {
    long habit = Dice.of(key, digit, 0).bits();
    long mood = dice.bits();
    double lean = slant + SLANT_AGAIN * dice.bell();
    double angle = turn + TURN_AGAIN * dice.bell();
    double wide = width * dice.around(1, WIDTH_SPREAD_AGAIN);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double landX = 0;
    double landY = 0;
    List<double[][]> lines = new ArrayList<>();
    for (Glyph.Curve curve : glyph.curves()) {
      if (curve.lifted()) {
        landX = LANDING * dice.bell();
        landY = LANDING * dice.bell();
      }
      double[][] line = smooth(curve.points());
      for (double[] point : line) {
        double x = point[0] + landX + shift(habit, mood, point);
        double y = point[1] + landY + shift(habit + 1, mood + 1, point);
        x = wide * (x - 50) - lean * (y - 50);
        point[0] = cos * x - sin * (y - 50);
        point[1] = sin * x + cos * (y - 50);
      }
      lines.add(line);
    }
    return lines;
  }

  private static double shift(long habit, long mood, double[] point) {
    double x = point[0] / BEND_LENGTH;
    double y = point[1] / BEND_LENGTH;
    return 2 * BEND * Noise.at(habit, x, y) + 2 * BEND_AGAIN * Noise.at(mood, x, y);
  }

  /** A Catmull-Rom spline through points. */
  private static double[][] smooth(double[][] points) {
    int last = points.length - 1;
    double[][] line = new double[last * STEPS + 1][2];
    for (int i = 0; i < line.length; i++) {
      int from = Math.min(i / STEPS, last - 1);
      double t = (double) (i - from * STEPS) / STEPS;
      for (int axis = 0; axis < 2; axis++) {
        double b = points[from][axis];
        double c = points[from + 1][axis];
        double a = points[Math.max(0, from - 1)][axis];
        double d = points[Math.min(last, from + 2)][axis];
        double cubic = 3 * (b - c) + d - a;
        double square = 2 * a - 5 * b + 4 * c - d;
        line[i][axis] = b + 0.5 * t * (c - a + t * (square + t * cubic));
      }
    }
    return line;
  }
}
