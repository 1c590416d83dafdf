package engram.op;

import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A primitive of the engine. An op is a value: a record of its attributes. Its whole meaning is in
 * its file: shape rule, definition, gradient, cost, and the cases on which it is tested and
 * benchmarked. Adding an op makes the compiler demand a line from each backend, which switches over
 * this sealed type without a default.
 *
 * <p>Labels, positions and counters are operands like any other, as whole numbers in float32 (exact
 * up to 2^24).
 */
public sealed interface Op
    permits Activation,
        AdamStep,
        AddBias,
        Affine,
        Assign,
        BatchNorm,
        BatchNorm.InputGradient,
        BatchNorm.ParameterGradient,
        BatchNormInference,
        ClipGradientNorm,
        Concat,
        Conv2d,
        Conv2d.InputGradient,
        Conv2d.WeightGradient,
        CrossEntropy,
        CrossEntropy.Gradient,
        CustomOp,
        Dropout,
        Elementwise,
        Expand,
        FusedBatchNorm,
        FusedBatchNorm.InputGradient,
        FusedBatchNorm.ParameterGradient,
        FusedConv2d,
        KdLoss,
        KdLoss.Gradient,
        L2Normalize,
        L2Normalize.Gradient,
        LeakyRelu.Gradient,
        Linear,
        LogSoftmax,
        LogSoftmax.Gradient,
        MatMul,
        MaxPool2d,
        MaxPool2d.Gradient,
        MeanSquaredError,
        MeanSquaredError.Gradient,
        Narrow,
        One,
        Pad,
        PooledConv2d.InputGradient,
        PooledConv2d.WeightGradient,
        Reduce,
        Relu.Gradient,
        SgdStep,
        SoftCrossEntropy,
        SoftCrossEntropy.Gradient,
        Softmax,
        Softmax.Gradient,
        SumRows,
        Unary,
        View {

  /**
   * Name in the field's terms, such as {@code conv2d} or {@code conv2d.weight_gradient}. By default
   * that of the record in snake case, behind that of the record in whose file it stands.
   */
  default String name() {
    String record = getClass().getName().replaceFirst(".*\\.", "").replace('$', '.');
    return record.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  /**
   * The shape rule. By default all operands have one shape, and so has the only result.
   *
   * @return shapes of the outputs, empty for an op that only updates operands
   * @throws ShapeException naming op, shapes, rule and hint
   */
  default List<Shape> outputs(List<Shape> inputs) {
    require(
        inputs.stream().distinct().count() <= 1,
        inputs,
        "shapes differ",
        "There is no broadcasting; add_bias adds to each row");
    return inputs.subList(0, 1);
  }

  /**
   * Appends the ops that compute the gradients of the operands.
   *
   * @throws NoGradientException for ops that are part of a backward pass or an update themselves
   */
  default void gradient(GradientBuilder g) {
    throw new NoGradientException(this);
  }

  /**
   * The definition of the op: plain loops in double precision. Every element of every output is
   * written; what {@code outputs} held before must not matter.
   */
  void reference(List<Values> inputs, List<Values> outputs);

  /** Arithmetic operations, by default one for each element of the first operand. */
  default long flops(List<Shape> inputs) {
    return inputs.get(0).elements();
  }

  /**
   * Arithmetic and memory traffic. By default every operand is read once, and every result and
   * every operand that is updated is written once.
   */
  default Cost cost(List<Shape> inputs) {
    List<Shape> written = new ArrayList<>(outputs(inputs));
    updates().forEach(index -> written.add(inputs.get(index)));
    return Cost.of(flops(inputs), inputs, written);
  }

  /**
   * Shapes and attributes that test, gradient-check and benchmark this op, whatever its own are.
   */
  List<OpCase> cases();

  /** Operands that the op overwrites, such as the parameters of an optimiser step. */
  default List<Integer> updates() {
    return List.of();
  }

  /**
   * Whether a gradient flows to operand {@code input}; false for labels, positions and counters.
   */
  default boolean differentiable(int input) {
    return true;
  }

  /** Says, where it does not hold, what rule an attribute breaks. */
  default void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name() + ": " + rule);
    }
  }

  /**
   * Says, where it does not hold, what rule the shapes break.
   *
   * @param rule what is wrong, with the numbers
   * @param hint how the operands are laid out, or what to do
   */
  default void require(boolean holds, List<Shape> inputs, String rule, String hint) {
    if (!holds) {
      throw new ShapeException(name(), inputs, rule, hint);
    }
  }
}
