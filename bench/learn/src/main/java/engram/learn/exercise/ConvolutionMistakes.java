package engram.learn.exercise;

import engram.learn.exercise.LearnerBackend.Definition;
import engram.learn.exercise.OwnGradient.Gradient;
import engram.op.Conv2d;
import engram.op.Op;
import engram.op.Values;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What people write instead of a convolution, by what is wrong with it. Forward and backward go
 * through the same products of an x and a w that are added to a y, so one mistake in the places
 * serves all three.
 */
public final class ConvolutionMistakes {
  private ConvolutionMistakes() {}

  /** The row or column of x for output pixel {@code at} and window pixel {@code within}. */
  private interface Place {
    int of(int at, int within, int stride, int padding);
  }

  /** The offset of an element. */
  private interface Index {
    int of(Values values, int a, int b, int c, int d);
  }

  /** Whether a product is in the sum. */
  private interface Test {
    boolean holds(Values x, int row, int column, int channel, int offset);
  }

  /** One product: the offsets of its x, w and y. */
  private interface Product {
    void at(int x, int w, int y);
  }

  private static final Place RIGHT =
      (at, within, stride, padding) -> at * stride + within - padding;
  private static final Test INSIDE =
      (x, row, column, _, _) -> row >= 0 && row < x.dim(1) && column >= 0 && column < x.dim(2);

  /** Loops over all products, with one thing in them that may be wrong. */
  private record Loops(Place row, Place column, Index x, Index w, Index y, Test test) {
    static final Loops SOUND =
        new Loops(RIGHT, RIGHT, Values::index, Values::index, Values::index, INSIDE);

    static Loops places(Place row, Place column) {
      return new Loops(row, column, SOUND.x, SOUND.w, SOUND.y, INSIDE);
    }

    static Loops indices(Index x, Index w, Index y) {
      return new Loops(RIGHT, RIGHT, x, w, y, INSIDE);
    }

    static Loops tests(Test test) {
      return new Loops(RIGHT, RIGHT, SOUND.x, SOUND.w, SOUND.y, test);
    }

