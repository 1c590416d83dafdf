package engram.learn.learning;

import static engram.tensor.Shape.shape;

import engram.learn.api.Learning;
import engram.learn.exercise.Diagnosis;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.nn.init.Initialiser;
import engram.op.LeakyRelu;
import engram.op.MatMul;
import engram.op.Values;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** First values: number by number, and how large values are behind twenty layers of them. */
final class InitialisationCheck {
  private static final double TOLERANCE = 1e-5;
  private static final int DEPTH = 20;
  private static final int WIDTH = 100;
  private static final double SLOPE = 0.1;
  private static final List<Shape> SHAPES =
      List.of(shape(7, 7), shape(100, 20), shape(3, 3, 16, 32), shape(5, 3, 2, 4));

  private InitialisationCheck() {}

  static Verdict check(Learning.Initialisation mine) {
    for (Shape w : SHAPES) {
      for (double slope : new double[] {0, 0.2}) {
        Optional<Verdict.Failed> wrong = he(mine, w, slope);
        if (wrong.isPresent()) {
          return wrong.get();
        }
      }
      Optional<Verdict.Failed> wrong = glorot(mine, w);
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    double size = behind(mine);
    return Verdict.passed(
        "he and glorot: right for weights of %s".formatted(SHAPES),
        String.format(
            Locale.ROOT,
            "behind %d layers of yours the values have size %.2g, where they began with 1",
            DEPTH,
            size));
  }

  private static Optional<Verdict.Failed> he(Learning.Initialisation mine, Shape w, double slope) {
    CounterRandom random = CounterRandom.of(1, "he");
    Values expected = Values.zeros(w);
    Initialiser initialiser = new Initialiser.KaimingNormal(slope);
    fill(expected, initialiser, random);
    Values received = poisoned(w);
    String where = "he, weight %s, slope %s".formatted(w, slope);
    Verdict.during(Verdict.failed(where), () -> mine.he(received, slope, random::normal));
    double in = fan(w).in();
    SequencedMap<Double, String> mistakes = new LinkedHashMap<>();
    double gain = 2 / (1 + slope * slope);
    mistakes.put(Math.sqrt(in / gain), "the numbers are used as they come: they have deviation 1");
    mistakes.put(
        Math.sqrt(in / fan(w).out()),
        "out was counted where in should be: what one result sums up");
    mistakes.put(Math.sqrt(in / w.dim(-2)), "each pixel of the kernel counts, not only channels");
    mistakes.put(
        Math.sqrt(in / ((double) w.elements() / w.dim(0))),
        "the last axis is out, the others are in");
    mistakes.put(1 / Math.sqrt(gain), "the 2 for the half that ReLU takes away is missing");
    mistakes.put(0.0, "whole numbers: in Java 2 / 75 is 0, and 2.0 / 75 is not");
    mistakes.put(Math.sqrt(2 / gain), "slope is not counted: 2 becomes 2 / (1 + slope^2)");
    mistakes.put(Math.sqrt(gain / in), "that is the variance; the deviation is its root");
    return wrong(where, expected, received, mistakes);
  }

  private static Optional<Verdict.Failed> glorot(Learning.Initialisation mine, Shape w) {
    CounterRandom random = CounterRandom.of(2, "glorot");
    Values expected = Values.zeros(w);
    fill(expected, new Initialiser.XavierUniform(), random);
    Values received = poisoned(w);
    String where = "glorot, weight " + w;
    Verdict.during(Verdict.failed(where), () -> mine.glorot(received, random::uniformDouble));
    SequencedMap<Double, String> mistakes = new LinkedHashMap<>();
    mistakes.put(
        1 / Math.sqrt(3),
        "2 / (in + out) is the variance; of an even spread the bound is "
            + "the root of 3 times that");
    mistakes.put(Math.sqrt(0.5), "in and out are added up, not averaged, below 6");
    mistakes.put(
        Math.sqrt((fan(w).in() + fan(w).out()) / (double) (w.dim(-2) + w.dim(-1))),
        "each pixel of the kernel counts, for in and for out");
    mistakes.put(
        Math.sqrt((fan(w).in() + fan(w).out()) / (double) (fan(w).in() + w.dim(-1))),
        "each pixel of the kernel counts for out, too");
    return wrong(where, expected, received, mistakes);
  }

  private static Optional<Verdict.Failed> wrong(
      String where, Values expected, Values received, SequencedMap<Double, String> mistakes) {
    OptionalInt wrong = Numbers.firstWrong(expected, received, TOLERANCE);
    if (wrong.isEmpty()) {
      return Optional.empty();
    }
    int at = wrong.getAsInt();
    double factor = received.get(at) / expected.get(at);
    Optional<String> cause =
        mistakes.entrySet().stream()
            .filter(each -> Math.abs(each.getKey() - factor) <= 1e-3 * each.getKey())
            .map(SequencedMap.Entry::getValue)
            .findFirst();
    String place = Numbers.place(expected.shape(), at);
    return Optional.of(
        Verdict.failed(where + ": w" + place)
            .expected(Numbers.text(expected.get(at)), Numbers.text(received.get(at)))
            .likely(
                equalNumbers(received)
                    .or(() -> oneSided(expected, received))
                    .or(() -> cause)
                    .or(() -> Diagnosis.of(expected, received))));
  }

  private static Optional<String> equalNumbers(Values received) {
    boolean equal =
        IntStream.range(1, received.size()).allMatch(i -> received.get(i) == received.get(0));
    return equal && received.get(0) != 0
        ? Optional.of("all numbers are the same: ask for the number of element i")
        : Optional.empty();
  }

  /** Half of what is right and a half more, for each element: 0 .. 1 was not spread to -1 .. 1. */
  private static Optional<String> oneSided(Values expected, Values received) {
    double shift = received.get(0) - expected.get(0) / 2;
    boolean all =
        shift > TOLERANCE
            && IntStream.range(0, received.size())
                .allMatch(i -> Math.abs(received.get(i) - expected.get(i) / 2 - shift) < TOLERANCE);
    return all
        ? Optional.of("the numbers are 0 .. bound: uniform is 0 .. 1, spread it to -bound .. bound")
        : Optional.empty();
  }

  private static Values poisoned(Shape w) {
    Values values = Values.zeros(w);
    values.fill(Numbers.UNWRITTEN);
    return values;
  }

  private static void fill(Values w, Initialiser initialiser, CounterRandom random) {
    for (int i = 0; i < w.size(); i++) {
      w.set(i, initialiser.value(random, fan(w.shape()), i));
    }
  }

  private static Initialiser.Fan fan(Shape w) {
    int pixels = w.rank() == 4 ? w.dim(0) * w.dim(1) : 1;
    return new Initialiser.Fan(pixels * w.dim(-2), pixels * w.dim(-1));
  }

  /** Root mean square of values behind many layers, for an input of size one. */
  private static double behind(Learning.Initialisation mine) {
    Values x = Values.zeros(shape(50, WIDTH));
    fill(x, new Initialiser.KaimingNormal(0), CounterRandom.of(3, "x"));
    x.map(x, value -> value * Math.sqrt(WIDTH / 2.0));
    for (int layer = 0; layer < DEPTH; layer++) {
      Values w = Values.zeros(shape(WIDTH, WIDTH));
      mine.he(w, SLOPE, CounterRandom.of(layer, "deep")::normal);
      Values y = Values.zeros(x.shape());
      new MatMul(false, false).reference(List.of(x, w), List.of(y));
      new LeakyRelu((float) SLOPE).reference(List.of(y), List.of(x));
    }
    return Math.sqrt(x.dot(x) / x.size());
  }
}
