package engram.backend.vector.conv;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Gradients behind a 2 x 2 maximum pooling, spread over the pixels that were the maxima of their
 * windows while they are copied into scratch memory: the four times larger gradient is never
 * stored.
 *
 * @param gradient gradient of the pooled images {@code [n, h, w, c]}
 * @param index argmax of each window, 0 to 3 row by row, in the same shape
 * @param h rows of a pooled image
 * @param w columns of a pooled image
 * @param layout where the pixels of the image before pooling lie in the scratch
 */
record PooledSource(HostBuffer gradient, HostBuffer index, int h, int w, PaddedImage layout)
    implements HaloSource {
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);

  @Override
  public int channels() {
    return layout.c();
  }

  @Override
  public int rowLength() {
    return layout.rowLength();
  }

  @Override
  public void fill(int image, int first, int rows, float[] scratch, int at) {
    Arrays.fill(scratch, at, at + rows * rowLength(), 0);
    for (int pixelRow = 0; pixelRow < 2 * h; pixelRow++) {
      int row = layout.top() + pixelRow - first;
      if (row >= 0 && row < rows) {
        int from = (image * h + pixelRow / 2) * w * channels();
        fillRow(from, 2 * (pixelRow % 2), scratch, at + row * rowLength());
      }
    }
  }

  /** Fills the scratch row of the pixels at {@code position} of a window, or the next. */
  private void fillRow(int from, int position, float[] scratch, int at) {
    for (int pixel = 0; pixel < 2 * w; pixel++) {
      int column = layout.left() + pixel;
      if (column >= 0 && column < layout.width()) {
        int to = at + column * channels();
        select(from + pixel / 2 * channels(), position + pixel % 2, scratch, to);
      }
    }
  }

  /** Copies the gradients of the channels whose maximum was at {@code position}. */
  private void select(int from, int position, float[] scratch, int to) {
    int gradientAt = gradient.offset() + from;
    int indexAt = index.offset() + from;
    int o = 0;
    for (; o <= channels() - Lanes.COUNT; o += Lanes.COUNT) {
      FloatVector argmax = FloatVector.fromArray(SPECIES, index.data(), indexAt + o);
      FloatVector value = FloatVector.fromArray(SPECIES, gradient.data(), gradientAt + o);
      ZERO.blend(value, argmax.compare(VectorOperators.EQ, position)).intoArray(scratch, to + o);
    }
    for (; o < channels(); o++) {
      scratch[to + o] = index.data()[indexAt + o] == position ? gradient.data()[gradientAt + o] : 0;
    }
  }
}
