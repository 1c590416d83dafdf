package engram.backend.opencl.gpu;

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
import java.util.Map;

/** For GPUs: all of them are products of matrices, {@code gemm.cl}. */
public record GpuDenseOps(Session session, GemmTiles tiles) implements DenseOps {

  private Gemm gemm(Gemm.Kind kind, int m, int n, int k) {
    return new Gemm(session, kind, tiles.tile(GemmTiles.Use.of(kind, m, n, k)), m, n, k);
  }

  @Override
  public DeviceKernel matMul(MatMul op, Operand a, Operand b, Epilogue epilogue) {
    return product(op, a, epilogue.y()).launch(a, b, epilogue);
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
  public DeviceKernel linear(Operand x, Operand w, Epilogue epilogue) {
    return matMul(new MatMul(false, true), x, w, epilogue);
  }

  @Override
  public DeviceKernel conv2d(int stride, int padding, Operand x, Operand w, Epilogue epilogue) {
    Shape weight = w.shape();
    int pool = epilogue.pool();
    int height = outputSize(x.shape().dim(1), weight.dim(0), stride, padding) / pool * pool;
    int width = outputSize(x.shape().dim(2), weight.dim(1), stride, padding) / pool * pool;
    return gemm(
            Gemm.Kind.FORWARD,
            x.shape().dim(0) * height * width,
            weight.dim(3),
            weight.dim(0) * weight.dim(1) * weight.dim(2))
        .contiguous(weight.dim(2), weight.dim(3))
        .constants(geometry(x.shape(), weight, stride, padding))
        .launch(x, w, epilogue);
  }

  @Override
  public DeviceKernel inputGradient(
      int stride, int padding, OutputGradient dy, Operand w, Epilogue epilogue) {
    Shape image = epilogue.y().shape();
    Shape weight = w.shape();
    return gemm(
            Gemm.Kind.INPUT_GRADIENT,
            image.dim(0) * image.dim(1) * image.dim(2),
            weight.dim(2),
            weight.dim(0) * weight.dim(1) * weight.dim(3))
        .contiguous(weight.dim(3), weight.dim(3))
        .constants(geometry(image, weight, stride, padding))
        .pooled(dy.indices())
        .launch(dy.d(), w, epilogue);
  }

  @Override
  public DeviceKernel weightGradient(WeightGradient wanted, Parts parts) {
    Operand x = wanted.x();
    OutputGradient dy = wanted.dy();
    Shape weight = wanted.dw().shape();
    int stride = wanted.stride();
    int padding = wanted.padding();
    int height = outputSize(x.shape().dim(1), weight.dim(0), stride, padding);
    int width = outputSize(x.shape().dim(2), weight.dim(1), stride, padding);
    Gemm product =
        gemm(
                Gemm.Kind.WEIGHT_GRADIENT,
                weight.dim(0) * weight.dim(1) * weight.dim(2),
                weight.dim(3),
                x.shape().dim(0) * height * width)
            .contiguous(weight.dim(2), weight.dim(3))
            .constants(geometry(x.shape(), weight, stride, padding))
            .pooled(dy.indices());
    wanted.sums().ifPresent(db -> product.sums(dy.d(), db));
    return product.launch(x, dy.d(), wanted.dw(), parts);
  }

  /** Rows or columns of a convolution's output. */
  private static int outputSize(int image, int kernel, int stride, int padding) {
    return (image + 2 * padding - kernel) / stride + 1;
  }

  private static Map<String, Integer> geometry(Shape x, Shape w, int stride, int padding) {
    return Map.of(
        "H", x.dim(1),
        "W", x.dim(2),
        "C", x.dim(3),
        "OH", outputSize(x.dim(1), w.dim(0), stride, padding),
        "OW", outputSize(x.dim(2), w.dim(1), stride, padding),
        "O", w.dim(3),
        "KW", w.dim(1),
        "STRIDE", stride,
        "PADDING", padding);
  }
}