    void run(Values x, Values w, Values y, int stride, int padding, Product product) {
      for (int n = 0; n < y.dim(0); n++) {
        for (int p = 0; p < y.dim(1); p++) {
          for (int q = 0; q < y.dim(2); q++) {
            for (int o = 0; o < y.dim(3); o++) {
              for (int i = 0; i < w.dim(0); i++) {
                for (int j = 0; j < w.dim(1); j++) {
                  int r = row.of(p, i, stride, padding);
                  int s = column.of(q, j, stride, padding);
                  for (int c = 0; c < w.dim(2); c++) {
                    int at = this.x.of(x, n, r, s, c);
                    if (test.holds(x, r, s, c, at)) {
                      product.at(at, this.w.of(w, i, j, c, o), this.y.of(y, n, p, q, o));
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private static SequencedMap<String, Loops> loops() {
    Loops sound = Loops.SOUND;
    SequencedMap<String, Loops> loops = new LinkedHashMap<>();
    loops.put(
        "rows and columns of the window are swapped: w is [KH, KW, C, O], and its first axis goes"
            + " with the row of x",
        Loops.indices(sound.x, (w, i, j, c, o) -> w.index(j, i, c, o), sound.y));
    loops.put(
        "rows and columns of x are swapped: it is [N, H, W, C]",
        Loops.indices((x, n, r, s, c) -> x.index(n, s, r, c), sound.w, sound.y));
    loops.put(
        "rows and columns of y are swapped: it is [N, OH, OW, O]",
        Loops.indices(sound.x, sound.w, (y, n, p, q, o) -> y.index(n, q, p, o)));
    loops.put(
        "the padding is not subtracted: the window of output pixel p begins at row p stride -"
            + " padding, and likewise for columns",
        Loops.places((p, i, s, _) -> p * s + i, (q, j, s, _) -> q * s + j));
    loops.put(
        "the padding is subtracted from the row only: columns have it, too",
        Loops.places(RIGHT, (q, j, s, _) -> q * s + j));
    loops.put(
        "the padding is subtracted from the column only: rows have it, too",
        Loops.places((p, i, s, _) -> p * s + i, RIGHT));
    loops.put(
        "the padding is added: it is subtracted, since the window begins outside of x",
        Loops.places((p, i, s, pad) -> p * s + i + pad, (q, j, s, pad) -> q * s + j + pad));
    loops.put(
        "the stride is not counted: the window of output pixel p begins at row p stride - padding",
        Loops.places((p, i, _, pad) -> p + i - pad, (q, j, _, pad) -> q + j - pad));
    loops.put(
        "the stride is counted for rows only: columns have it, too",
        Loops.places(RIGHT, (q, j, _, pad) -> q + j - pad));
    loops.put(
        "the stride is counted for columns only: rows have it, too",
        Loops.places((p, i, _, pad) -> p + i - pad, RIGHT));
    loops.put(
        "the stride multiplies the place within the window, too: it is p stride + i, not (p + i)"
            + " stride",
        Loops.places((p, i, s, pad) -> (p + i) * s - pad, (q, j, s, pad) -> (q + j) * s - pad));
    loops.put(
        "the order of channels in w: it is [KH, KW, C, O], those of x before those of y",
        Loops.indices(sound.x, (w, i, j, c, o) -> w.index(i, j, o, c), sound.y));
    loops.put(
        "the order of axes of x: channels are the last one, [N, H, W, C]",
        Loops.indices((x, n, r, s, c) -> x.index(n, c, r, s), sound.w, sound.y));
    loops.put(
        "the order of axes of y: channels are the last one, [N, OH, OW, O]",
        Loops.indices(sound.x, sound.w, (y, n, p, q, o) -> y.index(n, o, p, q)));
    loops.put(
        "the window is turned round: w[i, j] goes with row p stride + i, column q stride + j",
        Loops.indices(
            sound.x,
            (w, i, j, c, o) -> w.index(w.dim(0) - 1 - i, w.dim(1) - 1 - j, c, o),
            sound.y));
    loops.put(
        "only the first channel of x is counted: the sum goes over c, too",
        Loops.tests((x, r, s, c, at) -> c == 0 && INSIDE.holds(x, r, s, c, at)));
    loops.put(
        "the offset is tested, not row and column: the number left of column 0 is the last one of"
            + " the row before",
        Loops.tests((x, _, _, _, at) -> at >= 0 && at < x.size()));
    loops.put(
        "row 0 and column 0 belong to the picture: inside is >= 0, not > 0",
        Loops.tests((x, r, s, c, at) -> r > 0 && s > 0 && INSIDE.holds(x, r, s, c, at)));
    loops.put(
        "the row is compared with the width, the column with the height",
        Loops.tests((x, r, s, _, _) -> r >= 0 && r < x.dim(2) && s >= 0 && s < x.dim(1)));
    return loops;
  }

  /** For a convolution; for other ops there are none. */
  public static SequencedMap<String, Definition> of(Op op) {
    SequencedMap<String, Definition> mistakes = new LinkedHashMap<>();
    if (!(op instanceof Conv2d(int stride, int padding))) {
      return mistakes;
    }
    mistakes.put(
        "only the last product of each sum is there: add to it (+=), do not set it (=)",
        (in, out) -> {
          Values y = out.getFirst();
          Loops.SOUND.run(
              in.get(0),
              in.get(1),
              y,
              stride,
              padding,
              (atX, atW, atY) -> y.set(atY, in.get(0).get(atX) * in.get(1).get(atW)));
        });
    loops()
        .forEach(
            (what, loops) ->
                mistakes.put(
                    what,
                    (in, out) -> {
                      Values y = out.getFirst();
                      loops.run(
                          in.get(0),
                          in.get(1),
                          y,
                          stride,
                          padding,
                          (atX, atW, atY) -> y.add(atY, in.get(0).get(atX) * in.get(1).get(atW)));
                    }));
    mistakes.put(
        "the sum goes on from one number of y to the next: it begins with 0 for each",
        (in, out) -> {
          op.reference(in, out);
          Values y = out.get(0);
          for (int i = 1; i < y.size(); i++) {
            y.add(i, y.get(i - 1));
          }
        });
    return mistakes;
  }

  /** For the gradient of a convolution with respect to its input. */
  public static SequencedMap<String, Gradient> ofInput() {
    SequencedMap<String, Gradient> mistakes = new LinkedHashMap<>();
    loops()
        .forEach(
            (what, loops) ->
                mistakes.put(
                    what,
                    (op, in, _, dy, dx) ->
                        loops.run(
                            dx,
                            in.get(1),
                            dy,
                            ((Conv2d) op).stride(),
                            ((Conv2d) op).padding(),
                            (atX, atW, atY) -> dx.add(atX, in.get(1).get(atW) * dy.get(atY)))));
    return mistakes;
  }

  /** For the gradient of a convolution with respect to its weight. */
  public static SequencedMap<String, Gradient> ofWeight() {
    SequencedMap<String, Gradient> mistakes = new LinkedHashMap<>();
    loops()
        .forEach(
            (what, loops) ->
                mistakes.put(
                    what,
                    (op, in, _, dy, dw) ->
                        loops.run(
                            in.get(0),
                            dw,
                            dy,
                            ((Conv2d) op).stride(),
                            ((Conv2d) op).padding(),
                            (atX, atW, atY) -> dw.add(atW, in.get(0).get(atX) * dy.get(atY)))));
    return mistakes;
  }
}
