package engram.learn.learning;

import engram.learn.exercise.LearnerBackend.Definition;
import engram.op.AdamStep;
import engram.op.BatchNorm;
import engram.op.BatchNormInference;
import engram.op.Op;
import engram.op.SgdStep;
import engram.op.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;

/** What people write instead of an op of this chapter, by what is wrong with it. */
final class Mistakes {
  private Mistakes() {}

  static SequencedMap<String, Definition> of(Op op) {
    return switch (op) {
      case SgdStep sgd -> ofSgd(sgd);
      case AdamStep adam -> ofAdam(adam);
      case BatchNorm norm -> ofBatchNorm(norm);
      case BatchNormInference norm -> ofUse(norm);
      default -> new LinkedHashMap<>();
    };
  }

  private static SequencedMap<String, Definition> ofSgd(SgdStep op) {
    SequencedMap<String, Definition> mistakes = new LinkedHashMap<>();
    mistakes.put("uphill: p goes against the gradient, so the step is subtracted", uphill(op, 3));
    mistakes.put(
        "weight decay is not counted", new SgdStep(op.momentum(), op.nesterov(), 0)::reference);
    mistakes.put(
        "the old velocity is not counted", new SgdStep(0, false, op.weightDecay())::reference);
    mistakes.put(
        "nesterov is not looked at",
        new SgdStep(op.momentum(), false, op.weightDecay())::reference);
    mistakes.put(
        "it looks ahead where nesterov is false",
        new SgdStep(op.momentum(), op.momentum() > 0, op.weightDecay())::reference);
    mistakes.put(
        "the rate is in the velocity: it belongs to the step of p alone",
        (in, out) -> {
          Values velocity = in.get(2);
          double rate = in.get(3).get(0);
          for (int i = 0; i < velocity.size(); i++) {
            double pull = in.get(1).get(i) + op.weightDecay() * in.get(0).get(i);
            velocity.set(i, op.momentum() * velocity.get(i) + rate * pull);
          }
        });
    return mistakes;
  }

  private static SequencedMap<String, Definition> ofAdam(AdamStep op) {
    double beta1 = op.beta1();
    double beta2 = op.beta2();
    SequencedMap<String, Definition> mistakes = new LinkedHashMap<>();
    mistakes.put("uphill: p goes against the gradient, so the step is subtracted", uphill(op, 5));
    mistakes.put(
        "m and v are used as they are: divide them by 1 - beta^step first",
        way(op, (m, v, _, _) -> m / (Math.sqrt(v) + op.epsilon())));
    mistakes.put(
        "m is used as it is: divide it by 1 - beta1^step first",
        way(op, (m, v, _, part2) -> m / (Math.sqrt(v / part2) + op.epsilon())));
    mistakes.put(
        "v is used as it is: divide it by 1 - beta2^step first",
        way(op, (m, v, part1, _) -> m / part1 / (Math.sqrt(v) + op.epsilon())));
    mistakes.put(
        "the number of the step is one too small: it counts from 1",
        (in, out) -> {
          in.get(4).add(0, -1);
          op.reference(in, out);
        });
    mistakes.put(
        "what is divided by 1 - beta1^step is stored; m itself stays undivided",
        (in, out) -> {
          op.reference(in, out);
          double part = 1 - Math.pow(beta1, in.get(4).get(0));
          in.get(2).map(in.get(2), value -> value / part);
        });
    mistakes.put(
        "what is divided by 1 - beta2^step is stored; v itself stays undivided",
        (in, out) -> {
          op.reference(in, out);
          double part = 1 - Math.pow(beta2, in.get(4).get(0));
          in.get(3).map(in.get(3), value -> value / part);
        });
    mistakes.put(
        "g is not squared in v: it is the mean of squares", stored(op, 3, g -> (1 - beta2) * g));
    mistakes.put("the factor 1 - beta1 of g is missing in m", stored(op, 2, g -> g));
    mistakes.put("the factor 1 - beta2 of g squared is missing in v", stored(op, 3, g -> g * g));
    mistakes.put("beta1 is used where beta2 belongs", adam(op, beta1, beta1));
    mistakes.put("beta2 is used where beta1 belongs", adam(op, beta2, beta2));
    mistakes.put("beta1 and beta2 have changed places", adam(op, beta2, beta1));
    mistakes.put(
        "epsilon stands below the root: it is added behind it",
        way(op, (m, v, part1, part2) -> m / part1 / Math.sqrt(v / part2 + op.epsilon())));
    mistakes.put(
        "the root of v is missing",
        way(op, (m, v, part1, part2) -> m / part1 / (v / part2 + op.epsilon())));
    return mistakes;
  }

  /** Adam whose m or v gets something else of the gradient. */
  private static Definition stored(AdamStep op, int operand, DoubleUnaryOperator gain) {
    double beta = operand == 2 ? op.beta1() : op.beta2();
    return (in, out) -> {
      double[] before = copy(in.get(operand));
      op.reference(in, out);
      for (int i = 0; i < before.length; i++) {
        in.get(operand).set(i, beta * before[i] + gain.applyAsDouble(in.get(1).get(i)));
      }
    };
  }

