package engram.data.synthetic.drawing;

import static engram.data.synthetic.drawing.Ink.BLACK;
import static engram.data.synthetic.drawing.Ink.BLUE;
import static engram.data.synthetic.drawing.Ink.RED;
import static engram.data.synthetic.drawing.Ink.WHITE;

import java.awt.geom.Path2D;

/** The empty boards that pictograms go on. */
final class Faces {

  private static final double SQRT3 = StrictMath.sqrt(3);

  private Faces() {}

  /** White disc in a red ring: prohibitions. The white is a disc of radius 75. */
  static Sign redRing() {
    return Sign.BLANK.disc(WHITE, 0, 0, 100).disc(RED, 0, 0, 97).disc(WHITE, 0, 0, 75);
  }

  /** Blue disc with a fine white rim: orders. */
  static Sign blueDisc() {
    return Sign.BLANK.disc(WHITE, 0, 0, 100).disc(BLUE, 0, 0, 96);
  }

  /** White disc with a fine dark rim, the ground of "end of ..." signs. */
  static Sign endDisc() {
    return Sign.BLANK.disc(BLACK, 0, 0, 100).disc(WHITE, 0, 0, 96);
  }

  /** The bundle of five diagonal lines of "end of ..." signs. */
  static Sign endStripes() {
    Sign sign = Sign.BLANK;
    for (int i = -2; i <= 2; i++) {
      double across = i * 11.0;
      double along = StrictMath.sqrt(96 * 96 - across * across);
      // From bottom left to top right: along (1, -1) / sqrt 2, across (1, 1) / sqrt 2.
      double h = StrictMath.sqrt(0.5);
      Path2D line = new Path2D.Double();
      line.moveTo((across - along) * h, (across + along) * h);
      line.lineTo((across + along) * h, (across - along) * h);
      sign = sign.fill(BLACK, VectorPath.stroke(line, 6));
    }
    return sign;
  }

  /**
   * White triangle in a red border, point up: warnings. The white is widest at y = 70 (from -75 to
   * 75) and ends in a point at y = -60.
   */
  static Sign warningTriangle() {
    return triangle(WHITE, 61.5, 9, 1).add(triangle(RED, 60, 8, 1)).add(triangle(WHITE, 44, 3, 1));
  }

  /** White triangle in a red border, point down: yield. */
  static Sign yieldTriangle() {
    return triangle(WHITE, 61.5, 9, -1)
        .add(triangle(RED, 60, 8, -1))
        .add(triangle(WHITE, 37, 3, -1));
  }

  /**
   * An equilateral triangle around 0 26 (0 -26 when {@code up} is -1).
   *
   * @param inradius distance of the sides from its middle
   * @param round radius of the corners
   */
  private static Sign triangle(Ink ink, double inradius, double round, double up) {
    double core = inradius - round;
    double x = SQRT3 * core;
    Path2D path = new Path2D.Double();
    path.moveTo(0, up * (26 - 2 * core));
    path.lineTo(x, up * (26 + core));
    path.lineTo(-x, up * (26 + core));
    path.closePath();
    return Sign.BLANK.fill(ink, path).fill(ink, VectorPath.roundStroke(path, 2 * round));
  }
}
