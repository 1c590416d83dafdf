package engram.learn.learning;

import static engram.tensor.Shape.shape;

import engram.learn.api.Learning;
import engram.learn.exercise.LearnerBackend;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.nn.optim.Adam;
import engram.nn.optim.Sgd;
import engram.op.AdamStep;
import engram.op.OpCase;
import engram.op.Sample;
import engram.op.SgdStep;
import engram.op.Values;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Optimisers: against the engine in double precision, in training, against libtorch. */
final class OptimiserChecks {
  /** Of results in single precision, relative to their root mean square. */
  private static final double SINGLE = 1e-4;

  private OptimiserChecks() {}

  /** One step of an optimiser on parameters and what it remembers. */
  private interface Step {
    void run(int number, Values p, Values g, List<Values> memory);
  }

  static Verdict sgd(Learning.Sgd mine) {
    LearnerBackend.Own own =
        op ->
            op instanceof SgdStep(double momentum, boolean nesterov, double decay)
                ? Optional.of(
                    (in, _) -> {
                      double rate = in.get(3).get(0);
                      mine.step(in.get(0), in.get(1), in.get(2), rate, momentum, nesterov, decay);
                    })
                : Optional.empty();
    List<OpCase> cases = new SgdStep(0, false, 0).cases();
    return Checks.all(
        () ->
            new OwnUpdates(
                    cases, List.of("p", "g", "velocity", "rate"), List.of(), own, Mistakes::of)
                .check(),
        () -> TrainedBeside.check(new Sgd(0.1, 0.9, true, 1e-3), own),
        () ->
            torch(
                "sgd",
                each ->
                    (_, p, g, memory) ->
                        mine.step(
                            p,
                            g,
                            memory.getFirst(),
                            each.number("lr", 1e-3),
                            each.number("momentum", 0),
                            each.flag("nesterov"),
                            each.number("weight_decay", 0))));
  }

  static Verdict adam(Learning.Adam mine) {
    LearnerBackend.Own own =
        op ->
            op instanceof AdamStep(double beta1, double beta2, double epsilon, _, _)
                ? Optional.of(
                    (in, _) -> {
                      in.get(4).add(0, 1);
                      long step = (long) in.get(4).get(0);
                      double rate = in.get(5).get(0);
                      mine.step(
                          in.get(0), in.get(1), in.get(2), in.get(3), step, rate, beta1, beta2,
                          epsilon);
                    })
                : Optional.empty();
    return Checks.all(
        () ->
            new OwnUpdates(
                    adamCases(),
                    List.of("p", "g", "m", "v", "step", "rate"),
                    List.of(),
                    own,
                    Mistakes::of)
                .check(),
        () -> TrainedBeside.check(new Adam(0.02), own),
        () ->
            torch(
                "adam",
                each ->
                    (number, p, g, memory) ->
                        mine.step(
                            p,
                            g,
                            memory.get(0),
                            memory.get(1),
                            number,
                            each.number("lr", 1e-3),
                            0.9,
                            0.999,
                            1e-8)));
  }

  /** Weight decay is left to the engine. */
  private static List<OpCase> adamCases() {
    return List.of(
        adam(new AdamStep(0.9, 0.999, 1e-8, 0, false), 1, 0),
        adam(new AdamStep(0.9, 0.999, 1e-8, 0, false), 67, 6),
        adam(new AdamStep(0.8, 0.99, 1e-2, 0, false), 33, 1),
        adam(new AdamStep(0.9, 0.999, 1e-8, 0, false), 40, 1000),
        adam(new AdamStep(0, 0.5, 1e-6, 0, false), 16, 3)
            .sprinkle(1, Double.NaN, Double.POSITIVE_INFINITY));
  }

  private static OpCase adam(AdamStep op, int count, int steps) {
    Shape p = shape(count);
    return OpCase.of(op, p, p, p, p, shape(1), shape(1))
        .with(3, new Sample.Uniform(0, 2))
        .with(4, new Sample.Constant(steps))
        .with(5, new Sample.Constant(0.01));
  }

  private static Verdict torch(String op, Function<Golden.Case, Step> learners) {
    List<Golden.Case> cases =
        Golden.cases(op).stream()
            .filter(each -> op.equals("sgd") || each.number("weight_decay", 0) == 0)
            .toList();
    List<String> names = new ArrayList<>();
    for (Golden.Case each : cases) {
      Values p = values(each, "p0");
      float[] gradients = each.role("grads").values();
      List<Values> memory = List.of(Values.zeros(p.shape()), Values.zeros(p.shape()));
      Step step = learners.apply(each);
      int steps = gradients.length / p.size();
      for (int i = 0; i < steps; i++) {
        Values g = Values.zeros(p.shape());
        for (int j = 0; j < g.size(); j++) {
          g.set(j, gradients[i * g.size() + j]);
        }
        step.run(i + 1, p, g, memory);
      }
      Values expected = values(each, "p");
      OptionalInt wrong = Numbers.firstWrong(expected, p, SINGLE);
      if (wrong.isPresent()) {
        int at = wrong.getAsInt();
        return Verdict.failed(
                "libtorch, case %s: parameter %d after %d steps".formatted(each.name(), at, steps))
            .expected(Numbers.text(expected.get(at)), Numbers.text(p.get(at)));
      }
      names.add(each.name());
    }
    return Checks.againstTorch(names);
  }

  private static Values values(Golden.Case each, String role) {
    float[] numbers = each.role(role).values();
    Values values = Values.zeros(shape(numbers.length));
    for (int i = 0; i < numbers.length; i++) {
      values.set(i, numbers[i]);
    }
    return values;
  }
}
