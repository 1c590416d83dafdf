package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Epilogue;
import engram.backend.opencl.ops.Gate;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.PooledConv2d;
import engram.tensor.Shape;
import java.util.Optional;

/**
 * Convolutions and their input gradients: a {@link ConvLoop} behind {@code conv2d_prepare.cl}. The
 * input gradient is the convolution of the output gradient, spread out by the stride, with the
 * turned weight.
 */
final class ConvOps {
  private final Session session;
  private final Tiles tiles;

  ConvOps(Session session, Tiles tiles) {
    this.session = session;
    this.tiles = tiles;
  }

  DeviceKernel conv2d(Conv2d op, Operand x, Operand w, Operand y) {
    return forward(op.stride(), op.padding(), x, w, Epilogue.none(y));
  }

  DeviceKernel fusedConv2d(
      FusedConv2d op, Operand x, Operand w, Operand bias, Operand y, Optional<Operand> indices) {
    Epilogue epilogue =
        new Epilogue(
            OpenClBuffer.of(y),
            Optional.of(OpenClBuffer.of(bias)),
            indices.map(OpenClBuffer::of),
            Optional.empty(),
            op.slope());
    return forward(op.stride(), op.padding(), x, w, epilogue);
  }

  private DeviceKernel forward(int stride, int padding, Operand x, Operand w, Epilogue epilogue) {
    Shape image = x.shape();
    Shape weight = w.shape();
    int channels = weight.dim(3);
    ConvLoop loop =
        ConvLoop.of(
            session,
            tiles,
            new ConvLoop.Sizes(
                image.dim(0),
                (image.dim(1) + 2 * padding - weight.dim(0)) / stride + 1,
                (image.dim(2) + 2 * padding - weight.dim(1)) / stride + 1,
                image.dim(3),
                channels,
                weight.dim(0),
                weight.dim(1),
                stride),
            epilogue);
    Halo halo = loop.halo(padding, padding, 1);
    OpenClBuffer framed = halo.allocate(session);
    return DeviceKernel.sequence(
        halo.copy(session, OpenClBuffer.of(x), image, framed), loop.launch(framed, w, false));
  }

  DeviceKernel inputGradient(
      Conv2d.InputGradient op, Operand dy, Operand w, Operand dx, Optional<Gate> gate) {
    Shape output = dy.shape();
    ConvLoop loop = backward(dx, w, gate);
    Halo halo = backwardHalo(loop, w.shape(), op.padding(), op.stride());
    OpenClBuffer framed = halo.allocate(session);
    DeviceKernel fill = halo.copy(session, OpenClBuffer.of(dy), output, framed);
    return DeviceKernel.sequence(fill, loop.launch(framed, w, true));
  }

  DeviceKernel pooledInputGradient(
      PooledConv2d.InputGradient op,
      Operand indices,
      Operand d,
      Operand w,
      Operand dx,
      Optional<Gate> gate) {
    ConvLoop loop = backward(dx, w, gate);
    Halo halo = backwardHalo(loop, w.shape(), op.padding(), op.stride());
    OpenClBuffer framed = halo.allocate(session);
    DeviceKernel fill =
        halo.unpool(session, OpenClBuffer.of(d), OpenClBuffer.of(indices), d.shape(), framed);
    return DeviceKernel.sequence(fill, loop.launch(framed, w, true));
  }

  private ConvLoop backward(Operand dx, Operand w, Optional<Gate> gate) {
    Shape image = dx.shape();
    Shape weight = w.shape();
    return ConvLoop.of(
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
        Epilogue.gradient(dx, gate));
  }

  private static Halo backwardHalo(ConvLoop loop, Shape weight, int padding, int stride) {
    return loop.halo(weight.dim(0) - 1 - padding, weight.dim(1) - 1 - padding, stride);
  }
}
