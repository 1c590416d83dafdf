package engram.learn.remembering;

import static engram.learn.remembering.LossCheck.get;
import static engram.learn.remembering.LossCheck.matrix;
import static engram.tensor.Shape.shape;

import engram.learn.api.Remembering;
import engram.learn.exercise.Diagnosis;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.learn.remembering.LossCase.Formula;
import engram.learn.remembering.LossCase.Mistake;
import engram.op.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;

/** Grades consolidation: the importance of weights, then the penalty on their change. */
final class EwcCheck {
  private static final double TOLERANCE = 1e-6;
  private static final int CASES = 6;

  private EwcCheck() {}

  static Verdict check(Remembering.Ewc mine) {
    Values two = matrix(2, 1, 0, 0, 2);
    requireImportance(
        mine,
        "importance, the example of the text",
        new LinearNetwork(two, Values.zeros(shape(2, 2))),
        new int[] {0, 1});
    for (int i = 0; i < CASES; i++) {
      int images = 2 + i;
      requireImportance(
          mine,
          "importance, network %d: %d images, 4 features, 3 classes".formatted(i + 1, images),
          LinearNetwork.drawn(i, images, 4, 3),
          LinearNetwork.labels(i, images, 3));
    }
    penalty(
            mine,
            "penalty, the example of the text",
            4,
            new Values[] {matrix(2, 1, 2), matrix(2, 0, 5), matrix(2, 0.5, 0.1)})
        .check("ewc");
    for (int i = 0; i < CASES; i++) {
      Values importance = LinearNetwork.normal(i, "importance", shape(3, 4));
      importance.map(importance, x -> x * x);
      penalty(
              mine,
              "penalty, case %d: weights [3, 4], lambda %d".formatted(i + 1, i + 1),
              i + 1,
              new Values[] {
                LinearNetwork.normal(i, "weight", shape(3, 4)),
                LinearNetwork.normal(i, "anchor", shape(3, 4)),
                importance
              })
          .check("ewc");
    }
    return Verdict.passed(
        "importance of the weights of %d linear networks, image by image through the engine"
            .formatted(CASES + 1),
        "penalty and gradient of %d cases, against the engine in double precision"
            .formatted(CASES + 1));
  }

  private static void requireImportance(
      Remembering.Ewc mine, String text, LinearNetwork network, int[] labels) {
    Values expected = mean(network, labels, g -> g * g, x -> x);
    Values received = Values.zeros(network.weight().shape());
    received.fill(Numbers.UNWRITTEN);
    Verdict.during(
        Verdict.failed("ewc, " + text),
        () ->
            mine.importance(
                LossCase.copy(network.x()),
                labels.clone(),
                LossCase.copy(network.weight()),
                received));
    OptionalInt wrong = Numbers.firstWrong(expected, received, TOLERANCE);
    if (wrong.isPresent()) {
      int i = wrong.getAsInt();
      throw new Verdict.Stop(
          Verdict.failed("ewc, %s: %s".formatted(text, Numbers.place(expected.shape(), i)))
              .expected(Numbers.text(expected.get(i)), Numbers.text(received.get(i)))
              .likely(cause(network, labels, expected, received)));
    }
  }

  private static Optional<String> cause(
      LinearNetwork network, int[] labels, Values expected, Values received) {
    if (same(mean(network, labels, g -> g, x -> x * x), received)) {
      return Optional.of(
          "the square of the mean gradient: each image's gradient is squared, and then the mean is"
              + " taken (gradients of different images cancel, their squares do not)");
    }
    if (same(mean(network, labels, g -> g, x -> x), received)) {
      return Optional.of("the gradients are not squared");
    }
    if (same(mean(network, labels, Math::abs, x -> x), received)) {
      return Optional.of("magnitudes, not squares, of the gradients");
    }
    if (same(mean(network, labels, g -> g * g, x -> labels.length * x), received)) {
      return Optional.of("a sum over images, not their mean");
    }
    return Diagnosis.of(expected, received);
  }

  private static boolean same(Values a, Values b) {
    return Numbers.firstWrong(a, b, TOLERANCE).isEmpty();
  }

  /** {@code after(mean over images of each(gradient of the image's cross-entropy))}. */
  private static Values mean(
      LinearNetwork network, int[] labels, DoubleUnaryOperator each, DoubleUnaryOperator after) {
    Values mean = Values.zeros(network.weight().shape());
    for (int n = 0; n < labels.length; n++) {
      Values gradient = ofImage(network, n, labels[n]);
      mean.map(mean, gradient, (sum, g) -> sum + each.applyAsDouble(g) / labels.length);
    }
    mean.map(mean, after);
    return mean;
  }

  private static Values ofImage(LinearNetwork network, int n, int label) {
    Values row = network.x().row(n);
    Formula crossEntropy =
        (t, weight, in) ->
            t.crossEntropy(t.matmul(get(in, "x"), t.transposed(weight)), get(in, "labels"));
    return LossCase.engine(
            crossEntropy,
            network.weight(),
            Map.of(
                "x",
                new Values(shape(1, row.size()), row.data(), row.offset()),
                "labels",
                LinearNetwork.values(new int[] {label})))
        .gradient();
  }

  private static LossCase penalty(
      Remembering.Ewc mine, String text, double lambda, Values[] weightAnchorImportance) {
    int size = weightAnchorImportance[0].size();
    return new LossCase(
        text,
        weightAnchorImportance[0],
        Map.of("anchor", weightAnchorImportance[1], "importance", weightAnchorImportance[2]),
        (at, in, gradient) ->
            mine.penalty(at, get(in, "anchor"), get(in, "importance"), lambda, gradient),
        weighted(lambda / 2),
        List.of(
            new Mistake(
                "the half is missing: lambda / 2, which the derivative of a square takes away"
                    + " again",
                weighted(lambda)),
            new Mistake("a quarter: the half is there twice", weighted(lambda / 4)),
            new Mistake("lambda is left out", weighted(0.5)),
            new Mistake("a mean over the weights: it is their sum", weighted(lambda / 2 / size)),
            new Mistake(
                "importance is left out",
                (t, at, in) -> {
                  var moved = t.subtract(at, get(in, "anchor"));
                  return t.scale(lambda / 2, t.sum(t.multiply(moved, moved)));
                }),
            new Mistake(
                "the weights themselves, not how far they are from the anchor",
                (t, at, in) ->
                    t.scale(
                        lambda / 2,
                        t.sum(t.multiply(get(in, "importance"), t.multiply(at, at)))))));
  }

  private static Formula weighted(double factor) {
    return (t, at, in) -> {
      var moved = t.subtract(at, get(in, "anchor"));
      return t.scale(factor, t.sum(t.multiply(get(in, "importance"), t.multiply(moved, moved))));
    };
  }
}
