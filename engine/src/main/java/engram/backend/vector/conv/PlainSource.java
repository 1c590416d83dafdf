package engram.backend.vector.conv;

import engram.backend.vector.run.HostBuffer;

/**
 * Images as they lie in a tensor.
 *
 * @param images {@code [n, h, w, c]}
 * @param layout how one image is laid into the scratch
 */
record PlainSource(HostBuffer images, PaddedImage layout) implements HaloSource {
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
    int from = images.offset() + image * layout.h() * layout.w() * layout.c();
    layout.fill(images.data(), from, first, rows, scratch, at);
  }
}
