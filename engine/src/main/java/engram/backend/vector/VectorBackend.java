package engram.backend.vector;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.light.AdamKernel;
import engram.backend.vector.light.BatchNormGradientKernels;
import engram.backend.vector.light.BatchNormKernels;
import engram.backend.vector.light.CustomKernels;
import engram.backend.vector.light.DropoutKernels;
import engram.backend.vector.light.ElementwiseKernels;
import engram.backend.vector.light.LayoutKernels;
import engram.backend.vector.light.Loops;
import engram.backend.vector.light.LossKernels;
import engram.backend.vector.light.NormalizeKernels;
import engram.backend.vector.light.OptimizerKernels;
import engram.backend.vector.light.PoolKernels;
import engram.backend.vector.light.ReduceKernels;
import engram.backend.vector.light.RowKernels;
import engram.backend.vector.light.SoftmaxKernels;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Parallel;
import engram.backend.vector.run.Workers;
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
import java.util.function.Function;

/** Runs ops on the processor's vector units, on several threads. */
public final class VectorBackend implements Backend {
  private final String name;
  private final String instructions;
  private final Workers workers;
  private final Parallel parallel;
  private final DenseKernels dense;
  private final Loops loops;

  private VectorBackend(
      String name,
      String instructions,
      Workers workers,
      Function<Parallel, DenseKernels> dense,
      Loops loops) {
    this.name = name;
    this.instructions = instructions;
    this.workers = workers;
    parallel = new Parallel(workers);
    this.dense = dense.apply(parallel);
    this.loops = loops;
  }

  /**
   * The backend with kernels of the Vector API, which must be present.
   *
   * @param threads 1 to 64
   */
  public static VectorBackend open(int threads) {
    Workers workers = new Workers(threads);
    return new VectorBackend(
        "vector",
        Lanes.bits() + " bit",
        workers,
        parallel -> new VectorKernels(workers),
        Loops.vector());
  }

  /** The backend with plain loops only, which every Java runtime has. */
  public static VectorBackend plain(int threads) {
    return new VectorBackend(
        "plain", "plain loops", new Workers(threads), PlainKernels::new, Loops.plain());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "%s, %s, %d thread%s"
        .formatted(name, instructions, workers.size(), workers.size() == 1 ? "" : "s");
  }

  @Override
  public Buffer allocate(int elements) {
    return HostBuffer.allocate(elements);
  }

