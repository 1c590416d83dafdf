package engram.inspect;

import engram.op.AdamStep;
import engram.op.AddBias;
import engram.op.Affine;
import engram.op.Assign;
import engram.op.BatchNorm;
import engram.op.BatchNormInference;
import engram.op.ClipGradientNorm;
import engram.op.Concat;
import engram.op.Conv2d;
import engram.op.CrossEntropy;
import engram.op.CustomOp;
import engram.op.Dropout;
import engram.op.Elementwise;
import engram.op.Expand;
import engram.op.FusedBatchNorm;
import engram.op.FusedConv2d;
import engram.op.KdLoss;
import engram.op.L2Normalize;
import engram.op.LeakyRelu;
import engram.op.Linear;
import engram.op.LogSoftmax;
import engram.op.MatMul;
import engram.op.MaxPool2d;
import engram.op.MeanSquaredError;
import engram.op.Narrow;
import engram.op.One;
import engram.op.Op;
import engram.op.Pad;
import engram.op.PooledConv2d;
import engram.op.Reduce;
import engram.op.Relu;
import engram.op.SgdStep;
import engram.op.SoftCrossEntropy;
import engram.op.Softmax;
import engram.op.SumRows;
import engram.op.Unary;
import engram.op.View;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the code of an op stands, as paths from the root of the repository.
 *
 * @param definition its file: formula, shape rule, gradient, loops in double precision
 * @param vector where the kernel of the vector backend stands
 * @param openCl the kernel's OpenCL C; where there are several files, processors come before GPUs
 */
public record KernelSource(String definition, String vector, List<String> openCl) {

  /** The code of an op of the engine; empty for one from outside. */
  public static Optional<KernelSource> of(Op op) {
    return switch (op) {
      case AdamStep _ -> source(op, "light/AdamKernel", "adam_step");
      case AddBias _ -> source(op, "light/LayoutKernels", "add_bias");
      case Affine _ -> source(op, "light/ElementwiseKernels", "affine");
      case Assign _, View _ -> source(op, "light/ElementwiseKernels", "copy");
      case BatchNorm _, BatchNormInference _ -> source(op, "norm/BatchNormKernels", "batch_norm");
      case FusedBatchNorm _ ->
          source(op, "norm/BatchNormKernels", "batch_norm", "fused_batch_norm");
      case BatchNorm.InputGradient _, BatchNorm.ParameterGradient _ ->
          source(op, "norm/BatchNormGradientKernels", "batch_norm");
      case FusedBatchNorm.InputGradient _, FusedBatchNorm.ParameterGradient _ ->
          source(op, "norm/BatchNormGradientKernels", "fused_batch_norm");
      case ClipGradientNorm _ -> source(op, "light/OptimizerKernels", "clip_gradient_norm");
      case Concat _ -> source(op, "light/LayoutKernels", "concat");
      case Conv2d _, FusedConv2d _ ->
          source(op, "conv/Conv2dForward", "conv2d", "winograd_conv2d", "gemm");
      case Conv2d.InputGradient _, PooledConv2d.InputGradient _ ->
          source(op, "conv/Conv2dInputGradient", "conv2d", "winograd_conv2d", "gemm");
      case Conv2d.WeightGradient _ ->
          source(op, "conv/Conv2dWeightGradient", "conv2d_weight_gradient", "gemm");
      case CrossEntropy _, CrossEntropy.Gradient _ ->
          source(op, "light/LossKernels", "cross_entropy");
      case CustomOp _ -> Optional.empty();
      case Dropout _ -> source(op, "light/ElementwiseKernels", "dropout");
      case Elementwise _ -> source(op, "light/ElementwiseKernels", "elementwise");
      case Expand _ -> source(op, "light/ReduceKernels", "expand");
      case KdLoss _, KdLoss.Gradient _ -> source(op, "light/LossKernels", "kd_loss");
      case L2Normalize _, L2Normalize.Gradient _ -> source(op, "light/RowKernels", "l2_normalize");
      case LeakyRelu _, LeakyRelu.Gradient _ ->
          source(op, "light/ElementwiseKernels", "leaky_relu");
      case Linear _ -> source(op, "matmul/MatrixProduct", "linear", "gemm");
      case LogSoftmax _, LogSoftmax.Gradient _ -> source(op, "light/RowKernels", "log_softmax");
      case MatMul _ -> source(op, "matmul/MatrixProduct", "matmul", "gemm");
      case MaxPool2d _, MaxPool2d.Gradient _ -> source(op, "light/PoolKernels", "max_pool2d");
      case MeanSquaredError _ -> source(op, "light/LossKernels", "reduce");
      case MeanSquaredError.Gradient _ -> source(op, "light/LossKernels", "mean_squared_error");
      case Narrow _ -> source(op, "light/LayoutKernels", "narrow");
      case One _ -> source(op, "VectorBackend", "one");
      case Pad _ -> source(op, "light/LayoutKernels", "pad");
      case PooledConv2d.WeightGradient _ ->
          source(op, "conv/PooledWeightGradient", "pooled_conv2d_weight_gradient", "gemm");
      case Reduce _, SumRows _ -> source(op, "light/ReduceKernels", "reduce");
      case Relu _, Relu.Gradient _ -> source(op, "light/ElementwiseKernels", "relu");
      case SgdStep _ -> source(op, "light/SgdKernel", "sgd_step");
      case SoftCrossEntropy _, SoftCrossEntropy.Gradient _ ->
          source(op, "light/LossKernels", "soft_cross_entropy");
      case Softmax _, Softmax.Gradient _ -> source(op, "light/RowKernels", "softmax");
      case Unary _ -> source(op, "light/ElementwiseKernels", "unary");
    };
  }

  private static Optional<KernelSource> source(Op op, String vector, String... openCl) {
    String file = op.getClass().getName().replaceFirst("\\$.*", "").replace('.', '/');
    return Optional.of(
        new KernelSource(
            "engine/src/main/java/" + file + ".java",
            "engine/src/main/java/engram/backend/vector/" + vector + ".java",
            Stream.of(openCl)
                .map(name -> "kernels/src/main/resources/engram/kernels/" + name + ".cl")
                .toList()));
  }
}
