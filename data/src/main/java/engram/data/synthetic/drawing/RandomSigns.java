package engram.data.synthetic.drawing;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Signs that no road has: boards of many forms in any colours, with a pictogram of one to three
 * random strokes, areas and discs. Eight make a family with one board; four of them are the others
 * with one part more, so that some signs differ by little.
 */
public final class RandomSigns {
  private static final int FAMILY = 8;

  /** Radius of the circle through the corners of a triangle, and of other polygons. */
  private static final double TRIANGLE = 115;

  private static final double POLYGON = 104;

  /** Extent of the smallest part, as a share of the radius of the pictogram. */
  private static final double LEAST = 0.5;

  private static final Ink[] INKS = Ink.values();

  /** Names the numbers of boards, of pictograms and of what is added to them. */
  private enum Numbers {
    BOARD,
    PICTOGRAM,
    ADDED
  }

  /**
   * An empty board around 0 0.
   *
   * @param drop how far down it belongs, so that its box has its middle at 0 0
   * @param ground colour of its middle
   * @param ink what pictograms are painted with
   * @param radius that pictograms fill
   */
  private record Board(Sign sign, double drop, Ink ground, Ink ink, double radius) {}

  private RandomSigns() {}

  /** Random numbers in [0, 1), one series of them for each key. */
  @FunctionalInterface
  public interface Series {
    DoubleSupplier of(long... key);
  }

  /** Random numbers for one board, pictogram or part, one after the other. */
  private record Dice(DoubleSupplier unit) {
    double between(double low, double high) {
      return low + (high - low) * unit.getAsDouble();
    }

    boolean chance(double probability) {
      return unit.getAsDouble() < probability;
    }

    /** A whole number in 0..{@code bound} - 1. */
    int below(int bound) {
      return (int) (unit.getAsDouble() * bound);
    }
  }

  /** So many of them. A sign depends on the numbers and on its place in the list alone. */
  public static List<Sign> of(int count, Series numbers) {
    return IntStream.range(0, count).mapToObj(i -> sign(numbers, i)).toList();
  }

  private static Sign sign(Series series, int i) {
    int family = i / FAMILY;
    int pictogram = i % (FAMILY / 2);
    Board board = board(new Dice(series.of(Numbers.BOARD.ordinal(), family)));
    Dice dice = new Dice(series.of(Numbers.PICTOGRAM.ordinal(), family, pictogram));
    Sign sign = board.sign();
    int parts = 1 + dice.below(3);
    for (int part = 0; part < parts; part++) {
      Ink ink = dice.chance(0.85) ? board.ink() : other(dice, board.ground());
      sign = withPart(sign, ink, board, dice);
    }
    boolean more = i % FAMILY >= FAMILY / 2;
    if (more) {
      // In a third colour: else it could hide in what is there.
      Dice added = new Dice(series.of(Numbers.ADDED.ordinal(), i));
      sign = withPart(sign, other(added, board.ground(), board.ink()), board, added);
    }
    return Sign.BLANK.add(sign, 0, board.drop(), 1, 1);
  }

  /** A fine rim, and six times of ten a broad band around the ground. */
  private static Board board(Dice dice) {
    int form = dice.below(9);
    Shape outline =
        switch (form) {
          case 0, 1, 2 -> VectorPath.disc(0, 0, 100);
          case 3, 4 -> VectorPath.polygon(3, TRIANGLE, -90);
          case 5 -> VectorPath.polygon(3, TRIANGLE, 90);
          case 6 -> VectorPath.polygon(4, POLYGON, 0);
          case 7 -> VectorPath.polygon(4, 130, 45);
          default -> VectorPath.polygon(5 + dice.below(4), POLYGON, dice.between(0, 90));
        };
    Ink rim = ink(dice);
    Ink band = other(dice, rim);
    Sign sign = Sign.BLANK.fill(rim, outline).fill(band, scaled(outline, 0.96));
    Ink ground = band;
    double inside = 1;
    if (dice.chance(0.6)) {
      ground = other(dice, band);
      inside = dice.between(0.6, 0.85);
      sign = sign.fill(ground, scaled(outline, inside));
    }
    double drop =
        switch (form) {
          case 3, 4 -> TRIANGLE / 4;
          case 5 -> -TRIANGLE / 4;
          default -> 0;
        };
    double radius = inside * (drop == 0 ? 75 : 48);
    return new Board(sign, drop, ground, other(dice, ground), radius);
  }

  /** One stroke, area or disc more, four times of ten mirrored beside itself. */
  private static Sign withPart(Sign sign, Ink ink, Board board, Dice dice) {
    Shape part = part(board.radius(), dice);
    while (extent(part) < LEAST * board.radius()) {
      part = part(board.radius(), dice);
    }
    Sign painted = sign.fill(ink, part);
    return dice.chance(0.4) ? painted.fill(ink, scaled(part, -1, 1)) : painted;
  }

  /** The longer side of the box around a shape. */
  private static double extent(Shape shape) {
    Rectangle2D box = shape.getBounds2D();
    return Math.max(box.getWidth(), box.getHeight());
  }

  private static Shape part(double radius, Dice dice) {
    double pen = radius * dice.between(0.16, 0.34);
    double x = dice.chance(0.5) ? 0 : radius * dice.between(-0.5, 0.5);
    double y = dice.chance(0.5) ? 0 : radius * dice.between(-0.5, 0.5);
    double reach = radius * dice.between(0.4, 1);
    Path2D path = new Path2D.Double();
    path.moveTo(near(x, reach, radius, dice), near(y, reach, radius, dice));
    int more = 1 + dice.below(4);
    for (int i = 0; i < more; i++) {
      if (dice.chance(0.5)) {
        path.curveTo(
            near(x, reach, radius, dice),
            near(y, reach, radius, dice),
            near(x, reach, radius, dice),
            near(y, reach, radius, dice),
            near(x, reach, radius, dice),
            near(y, reach, radius, dice));
      } else {
        path.lineTo(near(x, reach, radius, dice), near(y, reach, radius, dice));
      }
    }
    return switch (dice.below(6)) {
      case 0, 1, 2 -> VectorPath.stroke(path, pen);
      case 3 -> VectorPath.disc(x, y, radius * dice.between(0.2, 0.5));
      case 4 -> {
        path.closePath();
        yield more > 1 ? path : VectorPath.stroke(path, pen);
      }
      default -> {
        path.closePath();
        yield VectorPath.stroke(path, 0.7 * pen);
      }
    };
  }

  /** A coordinate at most {@code reach} from {@code middle}, on the board. */
  private static double near(double middle, double reach, double radius, Dice dice) {
    return Math.clamp(middle + reach * dice.between(-1, 1), -radius, radius);
  }

  private static Shape scaled(Shape shape, double by) {
    return scaled(shape, by, by);
  }

  private static Shape scaled(Shape shape, double x, double y) {
    return AffineTransform.getScaleInstance(x, y).createTransformedShape(shape);
  }

  private static Ink ink(Dice dice) {
    return INKS[dice.below(INKS.length)];
  }

  private static Ink other(Dice dice, Ink... than) {
    Ink ink = ink(dice);
    while (List.of(than).contains(ink)) {
      ink = ink(dice);
    }
    return ink;
  }
}
