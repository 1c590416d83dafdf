package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.tensor.Shape;

/** Max pooling, cut between rows. */
public record PoolKernels(Parallel parallel, Loops loops) {
  public Kernel maxPool2d(int kernel, int stride, Operand x, Operand y, Operand indices) {
    PoolShape shape = pool(kernel, stride, x.shape(), y.shape());
    HostBuffer in = HostBuffer.of(x);
    HostBuffer out = HostBuffer.of(y);
    HostBuffer positions = HostBuffer.of(indices);
    int image = shape.height() * shape.width() * shape.channels();
    int outRow = shape.outWidth() * shape.channels();
    return parallel.rows(
        y.shape().dim(0) * shape.outHeight(),
        shape.width() * shape.channels() * stride,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int row = r % shape.outHeight() * stride;
            loops.maxPoolRow(
                shape,
                in.data(),
                in.offset()
                    + r / shape.outHeight() * image
                    + row * shape.width() * shape.channels(),
                out.data(),
                out.offset() + r * outRow,
                positions.data(),
                positions.offset() + r * outRow);
          }
        });
  }

  public Kernel maxPool2dGradient(int kernel, int stride, Operand indices, Operand dy, Operand dx) {
    PoolShape shape = pool(kernel, stride, dx.shape(), dy.shape());
    HostBuffer positions = HostBuffer.of(indices);
    HostBuffer in = HostBuffer.of(dy);
    HostBuffer out = HostBuffer.of(dx);
    int outImage = shape.outHeight() * shape.outWidth() * shape.channels();
    int row = shape.width() * shape.channels();
    return parallel.rows(
        dx.shape().dim(0) * shape.height(),
        row,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int image = r / shape.height() * outImage;
            loops.maxPoolGradientRow(
                shape,
                r % shape.height(),
                positions.data(),
                positions.offset() + image,
                in.data(),
                in.offset() + image,
                out.data(),
                out.offset() + r * row);
          }
        });
  }

  private static PoolShape pool(int kernel, int stride, Shape x, Shape y) {
    return new PoolShape(kernel, stride, x.dim(1), x.dim(2), y.dim(1), y.dim(2), x.dim(3));
  }
}
