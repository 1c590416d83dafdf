package engram.backend.opencl.gpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.DenseOps;
import engram.backend.opencl.ops.Gate;
import engram.backend.opencl.ops.Parts;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.MatMul;
import engram.op.PooledConv2d;
import engram.tensor.Shape;
import java.util.Map;
import java.util.Optional;

/** For GPUs: all of them are products of matrices, {@code gemm.cl}. */
public final class GpuDenseOps implements DenseOps {
  private final Session session;
  private final GemmTiles tiles;

  public GpuDenseOps(Session session, GemmTiles tiles) {
    this.session = session;
    this.tiles = tiles;
  }

  private Gemm gemm(Gemm.Kind kind, int m, int n, int k) {
    return new Gemm(session, kind, tiles.tile(GemmTiles.Use.of(kind, m, n, k)), m, n, k);
  }

  @Override
  public DeviceKernel matMul(MatMul op, Operand a, Operand b, Operand y, Optional<Gate> gate) {
    Gemm product = product(op, a, y);
    gate.ifPresent(product::gate);
    return product.launch(a, b, y);
  }

  @Override
  public DeviceKernel matMulWithSums(
      MatMul op, Operand a, Operand b, Operand y, Operand sums, Parts parts) {
    return product(op, a, y).sums(a, sums).launch(a, b, y, parts);
  }

  private Gemm product(MatMul op, Operand a, Operand y) {
    int k = a.shape().dim(op.transposeA() ? 0 : 1);
    int m = y.shape().dim(0);
    int n = y.shape().dim(1);
    return gemm(Gemm.Kind.MATMUL, m, n, k)
        .constant("TRANSPOSE_A", op.transposeA() ? 1 : 0)
        .constant("TRANSPOSE_B", op.transposeB() ? 1 : 0)
        .contiguous(op.transposeA() ? m : k, op.transposeB() ? k : n);
  }

  @Override
  public DeviceKernel linear(Operand x, Operand w, Operand bias, Operand y) {
    return gemm(Gemm.Kind.MATMUL, y.shape().dim(0), y.shape().dim(1), x.shape().dim(1))
        .constant("TRANSPOSE_A", 0)
        .constant("TRANSPOSE_B", 1)
        .contiguous(x.shape().dim(1), x.shape().dim(1))
        .bias(bias)
        .launch(x, w, y);
  }

  @Override
  public DeviceKernel conv2d(Conv2d op, Operand x, Operand w, Operand y) {
    return forward(op.stride(), op.padding(), x, w, 1).launch(x, w, y);
  }

  @Override
  public DeviceKernel fusedConv2d(
      FusedConv2d op, Operand x, Operand w, Operand bias, Operand y, Optional<Operand> places) {
    Gemm gemm = forward(op.stride(), op.padding(), x, w, places.isPresent() ? 2 : 1).bias(bias);
    places.ifPresent(gemm::places);
    if (op.slope() != 1) {
      gemm.rectifier(op.slope());
    }
    return gemm.launch(x, w, y);
  }

  private Gemm forward(int stride, int padding, Operand x, Operand w, int pool) {
    int height = extent(x.shape().dim(1), w.shape().dim(0), stride, padding) / pool * pool;
    int width = extent(x.shape().dim(2), w.shape().dim(1), stride, padding) / pool * pool;
    Shape weight = w.shape();
    return gemm(
            Gemm.Kind.FORWARD,
            x.shape().dim(0) * height * width,
            weight.dim(3),
            weight.dim(0) * weight.dim(1) * weight.dim(2))
        .contiguous(weight.dim(2), weight.dim(3))
        .constants(geometry(x.shape(), weight, stride, padding));
  }

  @Override
  public DeviceKernel inputGradient(
      Conv2d.InputGradient op, Operand dy, Operand w, Operand dx, Optional<Gate> gate) {
    Gemm product = backward(op.stride(), op.padding(), w, dx);
    gate.ifPresent(product::gate);
    return product.launch(dy, w, dx);
  }

  @Override
  public DeviceKernel inputGradient(
      PooledConv2d.InputGradient op,
      Operand places,
      Operand d,
      Operand w,
      Operand dx,
      Optional<Gate> gate) {
    Gemm product = backward(op.stride(), op.padding(), w, dx).pooled(places);
    gate.ifPresent(product::gate);
    return product.launch(d, w, dx);
  }

  private Gemm backward(int stride, int padding, Operand w, Operand dx) {
    Shape image = dx.shape();
    Shape weight = w.shape();
    return gemm(
            Gemm.Kind.INPUT_GRADIENT,
            image.dim(0) * image.dim(1) * image.dim(2),
            weight.dim(2),
            weight.dim(0) * weight.dim(1) * weight.dim(3))
        .contiguous(weight.dim(3), weight.dim(3))
        .constants(geometry(image, weight, stride, padding));
  }

  @Override
  public DeviceKernel weightGradient(
      Conv2d.WeightGradient op,
      Operand x,
      Operand dy,
      Operand dw,
      Optional<Operand> sums,
      Parts parts) {
    Gemm product = weight(op.stride(), op.padding(), x, dw);
    sums.ifPresent(db -> product.sums(dy, db));
    return product.launch(x, dy, dw, parts);
  }

  @Override
  public DeviceKernel weightGradient(
      PooledConv2d.WeightGradient op,
      Operand x,
      Operand places,
      Operand d,
      Operand dw,
      Optional<Operand> sums,
      Parts parts) {
    Gemm product = weight(op.stride(), op.padding(), x, dw).pooled(places);
    sums.ifPresent(db -> product.sums(d, db));
    return product.launch(x, d, dw, parts);
  }

  private Gemm weight(int stride, int padding, Operand x, Operand dw) {
    Shape weight = dw.shape();
    int height = extent(x.shape().dim(1), weight.dim(0), stride, padding);
    int width = extent(x.shape().dim(2), weight.dim(1), stride, padding);
    return gemm(
            Gemm.Kind.WEIGHT_GRADIENT,
            weight.dim(0) * weight.dim(1) * weight.dim(2),
            weight.dim(3),
            x.shape().dim(0) * height * width)
        .contiguous(weight.dim(2), weight.dim(3))
        .constants(geometry(x.shape(), weight, stride, padding));
  }

  /** Rows or columns of a convolution's output. */
  private static int extent(int image, int kernel, int stride, int padding) {
    return (image + 2 * padding - kernel) / stride + 1;
  }

  private static Map<String, Integer> geometry(Shape x, Shape w, int stride, int padding) {
    return Map.of(
        "H", x.dim(1),
        "W", x.dim(2),
        "C", x.dim(3),
        "OH", extent(x.dim(1), w.dim(0), stride, padding),
        "OW", extent(x.dim(2), w.dim(1), stride, padding),
        "O", w.dim(3),
        "KW", w.dim(1),
        "STRIDE", stride,
        "PADDING", padding);
  }
}
