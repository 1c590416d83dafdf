package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Shortens a flat buffer of gradients whose length exceeds a limit, as {@code
 * torch.nn.utils.clip_grad_norm_}: g [any shape] is updated,
 *
 * <pre>g = g min(1, max / (|g| + 1e-6))</pre>
 *
 * with the Euclidean norm over all elements. One NaN makes all of them NaN, as in PyTorch.
 *
 * @param max the limit, above 0
 */
public record ClipGradientNorm(double max) implements Op {
  /** As in PyTorch; keeps the quotient finite where all gradients are zero. */
  public static final double EPSILON = 1e-6;

  public ClipGradientNorm {
    require(max > 0, "the limit is " + max + ", expected a number above 0");
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    return List.of();
  }

  @Override
  public List<Integer> updates() {
    return List.of(0);
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values g = inputs.get(0);
    double scale = Math.min(1, max / (Math.sqrt(g.dot(g)) + EPSILON));
    g.map(g, value -> value * scale);
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 3L * inputs.get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new ClipGradientNorm(1), shape(1)),
        OpCase.of(new ClipGradientNorm(0.1), shape(67)),
        OpCase.of(new ClipGradientNorm(1000), shape(33)),
        OpCase.of(new ClipGradientNorm(2), shape(40_001)),
        OpCase.of(new ClipGradientNorm(2), shape(16)).with(0, new Sample.Constant(0)),
        OpCase.of(new ClipGradientNorm(2), shape(17)).sprinkle(0, 1e30, -3e38),
        OpCase.of(new ClipGradientNorm(2), shape(40_001)).with(0, new Sample.Constant(1e18)),
        OpCase.of(new ClipGradientNorm(2), shape(17)).sprinkle(0, Double.NaN));
  }
}
