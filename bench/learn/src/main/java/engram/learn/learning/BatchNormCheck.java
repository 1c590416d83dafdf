package engram.learn.learning;

import static engram.tensor.Shape.shape;

import engram.learn.api.Learning;
import engram.learn.exercise.LearnerBackend;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.nn.optim.Sgd;
import engram.op.BatchNorm;
import engram.op.BatchNormInference;
import engram.op.Op;
import engram.op.Values;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Batch normalisation: in training and in use. */
final class BatchNormCheck {
  private static final double SINGLE = 1e-4;
  private static final List<String> OPERANDS =
      List.of("x", "gamma", "beta", "runningMean", "runningVariance");

  private BatchNormCheck() {}

  static Verdict check(Learning.BatchNorm mine) {
    LearnerBackend.Own own = op -> own(mine, op);
    List<String> results = List.of("y", "mean", "inverse");
    return Checks.all(
        () ->
            new OwnUpdates(new BatchNorm(0.1f, 1e-5f).cases(), OPERANDS, results, own, Mistakes::of)
                .check(),
        () ->
            new OwnUpdates(
                    new BatchNormInference(1e-5f).cases(),
                    OPERANDS,
                    List.of("y", "inverse"),
                    own,
                    Mistakes::of)
                .check(),
        () -> TrainedBeside.check(new Sgd(0.1), own),
        () -> torch(mine));
  }

  private static Optional<LearnerBackend.Definition> own(Learning.BatchNorm mine, Op op) {
    return switch (op) {
      case BatchNorm(float momentum, float eps) ->
          Optional.of(
              (in, out) ->
                  mine.train(
                      in.get(0),
                      in.get(1),
                      in.get(2),
                      in.get(3),
                      in.get(4),
                      momentum,
                      eps,
                      out.get(0),
                      out.get(1),
                      out.get(2)));
      case BatchNormInference(float eps) ->
          Optional.of(
              (in, out) -> {
                out.get(1).map(in.get(4), variance -> 1 / Math.sqrt(variance + eps));
                mine.use(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4), eps, out.get(0));
              });
      default -> Optional.empty();
    };
  }

  private static Verdict torch(Learning.BatchNorm mine) {
    List<String> names = new ArrayList<>();
    for (Golden.Case each : Golden.cases("batch_norm")) {
      Values x = pictures(each, "x");
      Values gamma = row(each, "gamma");
      Values beta = row(each, "beta");
      Values mean = row(each, "running_mean");
      Values variance = row(each, "running_var");
      double eps = each.number("eps", 1e-5);
      Values y = Values.zeros(x.shape());
      if (each.flag("training")) {
        double momentum = each.number("momentum", 0.1);
        Values m = Values.zeros(gamma.shape());
        Values inverse = Values.zeros(gamma.shape());
        mine.train(x, gamma, beta, mean, variance, momentum, eps, y, m, inverse);
      } else {
        mine.use(x, gamma, beta, mean, variance, eps, y);
      }
      Values expected = pictures(each, "y");
      OptionalInt wrong = Numbers.firstWrong(expected, y, SINGLE);
      if (wrong.isPresent()) {
        int at = wrong.getAsInt();
        return Verdict.failed(
                "libtorch, case %s: y%s"
                    .formatted(each.name(), Numbers.place(expected.shape(), at)))
            .expected(Numbers.text(expected.get(at)), Numbers.text(y.get(at)));
      }
      names.add(each.name());
    }
    return Checks.againstTorch(names);
  }

  private static Values row(Golden.Case each, String role) {
    float[] numbers = each.role(role).values();
    Values row = Values.zeros(shape(numbers.length));
    for (int i = 0; i < numbers.length; i++) {
      row.set(i, numbers[i]);
    }
    return row;
  }

  /** From [N, C, H, W] to [N, H, W, C]. */
  private static Values pictures(Golden.Case each, String role) {
    Shape torch = each.role(role).shape();
    float[] numbers = each.role(role).values();
    int pixels = torch.dim(2) * torch.dim(3);
    Values values = Values.zeros(shape(torch.dim(0), torch.dim(2), torch.dim(3), torch.dim(1)));
    for (int i = 0; i < numbers.length; i++) {
      int pixel = i % pixels;
      int channel = i / pixels % torch.dim(1);
      int picture = i / pixels / torch.dim(1);
      values.set((picture * pixels + pixel) * torch.dim(1) + channel, numbers[i]);
    }
    return values;
  }
}
