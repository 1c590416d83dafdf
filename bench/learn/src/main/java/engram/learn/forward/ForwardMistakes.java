package engram.learn.forward;

import engram.learn.exercise.ConvolutionMistakes;
import engram.learn.exercise.LearnerBackend.Definition;
import engram.op.LeakyRelu;
import engram.op.MatMul;
import engram.op.MaxPool2d;
import engram.op.Op;
import engram.op.Softmax;
import engram.op.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What people write instead of an op of this chapter, by what is wrong with it. */
public final class ForwardMistakes {
  private ForwardMistakes() {}

  /** For an op of this chapter; for others there are none. */
  public static SequencedMap<String, Definition> of(Op op) {
    return switch (op) {
      case LeakyRelu(float slope) -> ofLeakyRelu(slope);
      case MatMul(boolean a, boolean b) -> ofMatmul(a, b);
      case Softmax softmax -> ofSoftmax(softmax);
      case MaxPool2d pool -> PoolMistakes.of(pool);
      default -> ConvolutionMistakes.of(op);
    };
  }

  private static SequencedMap<String, Definition> ofLeakyRelu(float slope) {
    SequencedMap<String, Definition> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "the slope is not counted: negative numbers are made small, not 0",
        (in, out) -> out.get(0).map(in.get(0), x -> x > 0 ? x : 0));
    mistakes.put(
        "y is the slope itself where x is negative: it is slope times x",
        (in, out) -> out.get(0).map(in.get(0), x -> x > 0 ? x : slope));
    mistakes.put(
        "the two sides are swapped: it is the negative numbers that are made small",
        (in, out) -> out.get(0).map(in.get(0), x -> x > 0 ? slope * x : x));
    return mistakes;
  }

  /** How a matrix is read: as it lies, or as if it were turned. */
  private enum Read {
    RIGHT(""),
    AS_IT_LIES("transpose%2$s is not looked at: with it %1$s lies turned, [%3$s]"),
    ALWAYS_TURNED("%1$s is read as if it were turned although transpose%2$s is false"),
    BY_THE_OTHERS("%1$s goes by the flag of the other matrix");

    private final String what;

    Read(String what) {
      this.what = what;
    }

    boolean turned(boolean own, boolean other) {
      return switch (this) {
        case RIGHT -> own;
        case AS_IT_LIES -> false;
        case ALWAYS_TURNED -> true;
        case BY_THE_OTHERS -> other;
      };
    }

    String text(String name, String flag, String turned) {
      return what.formatted(name, flag, turned);
    }
  }

  private static SequencedMap<String, Definition> ofMatmul(boolean turnedA, boolean turnedB) {
    SequencedMap<String, Definition> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "only the last product of each sum is there: add to it (+=), do not set it (=)",
        (in, out) -> product(in.get(0), in.get(1), turnedA, turnedB, out.get(0), true));
    mistakes.put(
        "the sum goes on from one number of y to the next: it begins with 0 for each",
        (in, out) -> {
          new MatMul(turnedA, turnedB).reference(in, out);
          Values y = out.get(0);
          for (int i = 1; i < y.size(); i++) {
            y.add(i, y.get(i - 1));
          }
        });
    for (Read a : Read.values()) {
      for (Read b : Read.values()) {
        if (a != Read.RIGHT || b != Read.RIGHT) {
          String both = a == Read.RIGHT || b == Read.RIGHT ? "" : "; ";
          mistakes.put(
              a.text("a", "A", "K, M") + both + b.text("b", "B", "N, K"),
              (in, out) ->
                  product(
                      in.get(0),
                      in.get(1),
                      a.turned(turnedA, turnedB),
                      b.turned(turnedB, turnedA),
                      out.get(0),
                      false));
        }
      }
    }
    return mistakes;
  }

  private static void product(
      Values a, Values b, boolean turnedA, boolean turnedB, Values y, boolean last) {
    int terms = a.size() / y.dim(0);
    for (int i = 0; i < y.dim(0); i++) {
      for (int j = 0; j < y.dim(1); j++) {
        double sum = 0;
        for (int k = 0; k < terms; k++) {
          double left = a.get(turnedA ? a.index(k, i) : a.index(i, k));
          double right = b.get(turnedB ? b.index(j, k) : b.index(k, j));
          sum = last ? left * right : sum + left * right;
        }
        y.set(y.index(i, j), sum);
      }
    }
  }

  private static SequencedMap<String, Definition> ofSoftmax(Softmax op) {
    SequencedMap<String, Definition> mistakes = new LinkedHashMap<>();
    mistakes.put(
        "the row's largest score begins with 0: where all are far below 0, every exponential is 0."
            + " Begin with a score of the row",
        (in, out) -> {
          for (int r = 0; r < in.get(0).size() / in.get(0).dim(-1); r++) {
            below(in.get(0).row(r), Math.max(0, largest(in.get(0).row(r))), out.get(0).row(r));
          }
        });
    mistakes.put(
        "one sum for all rows: each row is for itself, so the sum begins with 0 in each",
        (in, out) -> {
          Values row = in.get(0).part(0, in.get(0).size());
          op.reference(List.of(row), List.of(out.get(0).part(0, row.size())));
        });
    mistakes.put(
        "the sum goes on from one row to the next: it begins with 0 in each",
        (in, out) -> {
          double sum = 0;
          for (int r = 0; r < in.get(0).size() / in.get(0).dim(-1); r++) {
            Values x = in.get(0).row(r);
            for (int k = 0; k < x.size(); k++) {
              sum += Math.exp(x.get(k));
            }
            double soFar = sum;
            out.get(0).row(r).map(x, value -> Math.exp(value) / soFar);
          }
        });
    mistakes.put(
        "the largest score of all rows is subtracted: take that of the row itself",
        (in, out) -> {
          double largest = largest(in.get(0));
          for (int r = 0; r < in.get(0).size() / in.get(0).dim(-1); r++) {
            below(in.get(0).row(r), largest, out.get(0).row(r));
          }
        });
    mistakes.put(
        "the exponentials are not divided by their sum",
        (in, out) -> {
          for (int r = 0; r < in.get(0).size() / in.get(0).dim(-1); r++) {
            double m = largest(in.get(0).row(r));
            out.get(0).row(r).map(in.get(0).row(r), value -> Math.exp(value - m));
          }
        });
    return mistakes;
  }

  private static double largest(Values x) {
    double largest = x.get(0);
    for (int k = 1; k < x.size(); k++) {
      largest = Math.max(largest, x.get(k));
    }
    return largest;
  }

  private static void below(Values x, double m, Values y) {
    y.map(x, value -> Math.exp(value - m));
    double sum = y.sum();
    y.map(y, value -> value / sum);
  }
}
