package engram.data.synthetic.drawing;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Path2D;
import java.util.StringTokenizer;

/**
 * Shapes from text and numbers. Text is a part of SVG's path syntax: {@code M x y}, {@code L x y},
 * {@code C x1 y1 x2 y2 x y} and {@code Z}, absolute and separated by blanks; x to the right, y
 * down.
 */
final class VectorPath {

  /**
   * Largest distance of a flattened curve from the true one, in sign units (a sign is 200 wide).
   */
  private static final double FLATNESS = 0.1;

  private VectorPath() {}

  /** The path that {@code text} describes. */
  static Path2D parse(String text) {
    Path2D path = new Path2D.Double();
    StringTokenizer words = new StringTokenizer(text);
    while (words.hasMoreTokens()) {
      String command = words.nextToken();
      switch (command) {
        case "M" -> path.moveTo(number(words), number(words));
        case "L" -> path.lineTo(number(words), number(words));
        case "C" ->
            path.curveTo(
                number(words),
                number(words),
                number(words),
                number(words),
                number(words),
                number(words));
        case "Z" -> path.closePath();
        default ->
            throw new IllegalArgumentException(
                "path \"%s\": \"%s\" is none of the commands M, L, C, Z".formatted(text, command));
      }
    }
    return path;
  }

  private static double number(StringTokenizer words) {
    return Double.parseDouble(words.nextToken());
  }

  static Shape disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  /** An open arc from angle {@code from} to {@code to}, in degrees, clockwise on screen from +x. */
  static Path2D arc(double x, double y, double radius, double from, double to) {
    Path2D path = new Path2D.Double();
    int steps = 24;
    for (int i = 0; i <= steps; i++) {
      double angle = StrictMath.toRadians(from + (to - from) * i / steps);
      double px = x + radius * StrictMath.cos(angle);
      double py = y + radius * StrictMath.sin(angle);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    return path;
  }

  /** A regular polygon; {@code turn} is the angle of its first corner in degrees. */
  static Path2D polygon(int corners, double radius, double turn) {
    Path2D path = arc(0, 0, radius, turn, turn);
    for (int i = 1; i < corners; i++) {
      double angle = StrictMath.toRadians(turn + 360.0 * i / corners);
      path.lineTo(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle));
    }
    path.closePath();
    return path;
  }

  /** The area that a pen of {@code width} covers along {@code path}: mitred corners, flat ends. */
  static Shape stroke(Shape path, double width) {
    return outline(
        path, new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
  }

  /** As {@link #stroke}, with round corners and ends. */
  static Shape roundStroke(Shape path, double width) {
    return outline(
        path, new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** Flattens first: then the stroker needs square roots only, which Java rounds exactly. */
  private static Shape outline(Shape path, BasicStroke stroke) {
    Path2D flat = new Path2D.Double();
    flat.append(
        new FlatteningPathIterator(path.getPathIterator(new AffineTransform()), FLATNESS), false);
    return stroke.createStrokedShape(flat);
  }
}
