package engram.tensor;

import java.util.List;

/** Shapes that an op cannot take; the message names the op, the shapes, the rule and a hint. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public ShapeException(String message) {
    super(message);
  }

  /**
   * @param op name of the op
   * @param inputs shapes that it was given
   * @param rule what is wrong, with the numbers
   * @param hint how the operands are laid out, or what to do
   */
  public ShapeException(String op, List<Shape> inputs, String rule, String hint) {
    super("%s %s: %s. %s".formatted(op, inputs, rule, hint));
  }
}
