package engram.data.synthetic.drawing;

import static engram.data.synthetic.drawing.Ink.BLACK;
import static engram.data.synthetic.drawing.Ink.GREY;
import static engram.data.synthetic.drawing.Ink.RED;
import static engram.data.synthetic.drawing.Ink.WHITE;

/** Prohibitions and their ends: round signs in red, white and black. */
final class RoundSigns {

  private RoundSigns() {}

  static Sign speedLimit(String number) {
    return Faces.redRing().add(number(BLACK, number));
  }

  static Sign endOfSpeedLimit(String number) {
    return Faces.endDisc().add(number(GREY, number)).add(Faces.endStripes());
  }

  private static Sign number(Ink ink, String number) {
    return number.length() == 2
        ? Lettering.write(ink, number, 37, 65, 57, 12.5)
        : Lettering.write(ink, number, 26, 63, 41, 10.5);
  }

  static Sign noPassing() {
    return Faces.redRing().add(CAR.in(RED), -35, 0, 1, 1).add(CAR, 35, 0, 1, 1);
  }

  static Sign noPassingByTrucks() {
    return Faces.redRing().add(TRUCK_REAR.in(RED), -34, 0, 1, 1).add(CAR, 36, 6, 0.95, 0.95);
  }

  static Sign endOfNoPassing() {
    return Faces.endDisc()
        .add(CAR.in(GREY), -40, 0, 1.15, 1.15)
        .add(CAR.in(GREY), 40, 0, 1.15, 1.15)
        .add(Faces.endStripes());
  }

  static Sign endOfNoPassingByTrucks() {
    return Faces.endDisc()
        .add(TRUCK_REAR.in(GREY), -38, 0, 1.15, 1.15)
        .add(CAR.in(GREY), 42, 7, 1.1, 1.1)
        .add(Faces.endStripes());
  }

  static Sign noVehicles() {
    return Faces.redRing();
  }

  static Sign noTrucks() {
    return Faces.redRing()
        .fill(BLACK, "M -12 -27 L 55 -27 L 55 17 L -12 17 Z")
        .fill(BLACK, "M -16 -15 L -36 -15 L -45 1 L -56 5 L -56 17 L -10 17 L -10 6 L -16 6 Z")
        .fill(WHITE, "M -21 -10 L -33 -10 L -38 1 L -21 1 Z")
        .disc(BLACK, -38, 20, 10)
        .disc(BLACK, 34, 20, 10)
        .disc(WHITE, -38, 20, 3)
        .disc(WHITE, 34, 20, 3);
  }

  static Sign noEntry() {
    return Sign.BLANK
        .disc(WHITE, 0, 0, 100)
        .disc(RED, 0, 0, 97)
        .fill(WHITE, "M -74 -18 L 74 -18 L 74 18 L -74 18 Z");
  }

  static Sign endOfAllLimits() {
    return Faces.endDisc().add(Faces.endStripes());
  }

  /** A car from behind, 62 wide, black: the window is left out. */
  static final Sign CAR =
      Sign.BLANK
          .line(BLACK, 5, "M -27 -1 L -18 -18 L 18 -18 L 27 -1")
          .fill(BLACK, "M -31 -4 L 31 -4 L 31 15 L -31 15 Z")
          .fill(BLACK, "M -29 14 L -18 14 L -18 23 L -29 23 Z M 18 14 L 29 14 L 29 23 L 18 23 Z");

  /** A truck from behind, 56 wide, black. */
  private static final Sign TRUCK_REAR =
      Sign.BLANK
          .fill(BLACK, "M -28 -36 L 28 -36 L 28 18 L -28 18 Z")
          .fill(BLACK, "M -26 17 L -13 17 L -13 30 L -26 30 Z M 13 17 L 26 17 L 26 30 L 13 30 Z");
}
