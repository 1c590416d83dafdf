package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/**
 * What ops are appended to, in the words of arithmetic: a tape, a layer, a loss and a gradient all
 * say {@code t.add(a, b)}. Nothing is computed here; each call checks shapes and notes a node.
 *
 * <p>Shapes stand as in each op's own file, which has the formula. Every method throws {@link
 * engram.tensor.ShapeException} where the op cannot take the shapes.
 */
public interface Recorder {

  /**
   * Appends an op and returns all its outputs; none for an op that only updates operands. All else
   * here is a short way to say this.
   */
  List<Tensor> record(Op op, Tensor... inputs);

  /** Appends an op and returns its first output. */
  default Tensor apply(Op op, Tensor... inputs) {
    return record(op, inputs).getFirst();
  }

  /** {@code a + b}, of one shape. */
  default Tensor add(Tensor a, Tensor b) {
    return apply(new Elementwise(Elementwise.Kind.ADD), a, b);
  }

  /** {@code a - b}, of one shape. */
  default Tensor subtract(Tensor a, Tensor b) {
    return apply(new Elementwise(Elementwise.Kind.SUBTRACT), a, b);
  }

  /** {@code a b}, element by element, of one shape. */
  default Tensor multiply(Tensor a, Tensor b) {
    return apply(new Elementwise(Elementwise.Kind.MULTIPLY), a, b);
  }

  /** {@code a / b}, element by element, of one shape. */
  default Tensor divide(Tensor a, Tensor b) {
    return apply(new Elementwise(Elementwise.Kind.DIVIDE), a, b);
  }

  /** {@code factor x}. */
  default Tensor scale(double factor, Tensor x) {
    return apply(new Affine((float) factor, 0), x);
  }

  /** {@code factor x} for a factor that is itself a tensor, [1]. */
  default Tensor scale(Tensor factor, Tensor x) {
    Tensor everywhere = apply(new Expand(0, 0, shape(x.shape().elements())), factor);
    return multiply(reshape(everywhere, x.shape()), x);
  }

  /** {@code factor x + shift}. */
  default Tensor affine(double factor, Tensor x, double shift) {
    return apply(new Affine((float) factor, (float) shift), x);
  }

  /** {@code x + by}. */
  default Tensor shift(Tensor x, double by) {
    return affine(1, x, by);
  }

  default Tensor exp(Tensor x) {
    return apply(new Unary(Unary.Kind.EXP), x);
  }

  /** Natural logarithm. */
  default Tensor log(Tensor x) {
    return apply(new Unary(Unary.Kind.LOG), x);
  }

  default Tensor sqrt(Tensor x) {
    return apply(new Unary(Unary.Kind.SQRT), x);
  }

  /** {@code max(x, 0)}. */
  default Tensor relu(Tensor x) {
    return apply(new Relu(), x);
  }

  /** {@code x} where {@code condition} is above 0, and 0 elsewhere; both of one shape. */
  default Tensor where(Tensor condition, Tensor x) {
    return apply(new Relu.Gradient(), condition, x);
  }

  /** {@code x} above 0, {@code slope x} elsewhere. */
  default Tensor leakyRelu(Tensor x, double slope) {
    return apply(new LeakyRelu((float) slope), x);
  }

  /** A matrix that a product reads transposed; see {@link #transposed}. */
  record Transposed(Tensor matrix) {}

  /** {@code matrix}, to be read transposed by a product; no element is moved. */
  default Transposed transposed(Tensor matrix) {
    return new Transposed(matrix);
  }

  /** {@code a b}: [M, K], [K, N] -> [M, N]. */
  default Tensor matmul(Tensor a, Tensor b) {
    return apply(new MatMul(false, false), a, b);
  }

  /** {@code a b^T}: [M, K], [N, K] -> [M, N]. */
  default Tensor matmul(Tensor a, Transposed b) {
    return apply(new MatMul(false, true), a, b.matrix());
  }

  /** {@code a^T b}: [K, M], [K, N] -> [M, N]. */
  default Tensor matmul(Transposed a, Tensor b) {
    return apply(new MatMul(true, false), a.matrix(), b);
  }

  /** {@code x + bias} in each row: [..., C], [C] -> [..., C]. */
  default Tensor addBias(Tensor x, Tensor bias) {
    return apply(new AddBias(), x, bias);
  }

  /** {@code x weight^T + bias}: [N, in], [out, in], [out] -> [N, out]. */
  default Tensor linear(Tensor x, Tensor weight, Tensor bias) {
    return addBias(matmul(x, transposed(weight)), bias);
  }