  private static Definition adam(AdamStep op, double beta1, double beta2) {
    return new AdamStep(beta1, beta2, op.epsilon(), op.weightDecay(), op.decoupled())::reference;
  }

  /** How far a parameter goes, times the rate; {@code part} is 1 - beta^step. */
  @FunctionalInterface
  private interface Way {
    double of(double m, double v, double part1, double part2);
  }

  private static Definition way(AdamStep op, Way way) {
    return (in, out) -> {
      Values p = in.get(0);
      double[] before = copy(p);
      op.reference(in, out);
      double part1 = 1 - Math.pow(op.beta1(), in.get(4).get(0));
      double part2 = 1 - Math.pow(op.beta2(), in.get(4).get(0));
      for (int i = 0; i < p.size(); i++) {
        double far = way.of(in.get(2).get(i), in.get(3).get(i), part1, part2);
        p.set(i, before[i] - in.get(5).get(0) * far);
      }
    };
  }

  private static double[] copy(Values values) {
    double[] copy = new double[values.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values.get(i);
    }
    return copy;
  }

  private static SequencedMap<String, Definition> ofBatchNorm(BatchNorm op) {
    double momentum = op.momentum();
    SequencedMap<String, Definition> mistakes = new LinkedHashMap<>();
    mistakes.put("gamma is not counted", constant(op, 1, 1));
    mistakes.put("beta is not counted", constant(op, 2, 0));
    mistakes.put("x is read as [C, rows]: element [r, c] lies at r channels + c", turned(op));
    mistakes.put(
        "inverse is one over the deviation, and this is the deviation itself",
        (in, out) -> {
          op.reference(in, out);
          out.get(2).map(out.get(2), value -> 1 / value);
        });
    mistakes.put(
        "momentum is the weight of the batch; the running number keeps the rest",
        new BatchNorm(1 - op.momentum(), op.eps())::reference);
    mistakes.put(
        "into the running variance goes the sum of squares divided by m - 1, not by m",
        (in, out) -> {
          double[] before = copy(in.get(4));
          op.reference(in, out);
          double rows = in.get(0).shape().rows();
          for (int c = 0; c < before.length; c++) {
            double old = (1 - momentum) * before[c];
            in.get(4).set(c, old + (in.get(4).get(c) - old) * (rows - 1) / rows);
          }
        });
    mistakes.put(
        "the batch is normalised by the sum of squares divided by m, not by m - 1",
        inverse(op, true));
    mistakes.put("eps stands beside the root: it is added below it", inverse(op, false));
    mistakes.put(
        "in training it is the batch's own mean and variance that count, not the running ones",
        (in, out) -> new BatchNormInference(op.eps()).reference(in, out));
    return mistakes;
  }

  /** Batch normalisation of x read, and y written, as if channels came first. */
  private static Definition turned(BatchNorm op) {
    return (in, out) -> {
      Values x = in.getFirst();
      int channels = x.dim(-1);
      int rows = x.size() / channels;
      Values read = Values.zeros(x.shape());
      for (int i = 0; i < x.size(); i++) {
        read.set(i, x.get(i % channels * rows + i / channels));
      }
      List<Values> operands = new ArrayList<>(in);
      operands.set(0, read);
      op.reference(operands, out);
      double[] made = copy(out.getFirst());
      for (int i = 0; i < made.length; i++) {
        out.getFirst().set(i % channels * rows + i / channels, made[i]);
      }
    };
  }

  /** Batch normalisation by another deviation. */
  private static Definition inverse(BatchNorm op, boolean unbiased) {
    return (in, out) -> {
      op.reference(in, out);
      Values x = in.get(0);
      int channels = x.dim(-1);
      double rows = x.shape().rows();
      for (int c = 0; c < channels; c++) {
        double variance = 1 / (out.get(2).get(c) * out.get(2).get(c)) - op.eps();
        double other =
            unbiased
                ? 1 / Math.sqrt(variance * rows / (rows - 1) + op.eps())
                : 1 / (Math.sqrt(variance) + op.eps());
        out.get(2).set(c, other);
        for (int i = c; i < x.size(); i += channels) {
          double normal = (x.get(i) - out.get(1).get(c)) * other;
          out.get(0).set(i, normal * in.get(1).get(c) + in.get(2).get(c));
        }
      }
    };
  }

  private static SequencedMap<String, Definition> ofUse(BatchNormInference op) {
    SequencedMap<String, Definition> mistakes = new LinkedHashMap<>();
    mistakes.put("gamma is not counted", constant(op, 1, 1));
    mistakes.put("beta is not counted", constant(op, 2, 0));
    mistakes.put(
        "in use it is the running mean and variance that count, not those of the batch",
        (in, out) ->
            new BatchNorm(0, op.eps())
                .reference(in, List.of(out.get(0), out.get(1), Values.zeros(out.get(1).shape()))));
    return mistakes;
  }

  /** The op with one operand set to a number everywhere. */
  private static Definition constant(Op op, int operand, double number) {
    return (in, out) -> {
      in.get(operand).fill(number);
      op.reference(in, out);
    };
  }

  /** The op with its learning rate negative. */
  private static Definition uphill(Op op, int rate) {
    return (in, out) -> {
      in.get(rate).set(0, -in.get(rate).get(0));
      op.reference(in, out);
    };
  }
}
