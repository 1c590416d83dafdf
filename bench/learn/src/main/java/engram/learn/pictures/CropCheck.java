package engram.learn.pictures;

import static engram.tensor.Shape.shape;

import engram.learn.api.Pictures;
import engram.learn.exercise.Diagnosis;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import engram.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Grades moved and mirrored pictures. */
final class CropCheck {
  private static final List<Shape> SHAPES =
      List.of(shape(1, 1, 1), shape(2, 3, 1), shape(4, 4, 2), shape(5, 7, 3));

  /** Pixels that a picture is moved by; 9 is out of each of them. */
  private static final List<Integer> MOVES = List.of(0, 1, -1, 2, -3, 9);

  private CropCheck() {}

  static Verdict check(Pictures.Crop mine) {
    int cases = 0;
    for (Shape shape : SHAPES) {
      for (int down : MOVES) {
        for (int right : MOVES) {
          for (boolean mirrored : new boolean[] {false, true}) {
            if (run(mine, shape, down, right, mirrored) instanceof Verdict.Failed failed) {
              return failed;
            }
            cases++;
          }
        }
      }
    }
    return Verdict.passed("%d pictures, moved and mirrored".formatted(cases));
  }

  private static Verdict run(
      Pictures.Crop mine, Shape shape, int down, int right, boolean mirrored) {
    Values x = picture(shape);
    Values given = picture(shape);
    Values received = Values.zeros(shape);
    received.fill(Numbers.UNWRITTEN);
    Verdict.Failed where =
        Verdict.failed(
            "x %s, down %d, right %d, %s"
                .formatted(shape, down, right, mirrored ? "mirrored" : "not mirrored"));
    Verdict.during(where, () -> mine.apply(given, down, right, mirrored, received));
    if (Numbers.firstWrong(x, given, 0).isPresent()) {
      return where.and("your method changed x: write to y only");
    }
    Values expected = crop(x, down, right, mirrored, Way.RIGHT);
    OptionalInt wrong = Numbers.firstWrong(expected, received, 0);
    if (wrong.isEmpty()) {
      return Verdict.passed("right");
    }
    SequencedMap<String, Way> mistakes = new LinkedHashMap<>();
    for (Way way : Way.values()) {
      mistakes.put(way.what, way);
    }
    return where
        .and("x = 1, 2, 3, ... in the order of memory")
        .and("y" + Numbers.place(shape, wrong.getAsInt()))
        .expected(
            Numbers.text(expected.get(wrong.getAsInt())),
            Numbers.text(received.get(wrong.getAsInt())))
        .likely(
            Diagnosis.mistake(received, mistakes, way -> crop(x, down, right, mirrored, way))
                .or(() -> Diagnosis.of(expected, received)));
  }

  private static Values picture(Shape shape) {
    Values x = Values.zeros(shape);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, i + 1);
    }
    return x;
  }

  /** What people write. */
  private enum Way {
    RIGHT(""),
    COPIED("y is x as it was: read from row r + down, column s + right"),
    BACKWARDS("it went the other way: row r of y is row r + down of x"),
    SWAPPED("down is for rows and right for columns: they are swapped"),
    NOT_MIRRORED("mirrored is not looked at"),
    ALWAYS_MIRRORED("it is mirrored although mirrored is false"),
    TURNED("top and bottom changed places: it is left and right that do"),
    MIRRORED_FIRST("x was mirrored and then moved: cut the window first, then mirror it"),
    WRAPPED("what is outside of x is 0: it does not come in again on the other side"),
    HELD("what is outside of x is 0, not the pixel at its edge");

    private final String what;

    Way(String what) {
      this.what = what;
    }
  }

  private static Values crop(Values x, int down, int right, boolean mirrored, Way way) {
    Values y = Values.zeros(x.shape());
    boolean mirror = way == Way.ALWAYS_MIRRORED || mirrored && way != Way.NOT_MIRRORED;
    int rows = x.dim(0);
    int columns = x.dim(1);
    int moveDown = move(way, down, right);
    int moveRight = move(way, right, down);
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < columns; s++) {
        int atRow = (mirror && way == Way.TURNED ? rows - 1 - r : r) + moveDown;
        boolean before = mirror && way != Way.TURNED && way != Way.MIRRORED_FIRST;
        int atColumn = (before ? columns - 1 - s : s) + moveRight;
        if (way == Way.MIRRORED_FIRST && mirror) {
          atColumn = columns - 1 - atColumn;
        }
        if (way == Way.WRAPPED) {
          atRow = Math.floorMod(atRow, rows);
          atColumn = Math.floorMod(atColumn, columns);
        }
        if (way == Way.HELD) {
          atRow = Math.clamp(atRow, 0, rows - 1);
          atColumn = Math.clamp(atColumn, 0, columns - 1);
        }
        boolean inside = atRow >= 0 && atRow < rows && atColumn >= 0 && atColumn < columns;
        for (int c = 0; inside && c < x.dim(2); c++) {
          y.set(
              (r * columns + s) * x.dim(2) + c, x.get((atRow * columns + atColumn) * x.dim(2) + c));
        }
      }
    }
    return y;
  }

  private static int move(Way way, int own, int other) {
    return switch (way) {
      case COPIED -> 0;
      case BACKWARDS -> -own;
      case SWAPPED -> other;
      default -> own;
    };
  }
}
