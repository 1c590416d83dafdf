package engram.data.synthetic.drawing;

import static engram.data.synthetic.drawing.Ink.WHITE;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/** Orders: white arrows on blue discs. The left-hand ones are mirrored right-hand ones. */
final class BlueSigns {

  private static final double PEN = 19;

  private BlueSigns() {}

  static Sign turnRight() {
    return Faces.blueDisc()
        .line(WHITE, PEN, "M -34 64 L -34 16 C -34 -10 -22 -20 2 -20 L 54 -20")
        .line(WHITE, PEN, "M 20 -58 L 56 -20 L 20 18");
  }

  static Sign turnLeft() {
    return turnRight().mirrored();
  }

  static Sign straight() {
    return Faces.blueDisc()
        .line(WHITE, PEN, "M 0 76 L 0 -58")
        .line(WHITE, PEN, "M -42 -16 L 0 -60 L 42 -16");
  }

  static Sign straightOrRight() {
    return Faces.blueDisc()
        .line(WHITE, PEN - 2, "M -22 74 L -22 -58")
        .line(WHITE, PEN - 2, "M -52 -28 L -22 -60 L 8 -28")
        .line(WHITE, PEN - 2, "M -22 56 C -22 32 -10 20 12 20 L 60 20")
        .line(WHITE, PEN - 2, "M 34 -10 L 63 20 L 34 50");
  }

  static Sign straightOrLeft() {
    return straightOrRight().mirrored();
  }

  static Sign keepRight() {
    return Faces.blueDisc()
        .line(WHITE, PEN + 1, "M -48 -48 L 42 42")
        .line(WHITE, PEN + 1, "M 46 -22 L 46 46 L -22 46");
  }

  static Sign keepLeft() {
    return keepRight().mirrored();
  }

  static Sign roundabout() {
    Sign sign = Faces.blueDisc();
    for (int i = 0; i < 3; i++) {
      double start = 120 * i + 80;
      // Counter-clockwise, as traffic on the right drives round.
      sign = sign.fill(WHITE, VectorPath.stroke(VectorPath.arc(0, 0, 52, start, start - 68), 17));
      Path2D head = VectorPath.parse("M 30 0 L 52 -34 L 76 0 Z");
      double angle = StrictMath.toRadians(start - 66);
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      head.transform(new AffineTransform(cos, sin, -sin, cos, 0, 0));
      sign = sign.fill(WHITE, head);
    }
    return sign;
  }
}
