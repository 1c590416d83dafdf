package engram.backend.opencl;

import engram.backend.Operand;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.PooledConv2d;
import engram.tensor.Shape;
import java.util.Optional;

/**
 * Convolutions and their input gradients: {@code conv2d.cl}. The input gradient is the convolution
 * of the output gradient, spread out by the stride, with the turned weight.
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
        new ConvLoop(
            session,
            tiles,
            image.dim(0),
            (image.dim(1) + 2 * padding - weight.dim(0)) / stride + 1,
            (image.dim(2) + 2 * padding - weight.dim(1)) / stride + 1,
            image.dim(3),
            channels,
            weight.dim(0),
            weight.dim(1),
            stride,
            epilogue);
    Halo halo = loop.halo(padding, padding, 1);
    OpenClBuffer framed = halo.allocate(session);
    OpenClBuffer packed = OpenClBuffer.of(w);
    DeviceKernel fill = halo.copy(session, OpenClBuffer.of(x), image, framed);
    if (loop.paddedChannels() == channels) {
      return DeviceKernel.sequence(fill, loop.launch(framed, packed));
    }
    int rows = weight.elements() / channels;
    OpenClBuffer wide = session.allocate(rows * loop.paddedChannels());
    DeviceKernel widen =
        session
            .kernel("conv2d_prepare", "pad_columns")
            .operand(packed)
            .operand(wide)
            .number(wide.elements())
            .number(channels)
            .number(loop.paddedChannels())
            .range(wide.elements());
    return DeviceKernel.sequence(fill, widen, loop.launch(framed, wide));
  }

  DeviceKernel inputGradient(
      Conv2d.InputGradient op, Operand dy, Operand w, Operand dx, Optional<Gate> gate) {
    Shape output = dy.shape();
    ConvLoop loop = backward(dx, w, gate);
    Halo halo = backwardHalo(loop, w.shape(), op.padding(), op.stride());
    OpenClBuffer framed = halo.allocate(session);
    DeviceKernel fill = halo.copy(session, OpenClBuffer.of(dy), output, framed);
    return withTurnedWeight(loop, fill, framed, w);
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
    return withTurnedWeight(loop, fill, framed, w);
  }

  private ConvLoop backward(Operand dx, Operand w, Optional<Gate> gate) {
    Shape image = dx.shape();
    Shape weight = w.shape();
    return new ConvLoop(
        session,
        tiles,
        image.dim(0),
        image.dim(1),
        image.dim(2),
        weight.dim(3),
        weight.dim(2),
        weight.dim(0),
        weight.dim(1),
        1,
        Epilogue.gradient(dx, gate));
  }

  private static Halo backwardHalo(ConvLoop loop, Shape weight, int padding, int stride) {
    return loop.halo(weight.dim(0) - 1 - padding, weight.dim(1) - 1 - padding, stride);
  }

  private DeviceKernel withTurnedWeight(
      ConvLoop loop, DeviceKernel fill, OpenClBuffer framed, Operand w) {
    Shape weight = w.shape();
    int taps = weight.dim(0) * weight.dim(1);
    OpenClBuffer turned = session.allocate(taps * weight.dim(3) * loop.paddedChannels());
    DeviceKernel turn =
        session
            .kernel("conv2d_prepare", "turn_weight")
            .operand(w)
            .operand(turned)
            .number(turned.elements())
            .number(taps)
            .number(weight.dim(2))
            .number(weight.dim(3))
            .number(loop.paddedChannels())
            .range(turned.elements());
    return DeviceKernel.sequence(fill, turn, loop.launch(framed, turned));
  }
}
