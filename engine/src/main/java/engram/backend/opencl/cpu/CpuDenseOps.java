package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.DenseOps;
import engram.backend.opencl.ops.Epilogue;
import engram.backend.opencl.ops.OutputGradient;
import engram.backend.opencl.ops.Parts;
import engram.backend.opencl.ops.WeightGradient;
import engram.op.MatMul;
import engram.tensor.Shape;
import java.util.Optional;

/**
 * For devices on which a barrier costs much and memory is cached: a work-item is a whole tile.
 *
 * <p>A convolution is a {@link ConvLoop} behind {@code conv2d_prepare.cl}. Its input gradient is
 * the convolution of the output gradient, spread out by the stride, with the turned weight.
 */
public final class CpuDenseOps implements DenseOps {
  private final Session session;
  private final Tiles tiles;
  private final MatMulOps matMul;
  private final WeightGradientOps weightGradient;

  public CpuDenseOps(Session session) {
    this.session = session;
    tiles = Tiles.of(session.device());
    matMul = new MatMulOps(session, tiles);
    weightGradient = new WeightGradientOps(session, tiles);
  }

  @Override
  public DeviceKernel matMul(MatMul op, Operand a, Operand b, Epilogue epilogue) {
    return matMul.matMul(op, a, b, epilogue, Optional.empty());
  }

  @Override
  public DeviceKernel matMulWithSums(
      MatMul op, Operand a, Operand b, Operand y, Operand sums, Parts parts) {
    return matMul.matMul(op, a, b, Epilogue.none(y), Optional.of(sums));
  }

  @Override
  public DeviceKernel linear(Operand x, Operand w, Epilogue epilogue) {
    return matMul.rowsWithRows(x, w, epilogue);
  }

  @Override
  public DeviceKernel conv2d(int stride, int padding, Operand x, Operand w, Epilogue epilogue) {
    Shape image = x.shape();
    Shape weight = w.shape();
    ConvLoop loop =
        ConvLoop.of(
            session,
            tiles,
            new ConvLoop.Sizes(
                image.dim(0),
                (image.dim(1) + 2 * padding - weight.dim(0)) / stride + 1,
                (image.dim(2) + 2 * padding - weight.dim(1)) / stride + 1,
                image.dim(3),
                weight.dim(3),
                weight.dim(0),
                weight.dim(1),
                stride),
            epilogue);
    Halo halo = loop.halo(padding, padding, 1);
    Operand padded = halo.allocate(session);
    return DeviceKernel.sequence(halo.copy(session, x, padded), loop.launch(padded, w, false));
  }

  @Override
  public DeviceKernel inputGradient(
      int stride, int padding, OutputGradient dy, Operand w, Epilogue epilogue) {
    Shape image = epilogue.y().shape();
    Shape weight = w.shape();
    ConvLoop loop =
        ConvLoop.of(
            session,
            tiles,
            new ConvLoop.Sizes(
                image.dim(0),
                image.dim(1),
                image.dim(2),
                weight.dim(3),
                weight.dim(2),
                weight.dim(0),
                weight.dim(1),
                1),
            epilogue);
    Halo halo = loop.halo(weight.dim(0) - 1 - padding, weight.dim(1) - 1 - padding, stride);
    Operand padded = halo.allocate(session);
    DeviceKernel fill =
        dy.indices()
            .map(indices -> halo.unpool(session, dy.d(), indices, padded))
            .orElseGet(() -> halo.copy(session, dy.d(), padded));
    return DeviceKernel.sequence(fill, loop.launch(padded, w, true));
  }

  @Override
  public DeviceKernel weightGradient(WeightGradient wanted, Parts parts) {
    return weightGradient.weightGradient(wanted, parts);
  }
}