  @Override
  public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
    Arguments in = new Arguments(inputs);
    Arguments out = new Arguments(outputs);
    return switch (op) {
      case AdamStep adam ->
          new AdamKernel(parallel, loops, adam, inputs.stream().map(HostBuffer::of).toList());
      case AddBias _ -> RowKernels.addBias(parallel, in.buffer(0), in.buffer(1), out.buffer(0));
      case Affine affine ->
          ElementwiseKernels.affine(parallel, affine, in.buffer(0), out.buffer(0));
      case Assign _ -> ElementwiseKernels.copy(parallel, in.buffer(1), in.buffer(0));
      case BatchNorm norm ->
          BatchNormKernels.training(
              parallel, norm, batchNorm(in, out), out.buffer(1), out.buffer(2));
      case BatchNorm.InputGradient _ ->
          BatchNormGradientKernels.input(
              parallel,
              new BatchNormGradientKernels.Buffers(
                  in.buffer(0),
                  in.buffer(1),
                  in.buffer(2),
                  in.buffer(3),
                  in.buffer(4),
                  in.buffer(5)),
              out.buffer(0));
      case BatchNorm.ParameterGradient _ ->
          BatchNormGradientKernels.parameters(
              parallel, in.buffer(0), in.buffer(1), in.buffer(2), in.buffer(3), out.buffer(0));
      case BatchNormInference norm ->
          BatchNormKernels.inference(parallel, norm.eps(), batchNorm(in, out), out.buffer(1));
      case ClipGradientNorm clip -> OptimizerKernels.clipGradientNorm(parallel, clip, in.buffer(0));
      case Concat concat -> LayoutKernels.concat(parallel, concat.axis(), inputs, out.get(0));
      case Conv2d conv -> dense.conv2d(conv, in.get(0), in.get(1), out.get(0));
      case Conv2d.InputGradient conv -> dense.inputGradient(conv, in.get(0), in.get(1), out.get(0));
      case Conv2d.WeightGradient conv ->
          dense.weightGradient(conv, in.get(0), in.get(1), out.get(0));
      case CrossEntropy _ ->
          LossKernels.crossEntropy(parallel, in.get(0), in.buffer(1), out.buffer(0), out.buffer(1));
      case CrossEntropy.Gradient _ ->
          LossKernels.crossEntropyGradient(
              parallel, in.get(0), in.buffer(1), in.buffer(2), out.buffer(0));
      case CustomOp custom ->
          CustomKernels.bind(parallel, name.equals("vector"), custom, inputs, outputs);
      case Dropout dropout ->
          DropoutKernels.dropout(parallel, dropout, in.buffer(0), in.buffer(1), out.buffer(0));
      case Elementwise elementwise ->
          ElementwiseKernels.arithmetic(
              parallel, elementwise.kind(), in.buffer(0), in.buffer(1), out.buffer(0));
      case Expand expand -> ReduceKernels.expand(parallel, expand, in.get(0), out.get(0));
      case FusedConv2d conv -> dense.fusedConv2d(conv, inputs, outputs);
      case KdLoss kd ->
          LossKernels.kdLoss(parallel, kd, in.get(0), in.get(1), out.buffer(0), out.buffer(1));
      case KdLoss.Gradient kd ->
          LossKernels.kdLossGradient(parallel, kd, in.get(0), in.buffer(1), out.buffer(0));
      case L2Normalize normalize ->
          NormalizeKernels.l2Normalize(
              parallel, normalize.eps(), in.get(0), out.get(0), out.get(1));
      case L2Normalize.Gradient normalize ->
          NormalizeKernels.l2NormalizeGradient(
              parallel, normalize.eps(), in.get(0), in.get(1), in.get(2), out.get(0));
      case LeakyRelu relu ->
          ElementwiseKernels.leakyRelu(parallel, loops, relu.slope(), in.buffer(0), out.buffer(0));
      case LeakyRelu.Gradient relu ->
          ElementwiseKernels.leakyReluGradient(
              parallel, loops, relu.slope(), in.buffer(0), in.buffer(1), out.buffer(0));
      case Linear _ -> dense.linear(in.get(0), in.get(1), in.get(2), out.get(0));
      case LogSoftmax _ -> SoftmaxKernels.logSoftmax(parallel, in.get(0), out.get(0));
      case LogSoftmax.Gradient _ ->
          SoftmaxKernels.logSoftmaxGradient(parallel, in.get(0), in.get(1), out.get(0));
      case MatMul matmul -> dense.matMul(matmul, in.get(0), in.get(1), out.get(0));
      case MaxPool2d pool ->
          PoolKernels.maxPool2d(
              parallel, loops, pool.kernel(), pool.stride(), in.get(0), out.get(0), out.get(1));
      case MaxPool2d.Gradient pool ->
          PoolKernels.maxPool2dGradient(
              parallel, loops, pool.kernel(), pool.stride(), in.get(0), in.get(1), out.get(0));
      case MeanSquaredError _ ->
          LossKernels.meanSquaredError(parallel, in.buffer(0), in.buffer(1), out.buffer(0));
      case MeanSquaredError.Gradient _ ->
          LossKernels.meanSquaredErrorGradient(
              parallel, in.buffer(0), in.buffer(1), in.buffer(2), out.buffer(0));
      case Narrow narrow -> LayoutKernels.narrow(parallel, narrow, in.get(0), out.get(0));
      case One _ -> () -> out.buffer(0).write(0, ONE, 0, 1);
      case Pad pad -> LayoutKernels.pad(parallel, pad, in.get(0), out.get(0));
      case PooledConv2d.InputGradient conv ->
          dense.pooledInputGradient(conv, in.get(0), in.get(1), in.get(2), out.get(0));
      case PooledConv2d.WeightGradient conv ->
          dense.pooledWeightGradient(conv, in.get(0), in.get(1), in.get(2), out.get(0));
      case Reduce reduce -> ReduceKernels.reduce(parallel, reduce, in.get(0), out.get(0));
      case Relu _ -> ElementwiseKernels.relu(parallel, loops, in.buffer(0), out.buffer(0));
      case Relu.Gradient _ ->
          ElementwiseKernels.reluGradient(
              parallel, loops, in.buffer(0), in.buffer(1), out.buffer(0));
      case SgdStep sgd ->
          OptimizerKernels.sgd(
              parallel, sgd, in.buffer(0), in.buffer(1), in.buffer(2), in.buffer(3));
      case SoftCrossEntropy _ ->
          LossKernels.softCrossEntropy(
              parallel, in.get(0), in.buffer(1), out.buffer(0), out.buffer(1));
      case SoftCrossEntropy.Gradient _ ->
          LossKernels.softCrossEntropyGradient(
              parallel, in.get(0), in.buffer(1), in.buffer(2), out.buffer(0));
      case Softmax _ -> SoftmaxKernels.softmax(parallel, in.get(0), out.get(0));
      case Softmax.Gradient _ ->
          SoftmaxKernels.softmaxGradient(parallel, in.get(0), in.get(1), out.get(0));
      case SumRows _ -> RowKernels.sumRows(parallel, in.buffer(0), out.buffer(0));
      case Unary unary ->
          ElementwiseKernels.unary(parallel, unary.kind(), in.buffer(0), out.buffer(0));
      case View view ->
          ElementwiseKernels.copy(
              parallel, in.buffer(0).slice(view.offset(), view.output().elements()), out.buffer(0));
    };
  }

  private static BatchNormKernels.Buffers batchNorm(Arguments in, Arguments out) {
    return new BatchNormKernels.Buffers(
        in.buffer(0), in.buffer(1), in.buffer(2), in.buffer(3), in.buffer(4), out.buffer(0));
  }

  private static final float[] ONE = {1};

  /** Operands with their storage as this backend made it. */
  private record Arguments(List<Operand> operands) {
    Operand get(int index) {
      return operands.get(index);
    }

    HostBuffer buffer(int index) {
      return HostBuffer.of(operands.get(index));
    }
  }

  @Override
  public void finish() {}

  @Override
  public void close() {
    workers.close();
  }
}
