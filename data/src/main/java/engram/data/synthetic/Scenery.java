package engram.data.synthetic;

import java.util.ArrayList;
import java.util.List;

/** What is around a sign and on it, drawn from {@link Severity}. */
final class Scenery {

  private static final int[] METALS = {0x8A8E90, 0x8A8E90, 0x40444A};
  private static final int[] BOARDS = {0xE0E0DC, 0xB01822, 0x0A4FA0, 0xD8D8D4};
  private static final int[] STAINS = {0x3A3428, 0xC8C8C4, 0x6A5A48, 0xF0F0F0, 0x202020};
  private static final int[] GREENERY = {0x2C3A1C, 0x4A5428, 0x5A4A2A, 0x1C1C18, 0x6A6A60};

  private final Backdrop backdrop;
  private final List<Thing> behind = new ArrayList<>();
  private final List<Thing> stains = new ArrayList<>();
  private final List<Thing> inFront = new ArrayList<>();

  Scenery(Dice dice) {
    backdrop = new Backdrop(dice);
    addPole(dice);
    if (dice.chance(Severity.NEIGHBOUR_CHANCE)) {
      addNeighbour(dice);
    }
    if (dice.chance(Severity.STAIN_CHANCE)) {
      addStains(dice);
    }
    if (dice.chance(Severity.OCCLUSION_CHANCE)) {
      if (dice.chance(0.4)) {
        addTwig(dice);
      } else {
        addLeaves(dice);
      }
    }
  }

  Backdrop backdrop() {
    return backdrop;
  }

  /** Pole and other signs on it: painted before the sign, in its plane. */
  List<Thing> behind() {
    return behind;
  }

  /** Painted after the sign and fixed to it. */
  List<Thing> stains() {
    return stains;
  }

  /** Painted last; nearer to the camera, so they move against the sign. */
  List<Thing> inFront() {
    return inFront;
  }

  private void addPole(Dice dice) {
    double top = dice.chance(0.4) ? -4 : 0;
    double bottom = 8;
    behind.add(
        Thing.of(
            dice.between(-0.1, 0.1),
            (top + bottom) / 2,
            dice.between(0.05, 0.1),
            (bottom - top) / 2,
            0.01,
            0,
            dice.colour(METALS)));
  }

  private void addNeighbour(Dice dice) {
    double side = dice.chance(0.65) ? 1 : -1;
    if (dice.chance(0.55)) {
      double halfHeight = dice.between(0.25, 0.5);
      double gap = dice.between(0.95, 1.15);
      behind.add(
          Thing.of(
              0,
              side * (gap + halfHeight),
              dice.between(0.6, 1),
              halfHeight,
              0.03,
              0,
              dice.colour(BOARDS)));
    } else {
      double distance = side * dice.between(1.95, 2.15);
      behind.add(Thing.disc(0, distance, 1, dice.colour(BOARDS)));
      behind.add(Thing.disc(0, distance, dice.between(0.5, 0.8), dice.colour(BOARDS)));
    }
  }

  private void addStains(Dice dice) {
    float[] colour = dice.colour(STAINS);
    int count = 1 + dice.below(4);
    for (int i = 0; i < count; i++) {
      stains.add(
          Thing.of(
              dice.between(-0.8, 0.8),
              dice.between(-0.8, 0.8),
              dice.between(0, 0.12),
              dice.between(0, 0.12),
              dice.between(0.02, 0.1),
              dice.between(0, 90),
              colour));
    }
  }

  /** Across the whole face, off its middle. */
  private void addTwig(Dice dice) {
    double degrees = dice.between(0, 360);
    double angle = StrictMath.toRadians(degrees);
    double off = dice.between(0.15, 0.9);
    inFront.add(
        Thing.of(
            off * StrictMath.cos(angle),
            off * StrictMath.sin(angle),
            dice.between(0.02, 0.09),
            3,
            0.02,
            degrees + 25 * dice.bell(),
            dice.colour(GREENERY)));
  }

  /** A cluster over a part of the rim. */
  private void addLeaves(Dice dice) {
    float[] colour = dice.colour(GREENERY);
    double angle = dice.between(0, 2 * StrictMath.PI);
    int count = 3 + dice.below(8);
    for (int i = 0; i < count; i++) {
      inFront.add(
          Thing.of(
              0.95 * StrictMath.cos(angle) + 0.35 * dice.bell(),
              0.95 * StrictMath.sin(angle) + 0.35 * dice.bell(),
              dice.between(0, 0.12),
              dice.between(0, 0.06),
              dice.between(0.08, 0.24),
              dice.between(0, 180),
              colour));
    }
  }
}
