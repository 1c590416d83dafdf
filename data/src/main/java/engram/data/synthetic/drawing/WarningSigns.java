package engram.data.synthetic.drawing;

import static engram.data.synthetic.drawing.Ink.BLACK;
import static engram.data.synthetic.drawing.Ink.GREEN;
import static engram.data.synthetic.drawing.Ink.RED;
import static engram.data.synthetic.drawing.Ink.YELLOW;

/** Warnings: triangles with a small pictogram, the hardest signs to tell apart from afar. */
final class WarningSigns {

  /** How much larger than drawn the pictograms appear. */
  private static final double SCALE = 1.1;

  private WarningSigns() {}

  /** Puts a pictogram on the triangle, scaled about the triangle's middle. */
  private static Sign warning(Sign pictogram) {
    return Faces.warningTriangle().add(pictogram, 0, 28 * (1 - SCALE), SCALE, SCALE);
  }

  static Sign priorityAtNextCrossing() {
    return warning(
        Sign.BLANK
            .fill(BLACK, "M -8 58 L -8 -2 L -18 -2 L 0 -34 L 18 -2 L 8 -2 L 8 58 Z")
            .line(BLACK, 9, "M -32 26 L 32 26"));
  }

  static Sign danger() {
    return warning(
        Sign.BLANK
            .fill(BLACK, "M -8 -28 C -8 -38 8 -38 8 -28 L 5 34 L -5 34 Z")
            .disc(BLACK, 0, 49, 8.5));
  }

  static Sign curveLeft() {
    return curveRight().mirrored();
  }

  static Sign curveRight() {
    return warning(
        Sign.BLANK
            .line(BLACK, 14, "M -18 58 L -18 34 C -18 18 -10 12 6 12")
            .fill(BLACK, "M 4 -8 L 30 12 L 4 32 Z"));
  }

  static Sign doubleCurve() {
    return warning(
        Sign.BLANK
            .line(BLACK, 12, "M 11 60 L 11 32 L -10 16 L -10 -6")
            .fill(BLACK, "M -22 -4 L -10 -28 L 2 -4 Z"));
  }

  static Sign bumpyRoad() {
    return warning(
        Sign.BLANK.fill(
            BLACK,
            "M -50 56 L -50 48 C -40 48 -36 26 -24 26 C -12 26 -10 46 0 46"
                + " C 10 46 12 26 24 26 C 36 26 40 48 50 48 L 50 56 Z"));
  }

  static Sign slipperyRoad() {
    return warning(
        Sign.BLANK
            .fill(BLACK, "M -18 -6 L 10 -16 L 20 -4 L 27 10 L 31 20 L -22 38 L -27 24 L -23 14 Z")
            .fill(Ink.WHITE, "M -14 0 L 8 -9 L 15 2 L -17 14 Z")
            .limb(BLACK, 5, "M -20 40 C -6 46 -34 52 -18 62")
            .limb(BLACK, 5, "M 18 34 C 34 40 8 50 24 62"));
  }

  static Sign roadNarrowsOnTheRight() {
    return warning(
        Sign.BLANK
            .line(BLACK, 8, "M -14 60 L -14 -20")
            .line(BLACK, 8, "M 24 60 L 24 42 L 6 18 L 6 -20"));
  }

  static Sign roadWork() {
    return warning(
        Sign.BLANK
            .disc(BLACK, 2, -18, 8)
            .limb(BLACK, 13, "M -2 -4 L -13 20")
            .limb(BLACK, 9, "M -13 22 L -30 58 M -12 22 L -2 38 L -6 58")
            .limb(BLACK, 7, "M 0 -2 L 10 14 L -6 18")
            .limb(BLACK, 5, "M -20 6 L 20 40")
            .fill(BLACK, "M 4 62 L 26 36 L 54 62 Z"));
  }

  static Sign trafficLights() {
    return warning(Sign.BLANK.disc(RED, 0, -20, 12).disc(YELLOW, 0, 10, 12).disc(GREEN, 0, 40, 12));
  }

  static Sign pedestrians() {
    return warning(walker());
  }

  private static Sign walker() {
    return Sign.BLANK
        .disc(BLACK, 0, -26, 8)
        .limb(BLACK, 14, "M 0 -8 L 0 18")
        .limb(BLACK, 9, "M 0 20 L -7 38 L -20 58 M 1 20 L 10 38 L 20 58")
        .limb(BLACK, 6, "M -2 -10 L -17 8 L -14 20 M 2 -10 L 15 4 L 24 14");
  }

  static Sign children() {
    return warning(
        Sign.BLANK
            .add(runner(), 12, 6, 0.88, 0.88)
            .add(runner(), -22, 18, 0.74, 0.74)
            .limb(BLACK, 5, "M -1 18 L -12 25"));
  }

  private static Sign runner() {
    return Sign.BLANK
        .disc(BLACK, 2, -20, 9)
        .limb(BLACK, 15, "M 0 -2 L -1 20")
        .limb(BLACK, 9, "M -3 22 L -16 36 L -12 58 M 2 22 L 13 36 L 30 44")
        .limb(BLACK, 6, "M -3 -3 L -18 8 M 4 -2 L 22 10 L 28 2");
  }

  static Sign bicycles() {
    return warning(
        Sign.BLANK
            .fill(BLACK, VectorPath.stroke(VectorPath.disc(-25, 38, 17), 5))
            .fill(BLACK, VectorPath.stroke(VectorPath.disc(25, 38, 17), 5))
            .limb(BLACK, 4.5, "M -25 38 L -13 10 L 15 10 L 25 38 M 15 10 L -2 38 L -25 38")
            .limb(BLACK, 4.5, "M -2 38 L -14 6")
            .limb(BLACK, 5, "M -20 4 L -8 4 M 16 12 L 11 -6 L 22 -6"));
  }

  static Sign snow() {
    Sign flake = Sign.BLANK;
    String[] arms = {"0 -38", "33 -19", "33 19", "0 38", "-33 19", "-33 -19"};
    String[] twigs = {
      "M -11 -32 L 0 -21 L 11 -32", "M 22 -26 L 18 -10 L 33 -6", "M 33 6 L 18 10 L 22 26",
      "M 11 32 L 0 21 L -11 32", "M -22 26 L -18 10 L -33 6", "M -33 -6 L -18 -10 L -22 -26"
    };
    for (int i = 0; i < 6; i++) {
      flake = flake.limb(BLACK, 6, "M 0 0 L " + arms[i]).limb(BLACK, 4.5, twigs[i]);
    }
    return warning(Sign.BLANK.add(flake, 0, 22, 0.95, 0.95));
  }

  /** A leaping deer, facing left. */
  static Sign wildAnimals() {
    return warning(
        Sign.BLANK
            .fill(
                BLACK,
                "M -16 -8 C -8 4 2 14 16 20 C 28 24 32 32 28 40 C 18 42 2 34 -8 26"
                    + " C -16 20 -20 8 -22 2 L -32 2 L -30 -6 Z")
            .limb(BLACK, 5, "M -14 22 L -28 30 L -36 24 M -8 26 L -18 42 L -28 44")
            .limb(BLACK, 6, "M 26 36 L 38 42 L 40 60 M 20 36 L 24 48 L 34 60")
            .limb(BLACK, 4, "M -18 -8 L -12 -26 M -15 -16 L -6 -24 M 30 28 L 36 22"));
  }
}
