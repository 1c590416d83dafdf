package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Knowledge distillation (Hinton, Vinyals, Dean 2015): how far the new network's opinion on the old
 * classes is from the old network's, mean over the batch.
 *
 * <p>new logits [N, K], old logits [N, M] with {@code M <= K} -> loss [1], excess [N, M]:
 *
 * <pre>q = softmax(old / T),  p = softmax(new[:, :M] / T)
 * loss = T^2 / N sum over n, m of q[n, m] (log q[n, m] - log p[n, m])</pre>
 *
 * The by-product p - q is what the gradient needs. Where q is 0 the term is 0, as in {@code
 * torch.nn.functional.kl_div}. No gradient flows to the teacher.
 *
 * @param temperature T, above 0; the higher, the more the small probabilities count
 */
public record KdLoss(double temperature) implements Op {
  private static final String LAYOUT =
      "Operands are new logits [batch, classes], old logits [batch, old classes]";

  public KdLoss {
    require(temperature > 0, "temperature is " + temperature + ", expected a number above 0");
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape student = inputs.get(0);
    Shape teacher = inputs.get(1);
    require(
        student.rank() == 2 && teacher.rank() == 2 && student.dim(0) == teacher.dim(0),
        inputs,
        "both need rank 2 and one batch size",
        LAYOUT);
    require(
        teacher.dim(1) <= student.dim(1),
        inputs,
        "the teacher knows %d classes but the student only %d"
            .formatted(teacher.dim(1), student.dim(1)),
        LAYOUT);
    return List.of(shape(1), teacher);
  }

  @Override
  public boolean differentiable(int input) {
    return input == 0;
  }

  @Override
  public void gradient(GradientBuilder g) {
    int classes = g.input(0).shape().dim(1);
    g.contribute(0, new Gradient(temperature, classes), g.output(1), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values student = inputs.get(0);
    Values teacher = inputs.get(1);
    double total = 0;
    for (int n = 0; n < teacher.dim(0); n++) {
      int shared = teacher.dim(1);
      for (int m = 0; m < shared; m++) {
        double logP = LogProbability.of(student.row(n).part(0, shared), m, temperature);
        double logQ = LogProbability.of(teacher.row(n), m, temperature);
        double q = StrictMath.exp(logQ);
        total += q == 0 ? 0 : q * (logQ - logP);
        outputs.get(1).set(teacher.index(n, m), StrictMath.exp(logP) - q);
      }
    }
    outputs.get(0).set(0, temperature * temperature * total / teacher.dim(0));
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 15L * inputs.get(1).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(2, 1, 1, 1),
        of(2, 1, 2, 1),
        of(2, 5, 17, 9),
        of(0.5, 3, 33, 16),
        of(4, 64, 43, 35),
        of(2, 7, 8, 8),
        of(2, 9, 7, 5).sprinkle(0, 1e4, -1e4).sprinkle(1, 1e4, -1e4),
        of(2, 2, 4, 3)
            .with(0, new Sample.Constant(3e16))
            .with(1, new Sample.Constant(-3e38))
            .sprinkle(1, -3e38),
        of(2, 4, 9, 8).sprinkle(0, Double.NaN),
        of(2, 4, 9, 8).sprinkle(1, Double.NEGATIVE_INFINITY));
  }

  private static OpCase of(double temperature, int batch, int classes, int old) {
    return OpCase.of(new KdLoss(temperature), shape(batch, classes), shape(batch, old));
  }

  /**
   * Gradient of {@link KdLoss}: excess p - q [N, M], dloss [1] -> dlogits [N, classes], {@code
   * dlogits[n, m] = T / N (p - q)[n, m] dloss}. It is 0 for the classes that the teacher does not
   * know.
   */
  public record Gradient(double temperature, int classes) implements Op {
    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape excess = inputs.get(0);
      require(
          excess.rank() == 2 && excess.dim(1) <= classes && inputs.get(1).equals(shape(1)),
          inputs,
          "excess needs at most %d columns, the loss one element".formatted(classes),
          "Operands are excess [batch, old classes], dloss [1]");
      return List.of(shape(excess.dim(0), classes));
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values excess = inputs.get(0);
      Values gradient = outputs.get(0);
      double scale = temperature / excess.dim(0) * inputs.get(1).get(0);
      gradient.fill(0);
      for (int n = 0; n < excess.dim(0); n++) {
        for (int m = 0; m < excess.dim(1); m++) {
          gradient.set(gradient.index(n, m), excess.get(excess.index(n, m)) * scale);
        }
      }
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          OpCase.of(new Gradient(2, 1), shape(1, 1), shape(1)),
          OpCase.of(new Gradient(0.5, 17), shape(5, 9), shape(1)),
          OpCase.of(new Gradient(4, 33), shape(3, 33), shape(1)),
          OpCase.of(new Gradient(2, 43), shape(64, 35), shape(1)).sprinkle(0, Double.NaN));
    }
  }
}
