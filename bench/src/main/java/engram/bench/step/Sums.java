package engram.bench.step;

import engram.bench.step.Sum.Function;
import engram.bench.step.Sum.Index;
import engram.bench.step.Sum.Read;
import engram.graph.Node;
import engram.op.AddBias;
import engram.op.Concat;
import engram.op.Conv2d;
import engram.op.CrossEntropy;
import engram.op.Elementwise;
import engram.op.Expand;
import engram.op.FusedConv2d;
import engram.op.Linear;
import engram.op.LogSoftmax;
import engram.op.MatMul;
import engram.op.MaxPool2d;
import engram.op.MeanSquaredError;
import engram.op.Narrow;
import engram.op.Pad;
import engram.op.PooledConv2d;
import engram.op.Reduce;
import engram.op.Softmax;
import engram.op.SumRows;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The {@link Sum} of each op: its formula as indices. Ops that are no sum list the numbers that
 * their formula takes.
 */
final class Sums {
  private static final int SECOND_OUTPUT = -2;

  private final Node node;
  private final Shape out;

  private Sums(Node node) {
    this.node = node;
    out = node.written().getFirst().shape();
  }

  /** How the elements of the first tensor that a node writes come about. */
  static Sum of(Node node) {
    return new Sums(node).sum();
  }

  private Sum sum() {
    return switch (node.op()) {
      case Conv2d op ->
          products(kernel(1), patch(op.stride(), op.padding(), false), read(1, 4, 5, 6, 3));
      case FusedConv2d op -> fused(op);
      case Conv2d.InputGradient op ->
          products(
              of(in(0), 1, 2, 3), read(0, 0, 4, 5, 6), turned(1, op.stride(), op.padding(), false));
      case Conv2d.WeightGradient op ->
          products(
              of(in(1), 0, 1, 2), shifted(op.stride(), op.padding(), false), read(1, 4, 5, 6, 3));
      case PooledConv2d.InputGradient op ->
          products(
                  of(in(0), 1, 2, 3),
                  read(1, 0, 4, 5, 6),
                  turned(2, op.stride(), op.padding(), true))
              .picking(read(0, 0, 4, 5, 6), 2);
      case PooledConv2d.WeightGradient op ->
          products(
                  of(in(1), 0, 1, 2), shifted(op.stride(), op.padding(), true), read(2, 4, 5, 6, 3))
              .picking(read(1, 4, 5, 6, 3), 2);
      case MatMul op ->
          products(
              List.of(in(0).dim(op.transposeA() ? 0 : 1)),
              op.transposeA() ? read(0, 2, 0) : read(0, 0, 2),
              op.transposeB() ? read(1, 1, 2) : read(1, 2, 1));
      case Linear _ ->
          products(List.of(in(0).dim(1)), read(0, 0, 2), read(1, 1, 2)).plus(read(2, 1));
      case AddBias _ -> products(List.of(), same(0)).plus(read(1, out.rank() - 1));
      case SumRows _ -> reduced(0, in(0).rank() - 2, 1);
      case Reduce op ->
          reduced(
              op.first(),
              op.last(),
              op.kind() == Reduce.Kind.SUM ? 1 : (double) out.elements() / in(0).elements());
      case Expand op -> products(List.of(), without(op.first(), op.last()));
      case Elementwise op when op.kind() == Elementwise.Kind.ADD ->
          products(List.of(), same(0)).plus(same(1));
      case Elementwise op when op.kind() == Elementwise.Kind.MULTIPLY ->
          products(List.of(), same(0), same(1));
      case MaxPool2d op ->
          products(
                  List.of(op.kernel(), op.kernel()),
                  new Read(
                      0,
                      List.of(
                          variable(0),
                          index(0, 1, op.stride(), 4, 1),
                          index(0, 2, op.stride(), 5, 1),
                          variable(3))))
              .of(Function.MAXIMUM);
      case MaxPool2d.Gradient op ->
          products(of(in(0), 1, 2), read(1, 0, 4, 5, 3))
              .picking(read(0, 0, 4, 5, 3), op.kernel())
              .where(
                  index(0, 1, 1, 4, -op.stride(), 6, -1), index(0, 2, 1, 5, -op.stride(), 7, -1));
      case Softmax _ -> row().then("1 / sum");
      case LogSoftmax _ -> row().then("-log(sum)");
      case CrossEntropy _ ->
          products(List.of(in(0).dim(0)), read(SECOND_OUTPUT, 1, 2))
              .picking(read(1, 1), 0)
              .of(Function.MINUS_LOG)
              .scale(1.0 / in(0).dim(0));
      case MeanSquaredError _ -> {
        int[] all = IntStream.range(1, 1 + in(0).rank()).toArray();
        yield products(dims(in(0)), read(0, all), read(1, all))
            .of(Function.SQUARED_DIFFERENCE)
            .scale(1.0 / in(0).elements());
      }
      case Narrow op -> products(List.of(), moved(0, op.axis(), op.start()));
      case Pad op -> products(List.of(), moved(0, op.axis(), -op.before()));
      case Concat op -> concat(op.axis());
      default -> numbers();
    };
  }

