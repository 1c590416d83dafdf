package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.FusedConv2d;
import engram.tensor.Shape;
import java.util.List;

/** What a fused convolution does with the sums of the convolution, as a pass of its own. */
final class ConvolutionEpilogue {
  private ConvolutionEpilogue() {}

  /** Reads {@code z}, the convolution's result; outputs are y and, if the op pools, indices. */
  static Kernel of(
      Parallel parallel, FusedConv2d op, Operand z, HostBuffer bias, List<Operand> outputs) {
    return op.pool() == 2
        ? pooled(parallel, op.slope(), z, bias, outputs)
        : plain(parallel, op.slope(), HostBuffer.of(z), bias, HostBuffer.of(outputs.get(0)));
  }

  private static Kernel plain(
      Parallel parallel, float slope, HostBuffer z, HostBuffer bias, HostBuffer y) {
    int channels = bias.elements();
    return parallel.rows(
        y.elements() / channels,
        channels,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            for (int c = 0; c < channels; c++) {
              float value =
                  z.data()[z.offset() + r * channels + c] + bias.data()[bias.offset() + c];
              y.data()[y.offset() + r * channels + c] = value > 0 ? value : slope * value;
            }
          }
        });
  }

  private static Kernel pooled(
      Parallel parallel, float slope, Operand z, HostBuffer bias, List<Operand> outputs) {
    Shape pooled = outputs.get(0).shape();
    HostBuffer in = HostBuffer.of(z);
    HostBuffer y = HostBuffer.of(outputs.get(0));
    HostBuffer indices = HostBuffer.of(outputs.get(1));
    int channels = pooled.dim(3);
    int inputRow = z.shape().dim(2) * channels;
    // One item is a row of pooled pixels.
    return parallel.rows(
        pooled.dim(0) * pooled.dim(1),
        4 * pooled.dim(2) * channels,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int image = row / pooled.dim(1);
            int top = image * z.shape().dim(1) + 2 * (row % pooled.dim(1));
            for (int i = 0; i < pooled.dim(2) * channels; i++) {
              int c = i % channels;
              int at = in.offset() + top * inputRow + 2 * (i - c) + c;
              int position = 0;
              float max = in.data()[at];
              for (int k = 1; k < 4; k++) {
                float value = in.data()[at + (k >> 1) * inputRow + (k & 1) * channels];
                if (value > max || Float.isNaN(value)) {
                  max = value;
                  position = k;
                }
              }
              float value = max + bias.data()[bias.offset() + c];
              int out = row * pooled.dim(2) * channels + i;
              y.data()[y.offset() + out] = value > 0 ? value : slope * value;
              indices.data()[indices.offset() + out] = position;
            }
          }
        });
  }
}
