package engram.op;

import java.util.List;

/** One instance of every op, from which tests and benchmarks reach all declared cases. */
public final class OpCatalog {
  private OpCatalog() {}

  /** An instance of each op; its attributes do not matter. */
  public static final List<Op> OPS =
      List.of(
          new AddBias(),
          new Affine(1, 0),
          new Assign(),
          new Conv2d(1, 0),
          new Conv2d.InputGradient(1, 0, 1, 1),
          new Conv2d.WeightGradient(1, 0, 1, 1),
          Elementwise.add(),
          Elementwise.subtract(),
          Elementwise.multiply(),
          Elementwise.divide(),
          new LeakyRelu(0),
          new LeakyRelu.Gradient(0),
          new MatMul(false, false),
          new Narrow(0, 0, 1),
          new One(),
          new Pad(0, 0, 0),
          new RepeatRows(engram.tensor.Shape.shape(1)),
          new SumRows(),
          View.reshape(engram.tensor.Shape.shape(1)));

  /** Every declared case of every op. */
  public static List<OpCase> cases() {
    return OPS.stream().flatMap(op -> op.cases().stream()).toList();
  }
}
