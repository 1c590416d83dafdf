package engram.op;

import static engram.tensor.Shape.shape;

import java.util.List;

/** One instance of every op, from which tests and benchmarks reach all declared cases. */
public final class OpCatalog {
  private OpCatalog() {}

  /** An instance of each op; its attributes do not matter. */
  public static final List<Op> OPS =
      List.of(
          new AdamStep(0.9, 0.999, 1e-8, 0, false),
          new AddBias(),
          new Affine(1, 0),
          new Assign(),
          new BatchNorm(0.1f, 1e-5f),
          new BatchNorm.InputGradient(),
          new BatchNorm.ParameterGradient(),
          new BatchNormInference(1e-5f),
          new ClipGradientNorm(1),
          new Concat(0),
          new Conv2d(1, 0),
          new Conv2d.InputGradient(1, 0, 1, 1),
          new Conv2d.WeightGradient(1, 0, 1, 1),
          new CrossEntropy(),
          new CrossEntropy.Gradient(),
          new Dropout(0, 0),
          new Elementwise(Elementwise.Kind.ADD),
          new Elementwise(Elementwise.Kind.SUBTRACT),
          new Elementwise(Elementwise.Kind.MULTIPLY),
          new Elementwise(Elementwise.Kind.DIVIDE),
          new Expand(0, 0, shape(1)),
          new FusedBatchNorm(new BatchNorm(0.1f, 1e-5f), new Relu(), true),
          new FusedBatchNorm.InputGradient(new Relu()),
          new FusedBatchNorm.ParameterGradient(new Relu()),
          new FusedConv2d(1, 0, 1, 1),
          new KdLoss(1),
          new KdLoss.Gradient(1, 1),
          new L2Normalize(1),
          new L2Normalize.Gradient(1),
          new LeakyRelu(0),
          new LeakyRelu.Gradient(0),
          new Linear(),
          new LogSoftmax(),
          new LogSoftmax.Gradient(),
          new MatMul(false, false),
          new MaxPool2d(1, 1),
          new MaxPool2d.Gradient(1, 1, 1, 1),
          new MeanSquaredError(),
          new MeanSquaredError.Gradient(),
          new Narrow(0, 0, 1),
          new One(),
          new Pad(0, 0, 0),
          new PooledConv2d.InputGradient(1, 0, 2, 2),
          new PooledConv2d.WeightGradient(1, 0, 1, 1),
          new Reduce(Reduce.Kind.SUM, 0, 0),
          new Relu(),
          new Relu.Gradient(),
          new SgdStep(0, false, 0),
          new SoftCrossEntropy(),
          new SoftCrossEntropy.Gradient(),
          new Softmax(),
          new Softmax.Gradient(),
          new SumRows(),
          new Unary(Unary.Kind.EXP),
          new Unary(Unary.Kind.LOG),
          new Unary(Unary.Kind.SQRT),
          new View(0, shape(1)));

  /** Every declared case of every op. */
  public static List<OpCase> cases() {
    return OPS.stream().flatMap(op -> op.cases().stream()).toList();
  }
}