  /** Convolution: [N, H, W, C], weight [KH, KW, C, O] -> [N, OH, OW, O]. */
  default Tensor conv2d(Tensor x, Tensor weight, int stride, int padding) {
    return apply(new Conv2d(stride, padding), x, weight);
  }

  /** Largest value of each window: [N, H, W, C] -> [N, OH, OW, C]. */
  default Tensor maxPool2d(Tensor x, int kernel, int stride) {
    return apply(new MaxPool2d(kernel, stride), x);
  }

  /** Mean over all pixels: [N, H, W, C] -> [N, C]. */
  default Tensor globalAveragePool(Tensor x) {
    return apply(new Reduce(Reduce.Kind.MEAN, 1, 2), x);
  }

  /**
   * Sets each element to zero with probability p and scales the others by 1 / (1 - p).
   *
   * @param key stream of random numbers
   * @param step number of the training step [1], which makes each step's choice another one
   */
  default Tensor dropout(Tensor x, float p, long key, Tensor step) {
    return apply(new Dropout(p, key), x, step);
  }

  /** Rows of length one: [..., C] -> [..., C]; a row of zeros stays. */
  default Tensor normalize(Tensor rows) {
    return apply(new L2Normalize(1e-12f), rows);
  }

  /** Each row of logits as probabilities: [N, K] -> [N, K]. */
  default Tensor softmax(Tensor logits) {
    return apply(new Softmax(), logits);
  }

  /** Logarithms of {@link #softmax}: [N, K] -> [N, K]. */
  default Tensor logSoftmax(Tensor logits) {
    return apply(new LogSoftmax(), logits);
  }

  /** Mean over rows of -log softmax at the label: [N, K], labels [N] -> [1]. */
  default Tensor crossEntropy(Tensor logits, Tensor labels) {
    return apply(new CrossEntropy(), logits, labels);
  }

  /** Cross-entropy with probabilities for labels: [N, K], [N, K] -> [1]. */
  default Tensor softCrossEntropy(Tensor logits, Tensor probabilities) {
    return apply(new SoftCrossEntropy(), logits, probabilities);
  }

  /** Distillation over the teacher's classes: [N, K], teacher [N, M], {@code M <= K} -> [1]. */
  default Tensor kd(Tensor logits, Tensor teacher, double temperature) {
    return apply(new KdLoss(temperature), logits, teacher);
  }

  /** Mean over elements of {@code (a - b)^2}, of one shape -> [1]. */
  default Tensor meanSquaredError(Tensor a, Tensor b) {
    return apply(new MeanSquaredError(), a, b);
  }

  /** Sum of all elements -> [1]. */
  default Tensor sum(Tensor x) {
    return apply(new Reduce(Reduce.Kind.SUM, 0, x.shape().rank() - 1), x);
  }

  /** Sum over one axis, which goes away. */
  default Tensor sum(Tensor x, int axis) {
    return apply(new Reduce(Reduce.Kind.SUM, axis, axis), x);
  }

  /** Mean over one axis, which goes away. */
  default Tensor mean(Tensor x, int axis) {
    return apply(new Reduce(Reduce.Kind.MEAN, axis, axis), x);
  }

  /** Sum over all rows: [..., C] -> [C]. */
  default Tensor sumRows(Tensor x) {
    return apply(new SumRows(), x);
  }

  /** {@code row} [C] as each row of the result [..., C]. */
  default Tensor repeatRows(Tensor row, Shape result) {
    return result.rank() == 1 ? row : apply(new Expand(0, result.rank() - 2, result), row);
  }

  /** {@code column} [N] as each column of the result [N, C]. */
  default Tensor repeatColumns(Tensor column, Shape result) {
    return apply(new Expand(1, 1, result), column);
  }

  /** The same elements under another shape; costs nothing. */
  default Tensor reshape(Tensor x, Shape shape) {
    return apply(new View(0, shape), x);
  }

  /** Positions {@code start} to {@code start + length - 1} of one axis. */
  default Tensor narrow(Tensor x, int axis, int start, int length) {
    return apply(new Narrow(axis, start, length), x);
  }

  /** The elements of x with zeros before and after them along one axis. */
  default Tensor pad(Tensor x, int axis, int before, int after) {
    return apply(new Pad(axis, before, after), x);
  }

  /** Tensors joined along an axis; their other dimensions are equal. */
  default Tensor concat(int axis, Tensor... parts) {
    return apply(new Concat(axis), parts);
  }

  /** Overwrites {@code target} with {@code value}. */
  default void assign(Tensor target, Tensor value) {
    record(new Assign(), target, value);
  }
}
