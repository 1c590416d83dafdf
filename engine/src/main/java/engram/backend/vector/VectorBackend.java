package engram.backend.vector;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.Way;
import engram.backend.vector.light.AdamKernel;
import engram.backend.vector.light.CustomKernels;
import engram.backend.vector.light.ElementwiseKernels;
import engram.backend.vector.light.LayoutKernels;
import engram.backend.vector.light.Loops;
import engram.backend.vector.light.LossKernels;
import engram.backend.vector.light.OptimizerKernels;
import engram.backend.vector.light.PoolKernels;
import engram.backend.vector.light.ReduceKernels;
import engram.backend.vector.light.RowKernels;
import engram.backend.vector.light.SgdKernel;
import engram.backend.vector.norm.BatchNormGradientKernels;
import engram.backend.vector.norm.BatchNormKernels;
import engram.backend.vector.norm.NormLoops;
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
import engram.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs ops on the processor's vector units, on several threads. */
public final class VectorBackend implements Backend {
  private final String name;
  private final String instructions;
  private final Workers workers;
  private final Parallel parallel;
  private final DenseKernels dense;
  private final Loops loops;
  private final ElementwiseKernels elementwise;
  private final LayoutKernels layout;
  private final ReduceKernels reduce;
  private final RowKernels rows;
  private final LossKernels loss;
  private final PoolKernels pool;
  private final OptimizerKernels optimizer;
  private final BatchNormKernels batchNorm;
  private final BatchNormGradientKernels batchNormGradient;

