package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;

/**
 * The loss of rehearsal with distillation, fused: {@code total = ceWeight ce + kdWeight kd}, with
 * ce as {@link CrossEntropy} and kd as {@link KdLoss} define them.
 *
 * <p>logits [N, K], labels [N], old logits [N, M] with M <= K -> total, ce, kd, each [1], and for
 * the gradient the probabilities [N, K] of the one and the excess [N, M] of the other. Only total
 * carries a gradient.
 *
 * @param ceWeight weight of the cross-entropy, often called alpha
 * @param kdWeight weight of the distillation loss, often 1 - alpha
 * @param temperature of the distillation, above 0
 */
public record RehearsalKdLoss(float ceWeight, float kdWeight, double temperature) implements Op {

  public RehearsalKdLoss {
    new KdLoss(temperature);
  }

  @Override
  public String name() {
    return "rehearsal_kd_loss";
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    List<Shape> ce = new CrossEntropy().outputs(inputs.subList(0, 2));
    List<Shape> kd = new KdLoss(temperature).outputs(List.of(inputs.get(0), inputs.get(2)));
    return List.of(shape(1), ce.get(0), kd.get(0), ce.get(1), kd.get(1));
  }

  @Override
  public boolean differentiable(int input) {
    return input == 0;
  }

  @Override
  public void gradient(GradientBuilder g) {
    Op gradient = new Gradient(ceWeight, kdWeight, temperature);
    g.add(0, gradient, g.output(3), g.input(1), g.output(4), g.outputGradient());
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values ce = outputs.get(1);
    Values kd = outputs.get(2);
    new CrossEntropy().reference(inputs.subList(0, 2), List.of(ce, outputs.get(3)));
    new KdLoss(temperature)
        .reference(List.of(inputs.get(0), inputs.get(2)), List.of(kd, outputs.get(4)));
    outputs.get(0).set(0, ceWeight * ce.get(0) + kdWeight * kd.get(0));
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    long flops = 6L * inputs.get(0).elements() + 15L * inputs.get(2).elements();
    return Cost.of(flops, inputs, outputs(inputs));
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        of(new RehearsalKdLoss(0.5f, 0.5f, 2), 1, 1, 1),
        of(new RehearsalKdLoss(0.3f, 0.7f, 0.5), 5, 17, 9),
        of(new RehearsalKdLoss(0.5f, 0.5f, 2), 64, 43, 35),
        of(new RehearsalKdLoss(1, 10, 4), 3, 16, 16),
        of(new RehearsalKdLoss(0.5f, 0.5f, 2), 9, 7, 5).sprinkle(0, 1e4, -1e4),
        of(new RehearsalKdLoss(0.5f, 0.5f, 2), 4, 9, 8).sprinkle(2, Double.NaN));
  }

  private static OpCase of(RehearsalKdLoss op, int batch, int classes, int old) {
    return OpCase.of(op, shape(batch, classes), shape(batch), shape(batch, old))
        .with(1, new Sample.Whole(classes));
  }

  /**
   * Gradient of {@link RehearsalKdLoss}: probabilities [N, K], labels [N], excess [N, M], dtotal
   * [1] -> dlogits [N, K], the weighted sum of those of the two losses.
   */
  public record Gradient(float ceWeight, float kdWeight, double temperature) implements Op {
    @Override
    public String name() {
      return "rehearsal_kd_loss.gradient";
    }

    @Override
    public List<Shape> outputs(List<Shape> inputs) {
      Shape probabilities = inputs.get(0);
      Shape excess = inputs.get(2);
      new CrossEntropy().outputs(inputs.subList(0, 2));
      new KdLoss(temperature).outputs(List.of(probabilities, excess));
      if (!inputs.get(3).equals(shape(1))) {
        throw new ShapeException(
            name(),
            inputs,
            "a loss has one element",
            "Operands are probabilities, labels, excess, dtotal");
      }
      return List.of(probabilities);
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      Values excess = inputs.get(2);
      Values dlogits = outputs.get(0);
      new CrossEntropy.Gradient()
          .reference(List.of(inputs.get(0), inputs.get(1), inputs.get(3)), outputs);
      double scale = kdWeight * temperature / excess.dim(0) * inputs.get(3).get(0);
      for (int n = 0; n < dlogits.dim(0); n++) {
        for (int k = 0; k < dlogits.dim(1); k++) {
          int at = dlogits.index(n, k);
          double kd = k < excess.dim(1) ? excess.get(excess.index(n, k)) * scale : 0;
          dlogits.set(at, ceWeight * dlogits.get(at) + kd);
        }
      }
    }

    @Override
    public Cost cost(List<Shape> inputs) {
      return Cost.of(6L * inputs.get(0).elements(), inputs, outputs(inputs));
    }

    @Override
    public List<OpCase> cases() {
      return List.of(
          of(new Gradient(0.5f, 0.5f, 2), 1, 1, 1),
          of(new Gradient(0.3f, 0.7f, 0.5), 5, 17, 9),
          of(new Gradient(1, 10, 4), 64, 43, 35),
          of(new Gradient(0.5f, 0.5f, 2), 3, 16, 16).sprinkle(2, Double.NaN));
    }

    private static OpCase of(Gradient op, int batch, int classes, int old) {
      return OpCase.of(op, shape(batch, classes), shape(batch), shape(batch, old), shape(1))
          .with(0, new Sample.Probabilities(classes))
          .with(1, new Sample.Whole(classes));
    }
  }
}
