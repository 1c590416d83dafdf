package engram.data.digits;

import engram.data.synthetic.Dice;
import java.util.Arrays;
import java.util.List;

/**
 * Inks lines as MNIST's pictures were made: scaled to a box of about 20 x 20, shape kept, the
 * middle of the ink in the middle of 28 x 28 pixels, ink white on black.
 */
final class Pen {

  /** Pixels a side. */
  static final int SIDE = 28;

  /** Half the width of a line in pixels, and its spread over writers. */
  static final double RADIUS = 1.25;

  static final double RADIUS_SPREAD = 0.18;

  /** Side of the box that the digit is scaled to, and its spread. */
  private static final double BOX = 19;

  private static final double BOX_SPREAD = 0.07;

  /** How far off the middle, pixels, bell. */
  private static final double OFF_MIDDLE = 0.7;

  /** Width of the edge of the ink, pixels. */
  private static final double SOFTNESS = 1.5;

  private final double radius;
  private final double box;
  private final double shiftX;
  private final double shiftY;
  private final double dark;
  private final double pressure;

  /** A pen of half-width {@code radius} in pixels. */
  Pen(double radius, Dice dice) {
    this.radius = Math.clamp(radius, 0.7, 2.0);
    this.box = BOX * dice.around(1, BOX_SPREAD);
    this.shiftX = OFF_MIDDLE * dice.bell();
    this.shiftY = OFF_MIDDLE * dice.bell();
    this.dark = dice.between(0.85, 1);
    this.pressure = dice.between(-0.35, 0.35);
  }

  /** Draws lines of points [point, x or y] in any unit, which are changed, into a picture. */
  void ink(List<double[][]> lines, byte[] pixels, int at) {
    place(lines);
    double[] depth = new double[SIDE * SIDE]; // how deep inside the line each pixel is
    Arrays.fill(depth, -SOFTNESS);
    int segments = lines.stream().mapToInt(line -> line.length - 1).sum();
    int drawn = 0;
    for (double[][] line : lines) {
      for (int i = 0; i + 1 < line.length; i++) {
        double along = (double) drawn++ / segments - 0.5;
        draw(line[i], line[i + 1], radius * (1 + pressure * along), depth);
      }
    }
    for (int i = 0; i < depth.length; i++) {
      double cover = Math.clamp(0.5 + depth[i] / SOFTNESS, 0.0, 1.0);
      pixels[at + i] = (byte) (int) (255 * dark * cover + 0.5);
    }
  }

  private void place(List<double[][]> lines) {
    double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
    double[] middle = new double[2];
    double ink = 0;
    for (double[][] line : lines) {
      for (int i = 0; i < line.length; i++) {
        double[] next = line[Math.min(i + 1, line.length - 1)];
        double dx = next[0] - line[i][0];
        double dy = next[1] - line[i][1];
        double length = Math.sqrt(dx * dx + dy * dy);
        for (int axis = 0; axis < 2; axis++) {
          low[axis] = Math.min(low[axis], line[i][axis]);
          high[axis] = Math.max(high[axis], line[i][axis]);
          middle[axis] += length * (line[i][axis] + next[axis]) / 2;
        }
        ink += length;
      }
    }
    double scale = (box - 2 * radius) / Math.max(high[0] - low[0], high[1] - low[1]);
    double margin = 1 + radius + SOFTNESS / 2;
    double[] off = {shiftX, shiftY};
    for (int axis = 0; axis < 2; axis++) {
      double zero = SIDE / 2.0 + off[axis] - scale * middle[axis] / ink;
      // No ink at the rim, however far from its middle a digit reaches.
      zero = Math.clamp(zero, margin - scale * low[axis], SIDE - margin - scale * high[axis]);
      for (double[][] line : lines) {
        for (double[] point : line) {
          point[axis] = zero + scale * point[axis];
        }
      }
    }
  }

  private static void draw(double[] from, double[] to, double radius, double[] depth) {
    double dx = to[0] - from[0];
    double dy = to[1] - from[1];
    double square = Math.max(dx * dx + dy * dy, 1e-12);
    double reach = radius + SOFTNESS;
    int left = Math.max(0, (int) (Math.min(from[0], to[0]) - reach));
    int right = Math.min(SIDE - 1, (int) (Math.max(from[0], to[0]) + reach));
    int top = Math.max(0, (int) (Math.min(from[1], to[1]) - reach));
    int bottom = Math.min(SIDE - 1, (int) (Math.max(from[1], to[1]) + reach));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double px = x + 0.5 - from[0];
        double py = y + 0.5 - from[1];
        double t = Math.clamp((px * dx + py * dy) / square, 0.0, 1.0);
        double ox = px - t * dx;
        double oy = py - t * dy;
        double inside = radius - Math.sqrt(ox * ox + oy * oy);
        depth[y * SIDE + x] = Math.max(depth[y * SIDE + x], inside);
      }
    }
  }
}