  private Sum fused(FusedConv2d op) {
    boolean pools = op.pool() == 2;
    Read bias = read(2, 3);
    Sum sum =
        products(kernel(1), patch(op.stride(), op.padding(), pools), read(1, 4, 5, 6, 3))
            .plus(op.residual() ? new Read[] {bias, same(3)} : new Read[] {bias});
    if (pools) {
      sum = sum.picking(read(SECOND_OUTPUT, 0, 1, 2, 3), 2);
    }
    return op.slope() == 1 ? sum : sum.then("s > 0 ? s : " + op.slope() + " s");
  }

  /** x of a convolution at the pixel and the place of the kernel; behind pooling at its maximum. */
  private static Read patch(int stride, int padding, boolean pools) {
    int step = pools ? 2 * stride : stride;
    int inWindow = pools ? stride : 0;
    return new Read(
        0,
        List.of(
            variable(0),
            index(-padding, 1, step, 4, 1, 7, inWindow),
            index(-padding, 2, step, 5, 1, 8, inWindow),
            variable(6)));
  }

  /** x of a weight gradient, at the place of the kernel and each pixel. */
  private static Read shifted(int stride, int padding, boolean pools) {
    int step = pools ? 2 * stride : stride;
    int inWindow = pools ? stride : 0;
    return new Read(
        0,
        List.of(
            variable(4),
            index(-padding, 5, step, 0, 1, 7, inWindow),
            index(-padding, 6, step, 1, 1, 8, inWindow),
            variable(2)));
  }

  /** The weight of an input gradient, at the place that leads from each pixel to this one. */
  private static Read turned(int operand, int stride, int padding, boolean pools) {
    int step = pools ? 2 * stride : stride;
    int inWindow = pools ? stride : 0;
    return new Read(
        operand,
        List.of(
            index(padding, 1, 1, 4, -step, 7, -inWindow),
            index(padding, 2, 1, 5, -step, 8, -inWindow),
            variable(3),
            variable(6)));
  }

  /** Of all in the row of an element, {@code exp(x[r, j] - x[r, k])}: logits of any size. */
  private Sum row() {
    int[] own = IntStream.range(0, out.rank()).toArray();
    int[] other = own.clone();
    other[out.rank() - 1] = out.rank();
    return products(List.of(out.dim(-1)), read(0, other), read(0, own)).of(Function.EXP_DIFFERENCE);
  }

  private Sum reduced(int first, int last, double scale) {
    Shape x = in(0);
    List<Index> at = new ArrayList<>();
    List<Integer> over = new ArrayList<>();
    for (int d = 0; d < x.rank(); d++) {
      if (d < first) {
        at.add(variable(d));
      } else if (d > last) {
        at.add(variable(d - (last - first + 1)));
      } else {
        at.add(variable(out.rank() + d - first));
        over.add(x.dim(d));
      }
    }
    return products(over, new Read(0, at)).scale(scale);
  }

  private Read without(int first, int last) {
    List<Index> at =
        IntStream.range(0, out.rank())
            .filter(d -> d < first || d > last)
            .mapToObj(Sums::variable)
            .toList();
    return new Read(0, at.isEmpty() ? List.of(index(0)) : at);
  }

  private Read moved(int operand, int axis, int by) {
    return new Read(
        operand,
        IntStream.range(0, out.rank())
            .mapToObj(d -> d == axis ? index(by, d, 1) : variable(d))
            .toList());
  }

  private Sum concat(int axis) {
    List<Read> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < node.inputs().size(); i++) {
      parts.add(moved(i, axis, -start));
      start += in(i).dim(axis);
    }
    return products(List.of()).plus(parts.toArray(new Read[0]));
  }

  /** The numbers that belong to an element: those of its place, its row, its channel. */
  private Sum numbers() {
    List<Read> reads = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Shape shape = in(i);
      if (shape.equals(out)) {
        reads.add(same(i));
      } else if (shape.rank() == 1 && shape.dim(0) == out.dim(-1)) {
        reads.add(read(i, out.rank() - 1));
      } else if (shape.rank() == 1 && shape.dim(0) == out.dim(0)) {
        reads.add(read(i, 0));
      } else if (shape.elements() == 1) {
        reads.add(new Read(i, List.of(index(0))));
      }
    }
    return products(List.of(), reads.toArray(new Read[0])).of(Function.LIST);
  }

  private Shape in(int operand) {
    return node.inputs().get(operand).shape();
  }

  /** Height, width and input channels of a weight. */
  private List<Integer> kernel(int operand) {
    return of(in(operand), 0, 1, 2);
  }

  private static List<Integer> of(Shape shape, int... dims) {
    return IntStream.of(dims).mapToObj(shape::dim).toList();
  }

  private static List<Integer> dims(Shape shape) {
    return IntStream.range(0, shape.rank()).mapToObj(shape::dim).toList();
  }

  private Read same(int operand) {
    return read(operand, IntStream.range(0, out.rank()).toArray());
  }

  private static Read read(int operand, int... variables) {
    return new Read(operand, IntStream.of(variables).mapToObj(Sums::variable).toList());
  }

  private static Index variable(int number) {
    return index(0, number, 1);
  }

  /**
   * A constant, and pairs of the number of a variable and its factor; factors of 0 are left out.
   */
  private static Index index(int constant, int... pairs) {
    List<List<Integer>> terms = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] != 0) {
        terms.add(List.of(pairs[i], pairs[i + 1]));
      }
    }
    return new Index(constant, terms);
  }

  private static Sum products(List<Integer> over, Read... factors) {
    return new Sum(over, List.of(), List.of(), List.of(factors), Function.NONE, 1, List.of(), "");
  }
}
