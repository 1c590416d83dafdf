package engram.learn.backward;

import engram.learn.exercise.OwnGradient.Gradient;
import engram.op.LeakyRelu;
import engram.op.MaxPool2d;
import engram.op.Values;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What people write instead of a gradient of this chapter, by what is wrong with it. */
final class BackwardMistakes {
  private BackwardMistakes() {}

  static SequencedMap<String, Gradient> ofBias() {
    SequencedMap<String, Gradient> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "it is the mean over the rows: b[c] was added in each row by itself, so it is their sum",
        (_, _, _, dy, db) -> {
          double rows = (double) dy.size() / db.size();
          for (int i = 0; i < dy.size(); i++) {
            db.add(i % db.size(), dy.get(i) / rows);
          }
        });
    mistakes.put(
        "all of dy is added up for each element: only those at position c of a row belong to db[c]",
        (_, _, _, dy, db) -> db.fill(dy.sum()));
    mistakes.put(
        "the position in its row of the number at offset i is i % C, not i / C",
        (_, _, _, dy, db) -> {
          for (int i = 0; i < dy.size(); i++) {
            db.add(i / db.size(), dy.get(i));
          }
        });
    mistakes.put(
        "only axis 0 of dy is summed up: every axis but the last one is rows",
        (_, _, _, dy, db) -> {
          int step = dy.size() / dy.dim(0);
          for (int i = 0; i < dy.dim(0); i++) {
            for (int c = 0; c < db.size(); c++) {
              db.add(c, dy.get(i * step + c));
            }
          }
        });
    return mistakes;
  }

  static SequencedMap<String, Gradient> ofLeakyRelu() {
    SequencedMap<String, Gradient> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "dx is 0 where y is not above 0: it is slope times dy there",
        (_, _, out, dy, dx) -> dx.map(out.getFirst(), dy, (y, d) -> y > 0 ? d : 0));
    mistakes.put(
        "dx is y times dy where y is above 0: y grows as fast as x there, so dx is dy itself",
        (op, _, out, dy, dx) -> {
          double slope = ((LeakyRelu) op).slope();
          dx.map(out.getFirst(), dy, (y, d) -> y > 0 ? y * d : slope * d);
        });
    mistakes.put(
        "it looks at dy where it should look at y: whether dy is positive does not matter",
        (op, _, _, dy, dx) -> {
          double slope = ((LeakyRelu) op).slope();
          dx.map(dy, d -> d > 0 ? d : slope * d);
        });
    return mistakes;
  }

  static SequencedMap<String, Gradient> ofLeft() {
    SequencedMap<String, Gradient> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "da is written as if it were turned: row i, column k is at da.index(i, k)",
        left((da, i, k) -> da.index(k, i), (b, k, j) -> b.index(k, j)));
    mistakes.put(
        "b is read as if it were turned: y[i, j] grew by b[k, j] with a[i, k]",
        left((da, i, k) -> da.index(i, k), (b, k, j) -> b.index(j, k)));
    return mistakes;
  }

  static SequencedMap<String, Gradient> ofRight() {
    SequencedMap<String, Gradient> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "db is written as if it were turned: row k, column j is at db.index(k, j)",
        right((db, k, j) -> db.index(j, k), (a, i, k) -> a.index(i, k)));
    mistakes.put(
        "a is read as if it were turned: y[i, j] grew by a[i, k] with b[k, j]",
        right((db, k, j) -> db.index(k, j), (a, i, k) -> a.index(k, i)));
    return mistakes;
  }

  /** The offset of a row and a column. */
  private interface At {
    int of(Values values, int row, int column);
  }

  private static Gradient left(At result, At factor) {
    return (_, in, _, dy, da) -> {
      Values b = in.get(1);
      for (int i = 0; i < da.dim(0); i++) {
        for (int k = 0; k < da.dim(1); k++) {
          double sum = 0;
          for (int j = 0; j < dy.dim(1); j++) {
            sum += dy.get(dy.index(i, j)) * b.get(factor.of(b, k, j));
          }
          da.set(result.of(da, i, k), sum);
        }
      }
    };
  }

  private static Gradient right(At result, At factor) {
    return (_, in, _, dy, db) -> {
      Values a = in.get(0);
      for (int k = 0; k < db.dim(0); k++) {
        for (int j = 0; j < db.dim(1); j++) {
          double sum = 0;
          for (int i = 0; i < dy.dim(0); i++) {
            sum += a.get(factor.of(a, i, k)) * dy.get(dy.index(i, j));
          }
          db.set(result.of(db, k, j), sum);
        }
      }
    };
  }

  static SequencedMap<String, Gradient> ofCrossEntropy() {
    SequencedMap<String, Gradient> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "what is was not subtracted: at the label it is the probability minus 1",
        (_, _, out, dy, result) -> {
          Values p = out.get(1);
          result.map(p, value -> value * dy.get(0) / p.dim(0));
        });
    mistakes.put(
        "1 is subtracted everywhere: only at the label",
        (_, _, out, dy, result) -> {
          Values p = out.get(1);
          result.map(p, value -> (value - 1) * dy.get(0) / p.dim(0));
        });
    mistakes.put(
        "it is divided by the number of classes: the mean is over the N rows of the batch",
        (_, in, out, dy, result) -> spread(in.get(1), out.get(1), dy, out.get(1).dim(1), result));
    mistakes.put(
        "it is divided by N K: the mean is over the N rows of the batch",
        (_, in, out, dy, result) -> spread(in.get(1), out.get(1), dy, out.get(1).size(), result));
    mistakes.put(
        "the factor 1/N is at the probability only: it belongs to the 1 of the label, too",
        (_, in, out, dy, result) -> {
          Values p = out.get(1);
          result.map(p, value -> value * dy.get(0) / p.dim(0));
          for (int n = 0; n < p.dim(0); n++) {
            result.add(p.index(n, (int) in.get(1).get(n)), -dy.get(0));
          }
        });
    return mistakes;
  }

  private static void spread(Values labels, Values p, Values dy, int by, Values result) {
    result.map(p, value -> value * dy.get(0) / by);
    for (int n = 0; n < p.dim(0); n++) {
      result.add(p.index(n, (int) labels.get(n)), -dy.get(0) / by);
    }
  }

  /** For each a place in x of the window of p, q whose index is k. */
  private interface Place {
    int of(Values dx, int n, int p, int q, int c, int k, MaxPool2d pool);
  }

  static SequencedMap<String, Gradient> ofMaxPool() {
    SequencedMap<String, Gradient> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "row and column of the index are swapped: the row is index / kernel, the column index %"
            + " kernel",
        pool(
            (dx, n, p, q, c, k, pool) ->
                dx.index(
                    n,
                    p * pool.stride() + k % pool.kernel(),
                    q * pool.stride() + k / pool.kernel(),
                    c)));
    mistakes.put(
        "the stride is not counted: the corner of the window is at row p stride, column q stride",
        pool(
            (dx, n, p, q, c, k, pool) ->
                dx.index(n, p + k / pool.kernel(), q + k % pool.kernel(), c)));
    mistakes.put(
        "the kernel is taken for the stride: the corner of the window is at row p stride",
        pool(
            (dx, n, p, q, c, k, pool) ->
                dx.index(
                    n,
                    p * pool.kernel() + k / pool.kernel(),
                    q * pool.kernel() + k % pool.kernel(),
                    c)));
    mistakes.put(
        "dy goes to the corner of its window: the index says where in it the largest was",
        pool((dx, n, p, q, c, _, pool) -> dx.index(n, p * pool.stride(), q * pool.stride(), c)));
    mistakes.put(
        "the index is taken for a place in dx: it is counted within its window",
        pool((_, _, _, _, _, k, _) -> k));
    return mistakes;
  }

  private static Gradient pool(Place place) {
    return (op, _, out, dy, dx) -> {
      for (int n = 0; n < dy.dim(0); n++) {
        for (int p = 0; p < dy.dim(1); p++) {
          for (int q = 0; q < dy.dim(2); q++) {
            for (int c = 0; c < dy.dim(3); c++) {
              int at = dy.index(n, p, q, c);
              int k = (int) out.get(1).get(at);
              dx.add(place.of(dx, n, p, q, c, k, (MaxPool2d) op), dy.get(at));
            }
          }
        }
      }
    };
  }
}
