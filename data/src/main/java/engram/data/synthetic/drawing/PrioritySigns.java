package engram.data.synthetic.drawing;

import static engram.data.synthetic.drawing.Ink.BLACK;
import static engram.data.synthetic.drawing.Ink.RED;
import static engram.data.synthetic.drawing.Ink.WHITE;
import static engram.data.synthetic.drawing.Ink.YELLOW;

/** Who goes first: signs with a shape of their own. */
final class PrioritySigns {

  private PrioritySigns() {}

  static Sign priorityRoad() {
    return Sign.BLANK
        .fill(BLACK, VectorPath.polygon(4, 100, 0))
        .fill(WHITE, VectorPath.polygon(4, 96, 0))
        .fill(BLACK, VectorPath.polygon(4, 62, 0))
        .fill(YELLOW, VectorPath.polygon(4, 58, 0));
  }

  static Sign yield() {
    return Faces.yieldTriangle();
  }

  static Sign stop() {
    return Sign.BLANK
        .fill(WHITE, VectorPath.polygon(8, 108, 22.5))
        .fill(RED, VectorPath.polygon(8, 101, 22.5))
        .add(Lettering.write(WHITE, "STOP", 28, 56, 42, 11));
  }
}