  private VectorBackend(
      String name,
      String instructions,
      Workers workers,
      Function<Parallel, DenseKernels> dense,
      Loops loops,
      NormLoops normLoops) {
    this.name = name;
    this.instructions = instructions;
    this.workers = workers;
    parallel = new Parallel(workers);
    this.dense = dense.apply(parallel);
    this.loops = loops;
    elementwise = new ElementwiseKernels(parallel, loops);
    layout = new LayoutKernels(parallel);
    reduce = new ReduceKernels(parallel);
    rows = new RowKernels(parallel);
    loss = new LossKernels(parallel);
    pool = new PoolKernels(parallel, loops);
    optimizer = new OptimizerKernels(parallel);
    batchNorm = new BatchNormKernels(parallel, normLoops);
    batchNormGradient = new BatchNormGradientKernels(parallel, normLoops);
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
        Loops.vector(),
        NormLoops.vector());
  }

  /** The backend with plain loops only, which every Java runtime has. */
  public static VectorBackend plain(int threads) {
    return new VectorBackend(
        "plain",
        "plain loops",
        new Workers(threads),
        PlainKernels::new,
        Loops.plain(),
        NormLoops.plain());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "%s, %s, %s thread%s"
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
      case AdamStep adam -> new AdamKernel(parallel, loops, adam, in.buffers());
      case AddBias _ -> layout.addBias(in.buffer(0), in.buffer(1), out.buffer(0));
      case Affine affine -> elementwise.affine(affine, in.buffer(0), out.buffer(0));
      case Assign _ -> elementwise.copy(in.buffer(1), in.buffer(0));
      case BatchNorm norm -> batchNorm.training(norm, in.buffers(), out.buffers());
      case BatchNorm.InputGradient _ -> batchNormGradient.input(in.buffers(), out.buffer(0));
      case BatchNorm.ParameterGradient _ ->
          batchNormGradient.parameters(in.buffers(), out.buffer(0));
      case BatchNormInference norm -> batchNorm.inference(norm.eps(), in.buffers(), out.buffers());
      case ClipGradientNorm clip -> optimizer.clipGradientNorm(clip, in.buffer(0));
      case Concat concat -> layout.concat(concat.axis(), inputs, out.get(0));
      case Conv2d _, Conv2d.InputGradient _, Conv2d.WeightGradient _ ->
          dense.bind(op, inputs, outputs);
      case CrossEntropy _ ->
          loss.crossEntropy(in.get(0), in.buffer(1), out.buffer(0), out.buffer(1));
      case CrossEntropy.Gradient _ ->
          loss.crossEntropyGradient(in.get(0), in.buffer(1), in.buffer(2), out.buffer(0));
      case CustomOp custom ->
          CustomKernels.bind(parallel, name.equals("vector"), custom, inputs, outputs);
      case Dropout dropout ->
          elementwise.dropout(dropout, in.buffer(0), in.buffer(1), out.buffer(0));
      case Elementwise two ->
          elementwise.arithmetic(two.kind(), in.buffer(0), in.buffer(1), out.buffer(0));
      case Expand expand -> reduce.expand(expand, in.get(0), out.get(0));
      case FusedBatchNorm norm -> batchNorm.training(norm, in.buffers(), out.buffers());
      case FusedBatchNorm.InputGradient norm ->
          batchNormGradient.input(norm.activation(), in.buffers(), out.buffer(0));
      case FusedBatchNorm.ParameterGradient norm ->
          batchNormGradient.parameters(norm.activation(), in.buffers(), out.buffer(0));
      case FusedConv2d _ -> dense.bind(op, inputs, outputs);
      case KdLoss kd -> loss.kdLoss(kd, in.get(0), in.get(1), out.buffer(0), out.buffer(1));
      case KdLoss.Gradient kd -> loss.kdLossGradient(kd, in.get(0), in.buffer(1), out.buffer(0));
      case L2Normalize norm -> rows.l2Normalize(norm.eps(), in.get(0), out.get(0), out.get(1));
      case L2Normalize.Gradient norm ->
          rows.l2NormalizeGradient(norm.eps(), in.get(0), in.get(1), in.get(2), out.get(0));
      case LeakyRelu relu -> elementwise.leakyRelu(relu.slope(), in.buffer(0), out.buffer(0));
      case LeakyRelu.Gradient relu ->
          elementwise.leakyReluGradient(relu.slope(), in.buffer(0), in.buffer(1), out.buffer(0));
      case Linear _ -> dense.bind(op, inputs, outputs);
      case LogSoftmax _ -> rows.logSoftmax(in.get(0), out.get(0));
      case LogSoftmax.Gradient _ -> rows.logSoftmaxGradient(in.get(0), in.get(1), out.get(0));
      case MatMul _ -> dense.bind(op, inputs, outputs);
      case MaxPool2d max ->
          pool.maxPool2d(max.kernel(), max.stride(), in.get(0), out.get(0), out.get(1));
      case MaxPool2d.Gradient max ->
          pool.maxPool2dGradient(max.kernel(), max.stride(), in.get(0), in.get(1), out.get(0));
      case MeanSquaredError _ -> loss.meanSquaredError(in.buffer(0), in.buffer(1), out.buffer(0));
      case MeanSquaredError.Gradient _ ->
          loss.meanSquaredErrorGradient(in.buffer(0), in.buffer(1), in.buffer(2), out.buffer(0));
      case Narrow narrow -> layout.narrow(narrow, in.get(0), out.get(0));
      case One _ -> () -> out.buffer(0).write(0, ONE, 0, 1);
      case Pad pad -> layout.pad(pad, in.get(0), out.get(0));
      case PooledConv2d.InputGradient _, PooledConv2d.WeightGradient _ ->
          dense.bind(op, inputs, outputs);
      case Reduce sum -> reduce.reduce(sum, in.get(0), out.get(0));
      case Relu _ -> elementwise.relu(in.buffer(0), out.buffer(0));
      case Relu.Gradient _ -> elementwise.reluGradient(in.buffer(0), in.buffer(1), out.buffer(0));
      case SgdStep sgd -> new SgdKernel(parallel, loops, sgd, in.buffers());
      case SoftCrossEntropy _ ->
          loss.softCrossEntropy(in.get(0), in.buffer(1), out.buffer(0), out.buffer(1));
      case SoftCrossEntropy.Gradient _ ->
          loss.softCrossEntropyGradient(in.get(0), in.buffer(1), in.buffer(2), out.buffer(0));
      case Softmax _ -> rows.softmax(in.get(0), out.get(0));
      case Softmax.Gradient _ -> rows.softmaxGradient(in.get(0), in.get(1), out.get(0));
      case SumRows _ -> reduce.sumRows(in.buffer(0), out.buffer(0));
      case Unary unary -> elementwise.unary(unary.kind(), in.buffer(0), out.buffer(0));
      case View view ->
          elementwise.copy(
              in.buffer(0).slice(view.offset(), view.output().elements()), out.buffer(0));
    };
  }

  @Override
  public List<Way> ways(Op op, List<Shape> inputs) {
    List<Shape> outputs = op.outputs(inputs);
    return outputs.isEmpty() ? List.of() : dense.ways(op, inputs, outputs.getFirst());
  }

  private static final float[] ONE = {1};

  @Override
  public Optional<Backend> forWarmUp() {
    return Optional.of(name.equals("vector") ? open(1) : plain(1));
  }

  /** Operands with their storage as this backend made it. */
  private record Arguments(List<Operand> operands) {
    Operand get(int index) {
      return operands.get(index);
    }

    HostBuffer buffer(int index) {
      return HostBuffer.of(operands.get(index));
    }

    List<HostBuffer> buffers() {
      return operands.stream().map(HostBuffer::of).toList();
    }
  }

  @Override
  public void finish() {}

  @Override
  public void close() {
    workers.close();
  }
}
