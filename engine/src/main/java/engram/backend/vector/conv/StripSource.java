package engram.backend.vector.conv;

import engram.backend.vector.run.HostBuffer;

/**
 * Images of few channels, woven so that a whole patch is contiguous: a patch row of fifteen floats
 * is too short for a loop of its own. The rows that one output row needs become a strip, {@code
 * [width, kh * c]}, and a convolution of {@code kh x kw} patches with stride 1 becomes one of
 * {@code 1 x kw} patches. A strip is the one before it moved by a pixel, with new last pixels in
 * each column.
 *
 * @param images {@code [n, h, w, c]}
 * @param layout how one image is laid out with its halo
 * @param kh rows of a patch
 */
record StripSource(HostBuffer images, PaddedImage layout, int kh) implements HaloSource {
  @Override
  public int packedRow(int ky, int kx, int kw) {
    return (kx * kh + ky) * c();
  }

  @Override
  public int channels() {
    return kh * layout.c();
  }

  @Override
  public int rowLength() {
    return layout.width() * channels();
  }

  @Override
  public void fill(int image, int first, int rows, float[] scratch, int at) {
    int c = c();
    for (int row = 0; row < rows; row++) {
      int strip = at + row * rowLength();
      int known = row == 0 ? 0 : kh - 1;
      if (known > 0) {
        System.arraycopy(scratch, strip - rowLength() + c, scratch, strip, rowLength() - c);
      }
      for (int ky = known; ky < kh; ky++) {
        weave(image, first + row + ky - layout.top(), scratch, strip + ky * c);
      }
    }
  }

  /** Puts the pixels of a padded image row {@code kh * c} floats apart. */
  private void weave(int image, int row, float[] scratch, int to) {
    int start = Math.clamp(layout.left(), 0, layout.width());
    int end = Math.clamp((long) layout.left() + layout.w(), start, layout.width());
    if (row < 0 || row >= layout.h()) {
      end = start;
    }
    int from = images.offset() + ((image * layout.h() + row) * layout.w() - layout.left()) * c();
    for (int i = 0; i < c(); i++) { // outside, because three channels are no loop
      zero(scratch, to + i, 0, start);
      copy(images.data(), from + i, scratch, to + i, start, end);
      zero(scratch, to + i, end, layout.width());
    }
  }

  private void copy(float[] pixels, int from, float[] scratch, int to, int start, int end) {
    int step = channels();
    int c = c();
    for (int q = start; q < end; q++) {
      scratch[to + q * step] = pixels[from + q * c];
    }
  }

  private void zero(float[] scratch, int to, int start, int end) {
    int step = channels();
    for (int q = start; q < end; q++) {
      scratch[to + q * step] = 0;
    }
  }

  private int c() {
    return layout.c();
  }
}
