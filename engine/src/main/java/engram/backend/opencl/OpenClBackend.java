package engram.backend.opencl;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.Step;
import engram.backend.opencl.cpu.CpuDenseOps;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.FmaPeak;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClException;
import engram.backend.opencl.device.ProgramCache;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.gpu.GemmTile;
import engram.backend.opencl.gpu.GemmTiles;
import engram.backend.opencl.gpu.GpuDenseOps;
import engram.backend.opencl.gpu.MeasuredTiles;
import engram.backend.opencl.ops.BatchNormOps;
import engram.backend.opencl.ops.DenseOps;
import engram.backend.opencl.ops.ElementwiseOps;
import engram.backend.opencl.ops.Epilogue;
import engram.backend.opencl.ops.LayoutOps;
import engram.backend.opencl.ops.LossOps;
import engram.backend.opencl.ops.OptimizerOps;
import engram.backend.opencl.ops.Parts;
import engram.backend.opencl.ops.PoolOps;
import engram.backend.opencl.ops.ReduceOps;
import engram.backend.opencl.ops.RowOps;
import engram.base.UserCache;
import engram.graph.Graph;
import engram.graph.Node;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs ops on an OpenCL device. Tensors stay there: arguments of kernels are set once, when an op
 * is bound; kernels go into one queue, which works in order; nothing waits but {@link #finish} and
 * the reading of a buffer.
 */
public final class OpenClBackend implements Backend {
  private final Session session;
  private final ElementwiseOps elementwise;
  private final LayoutOps layout;
  private final ReduceOps reduce;
  private final RowOps rows;
  private final LossOps loss;
  private final PoolOps pool;
  private final OptimizerOps optimizer;
  private final BatchNormOps batchNorm;
  private final DenseOps dense;
  private final DenseSteps denseSteps;
  private Optional<FmaPeak> peak = Optional.empty();

  private OpenClBackend(Session session, DenseOps dense) {
    this.session = session;
    this.dense = dense;
    denseSteps = new DenseSteps(dense);
    elementwise = new ElementwiseOps(session);
    layout = new LayoutOps(session);
    reduce = new ReduceOps(session);
    rows = new RowOps(session);
    loss = new LossOps(session);
    pool = new PoolOps(session);
    optimizer = new OptimizerOps(session, reduce);
    batchNorm = new BatchNormOps(session);
  }

  /**
   * Opens a device with the kernels made for its kind. Programs are compiled, and the tiles for a
   * GPU measured, when they are first used, which takes a moment; both are kept in the user's cache
   * folder.
   *
   * @param notice takes lines that a person should see
   * @throws OpenClException if it cannot be used
   */
  public static OpenClBackend open(OpenClDevice device, Consumer<String> notice) {
    Path caches = UserCache.folder().resolve("opencl");
    Optional<ProgramCache> programs = Optional.of(new ProgramCache(caches));
    return device.type() == OpenClDevice.Type.CPU
        ? withCpuKernels(new Session(device, programs))
        : withGpuKernels(
            device, MeasuredTiles.of(device, caches, CpuDenseOps::new, notice), programs);
  }

  /** Opens a device with the kernels made for processors, whatever it is. */
  public static OpenClBackend withCpuKernels(OpenClDevice device) {
    return withCpuKernels(new Session(device));
  }

  private static OpenClBackend withCpuKernels(Session session) {
    return new OpenClBackend(session, new CpuDenseOps(session));
  }

  /** Opens a device with the kernels made for GPUs, whatever it is; nothing is measured. */
  public static OpenClBackend withGpuKernels(OpenClDevice device) {
    return withGpuKernels(device, GemmTiles.of(device), Optional.empty());
  }

  /** The same with one tile for all products. */
  static OpenClBackend withGpuKernels(OpenClDevice device, GemmTile tile) {
    return withGpuKernels(device, GemmTiles.all(tile), Optional.empty());
  }

  private static OpenClBackend withGpuKernels(
      OpenClDevice device, GemmTiles tiles, Optional<ProgramCache> programs) {
    device.requireUsable(); // says more plainly what is wrong than a tile that does not fit
    tiles.requireFit(device);
    Session session = new Session(device, programs);
    return new OpenClBackend(session, new GpuDenseOps(session, tiles));
  }

  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public String description() {
    return "opencl, " + session.device();
  }

  @Override
  public Buffer allocate(int elements) {
    return session.allocate(elements);
  }

  /** Bytes of device memory in use. */
  public long memoryUsed() {
    return session.memory().used();
  }

  @Override
  public Kernel bind(Op op, List<Operand> in, List<Operand> out) {
    return switch (op) {
      case AdamStep adam -> optimizer.adam(adam, in);
      case AddBias _ -> layout.addBias(in.get(0), in.get(1), out.get(0));
      case Affine affine ->
          elementwise.map("affine", in, out.get(0), affine.scale(), affine.shift());
      case Assign _ -> elementwise.copy(in.get(1), in.get(0));
      case BatchNorm norm -> batchNorm.training(norm, in, out);
      case BatchNorm.InputGradient _ -> batchNorm.inputGradient(in, out.get(0));
      case BatchNorm.ParameterGradient _ -> batchNorm.parameterGradient(in, out.get(0));
      case BatchNormInference norm -> batchNorm.inference(norm, in, out);
      case ClipGradientNorm clip -> optimizer.clipGradientNorm(clip, in.get(0));
      case Concat concat -> layout.concat(concat.axis(), in, out.get(0));
      case Conv2d conv2d ->
          dense.conv2d(
              conv2d.stride(), conv2d.padding(), in.get(0), in.get(1), Epilogue.none(out.get(0)));
      case Conv2d.InputGradient _ -> denseSteps.product(op, in, Epilogue.none(out.get(0)));
      case Conv2d.WeightGradient _ -> weightGradient(op, in, out.get(0));
      case CrossEntropy _ -> loss.crossEntropy(in, out);
      case CrossEntropy.Gradient _ -> loss.crossEntropyGradient(in, out.get(0));
      case CustomOp custom -> custom(custom, in, out);
      case Dropout dropout -> elementwise.dropout(dropout, in.get(0), in.get(1), out.get(0));
      case Elementwise two -> elementwise.arithmetic(two.kind(), in, out.get(0));
      case Expand expand -> layout.expand(expand, in.get(0), out.get(0));
      case FusedBatchNorm norm -> batchNorm.training(norm, in, out);
      case FusedBatchNorm.InputGradient norm ->
          batchNorm.inputGradient(norm.activation(), in, out.get(0));
      case FusedBatchNorm.ParameterGradient norm ->
          batchNorm.parameterGradient(norm.activation(), in, out.get(0));
      case FusedConv2d fused ->
          dense.conv2d(
              fused.stride(),
              fused.padding(),
              in.get(0),
              in.get(1),
              new Epilogue(
                  out.get(0),
                  Optional.of(in.get(2)),
                  fused.pool() == 2 ? Optional.of(out.get(1)) : Optional.empty(),
                  fused.residual() ? Optional.of(in.get(3)) : Optional.empty(),
                  Optional.empty(),
                  fused.slope()));
      case KdLoss kd -> loss.kdLoss(kd, in, out);
      case KdLoss.Gradient kd -> loss.kdLossGradient(kd, in, out.get(0));
      case L2Normalize norm -> rows.l2Normalize("l2_normalize", norm.eps(), all(in, out));
      case L2Normalize.Gradient norm ->
          rows.l2Normalize("l2_normalize_gradient", norm.eps(), all(in, out));
      case LeakyRelu relu -> elementwise.map("leaky_relu", in, out.get(0), relu.slope());
      case LeakyRelu.Gradient relu ->
          elementwise.map("leaky_relu", "leaky_relu_gradient", in, out.get(0), relu.slope());
      case Linear _ -> dense.linear(in.get(0), in.get(1), Epilogue.bias(out.get(0), in.get(2)));
      case LogSoftmax _ -> rows.softmax("log_softmax", "log_softmax", all(in, out));
      case LogSoftmax.Gradient _ ->
          rows.softmax("log_softmax", "log_softmax_gradient", all(in, out));
      case MatMul _ -> denseSteps.product(op, in, Epilogue.none(out.get(0)));
      case MaxPool2d max -> pool.maxPool2d(max.kernel(), max.stride(), in.get(0), out);
      case MaxPool2d.Gradient max ->
          pool.maxPool2dGradient(max.kernel(), max.stride(), in, out.get(0));
      case MeanSquaredError _ -> reduce.meanSquaredError(in.get(0), in.get(1), out.get(0));
      case MeanSquaredError.Gradient _ ->
          elementwise.map("mean_squared_error", "mean_squared_error_gradient", in, out.get(0));
      case Narrow narrow -> layout.narrow(narrow, in.get(0), out.get(0));
      case One _ -> elementwise.constantOne(out.get(0));
      case Pad pad -> layout.pad(pad, in.get(0), out.get(0));
      case PooledConv2d.InputGradient _ -> denseSteps.product(op, in, Epilogue.none(out.get(0)));
      case PooledConv2d.WeightGradient _ -> weightGradient(op, in, out.get(0));
      case Reduce sum -> reduce.reduce(sum, in.get(0), out.get(0));
      case Relu _ -> elementwise.map("relu", in, out.get(0));
      case Relu.Gradient _ -> elementwise.map("relu", "relu_gradient", in, out.get(0));
      case SgdStep sgd -> optimizer.sgd(sgd, in);
      case SoftCrossEntropy _ -> loss.softCrossEntropy(in, out);
      case SoftCrossEntropy.Gradient _ -> loss.softCrossEntropyGradient(in, out.get(0));
      case Softmax _ -> rows.softmax("softmax", "softmax", all(in, out));
      case Softmax.Gradient _ -> rows.softmax("softmax", "softmax_gradient", all(in, out));
      case SumRows _ -> reduce.sumRows(in.get(0), out.get(0));
      case Unary unary -> elementwise.unary(unary.kind(), in, out.get(0));
      case View view ->
          elementwise.copy(
              new Operand(
                  view.output(), in.get(0).buffer().slice(view.offset(), view.output().elements())),
              out.get(0));
    };
  }

  /** One work-item for each piece of an op from outside, which must bring its C. */
  private DeviceKernel custom(CustomOp op, List<Operand> in, List<Operand> out) {
    CustomOp.Source source =
        op.openCl()
            .orElseThrow(
                () ->
                    new OpenClException(
                        ("opencl: %s brings no OpenCL C, so it cannot run here.\n"
                                + "Return a Source from its openCl(), or use --device vector.")
                            .formatted(op.name())));
    int pieces = op.pieces(in.stream().map(Operand::shape).toList());
    return session.kernel(source).operands(in).operands(out).ints(pieces).range(pieces);
  }

  private DeviceKernel weightGradient(Op op, List<Operand> in, Operand dw) {
    return Parts.complete(
        session, parts -> denseSteps.weightGradient(op, in, dw, Optional.empty(), parts));
  }

  @Override
  public List<List<Node>> groups(Graph graph, List<Node> steps) {
    return StepGroups.of(graph, steps);
  }

  @Override
  public List<Kernel> bindGroups(List<List<Step>> groups) {
    return new GroupBinder(
            session, denseSteps, loss, step -> bind(step.op(), step.inputs(), step.outputs()))
        .bind(groups);
  }

  private static List<Operand> all(List<Operand> in, List<Operand> out) {
    return java.util.stream.Stream.concat(in.stream(), out.stream()).toList();
  }

  /** Time between start and end of its launches, without the way through the queue. */
  @Override
  public long time(Kernel kernel) {
    return kernel instanceof DeviceKernel ours ? ours.runTimed() : Backend.super.time(kernel);
  }

  /**
   * The most floating-point operations a second that the device does, measured now on registers
   * alone; takes a few hundredths of a second.
   *
   * @return GFLOP/s; a multiply-add counts as two operations
   */
  public double fmaPeak() {
    FmaPeak kernel = peak.orElseGet(() -> new FmaPeak(session));
    peak = Optional.of(kernel);
    return kernel.measure(20);
  }

  @Override
  public void finish() {
    session.finish();
  }

  @Override
  public void close() {
    session.close();
  }
}
