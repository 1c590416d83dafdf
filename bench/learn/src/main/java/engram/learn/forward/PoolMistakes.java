package engram.learn.forward;

import engram.learn.exercise.LearnerBackend.Definition;
import engram.op.MaxPool2d;
import engram.op.Values;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What people write instead of max-pooling, by what is wrong with it. */
final class PoolMistakes {
  private PoolMistakes() {}

  /** Whether a number takes the place of the largest so far. */
  private interface Larger {
    boolean than(double value, double largest);
  }

  /** What is said of the place of the largest, at row i and column j of the window of p, q. */
  private interface Where {
    double of(Values x, int n, int p, int q, int c, int i, int j);
  }

  /** The offset in x of row i and column j of the window of p, q. */
  private interface Seen {
    int at(Values x, int n, int p, int q, int c, int i, int j);
  }

  private static final Larger RIGHT = (value, largest) -> value > largest || Double.isNaN(value);

  static SequencedMap<String, Definition> of(MaxPool2d pool) {
    int kernel = pool.kernel();
    int stride = pool.stride();
    Seen seen = (x, n, p, q, c, i, j) -> x.index(n, p * stride + i, q * stride + j, c);
    Where within = (_, _, _, _, _, i, j) -> i * kernel + j;
    SequencedMap<String, Definition> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "row and column are swapped in the index: it is row times kernel plus column",
        pool(kernel, seen, RIGHT, (_, _, _, _, _, i, j) -> j * kernel + i, false));
    mistakes.put(
        "the index counts within the whole of x: it is counted within the window, row times kernel"
            + " plus column, both from 0 in each window",
        pool(kernel, seen, RIGHT, seen::at, false));
    mistakes.put(
        "the index counts within the picture: it is counted within the window, row times kernel"
            + " plus column, both from 0 in each window",
        pool(
            kernel,
            seen,
            RIGHT,
            (x, _, p, q, _, i, j) -> (p * stride + i) * x.dim(2) + q * stride + j,
            false));
    mistakes.put(
        "row and column of the index count within the picture: they begin with 0 in each window",
        pool(
            kernel,
            seen,
            RIGHT,
            (_, _, p, q, _, i, j) -> (p * stride + i) * kernel + q * stride + j,
            false));
    mistakes.put(
        "the index keeps what the window before left: it begins with 0 in each window",
        pool(kernel, seen, RIGHT, within, true));
    mistakes.put(
        "of equal numbers the first one counts: > takes the place of the largest, >= does not",
        pool(kernel, seen, (value, max) -> value >= max || Double.isNaN(value), within, false));
    mistakes.put(
        "NaN is larger than all numbers, but value > largest is false for it: ask for NaN, too",
        pool(kernel, seen, (value, max) -> value > max, within, false));
    mistakes.put(
        "of several NaN in a window the last one counts",
        pool(
            kernel,
            seen,
            (value, max) -> value > max || Double.isNaN(value) && !Double.isNaN(max),
            within,
            false));
    mistakes.put(
        "the largest begins with 0, and a window of negative numbers has none above it: begin with"
            + " a number of the window",
        (in, out) -> {
          pool.reference(in, out);
          Values y = out.get(0);
          for (int i = 0; i < y.size(); i++) {
            if (y.get(i) <= 0) {
              y.set(i, 0);
              out.get(1).set(i, 0);
            }
          }
        });
    mistakes.put(
        "it is the smallest number of each window",
        pool(kernel, seen, (value, min) -> value < min, within, false));
    mistakes.put(
        "rows and columns of x are swapped: it is [N, H, W, C]",
        pool(
            kernel,
            (x, n, p, q, c, i, j) -> x.index(n, q * stride + j, p * stride + i, c),
            RIGHT,
            within,
            false));
    mistakes.put(
        "the stride is not counted: the window of p, q begins at row p stride, column q stride",
        pool(kernel, (x, n, p, q, c, i, j) -> x.index(n, p + i, q + j, c), RIGHT, within, false));
    mistakes.put(
        "the kernel is taken for the stride: the window of p, q begins at row p stride",
        pool(
            kernel,
            (x, n, p, q, c, i, j) -> x.index(n, p * kernel + i, q * kernel + j, c),
            RIGHT,
            within,
            false));
    mistakes.put(
        "all channels are read from the first: each is pooled by itself",
        pool(
            kernel,
            (x, n, p, q, _, i, j) -> x.index(n, p * stride + i, q * stride + j, 0),
            RIGHT,
            within,
            false));
    return mistakes;
  }

  private static Definition pool(
      int kernel, Seen seen, Larger larger, Where where, boolean keepsIndex) {
    return (in, out) -> {
      Values x = in.get(0);
      Values y = out.get(0);
      double index = 0;
      for (int n = 0; n < y.dim(0); n++) {
        for (int p = 0; p < y.dim(1); p++) {
          for (int q = 0; q < y.dim(2); q++) {
            for (int c = 0; c < y.dim(3); c++) {
              double largest = x.get(seen.at(x, n, p, q, c, 0, 0));
              index = keepsIndex ? index : where.of(x, n, p, q, c, 0, 0);
              for (int k = 1; k < kernel * kernel; k++) {
                int i = k / kernel;
                int j = k % kernel;
                double value = x.get(seen.at(x, n, p, q, c, i, j));
                if (larger.than(value, largest)) {
                  largest = value;
                  index = where.of(x, n, p, q, c, i, j);
                }
              }
              y.set(y.index(n, p, q, c), largest);
              out.get(1).set(y.index(n, p, q, c), index);
            }
          }
        }
      }
    };
  }
}
