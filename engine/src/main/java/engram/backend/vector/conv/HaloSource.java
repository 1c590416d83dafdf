package engram.backend.vector.conv;

/** Images as a patch sum reads them: copied row by row into scratch memory, with their halo. */
interface HaloSource {
  /** Channels of a pixel. */
  int channels();

  /** Floats in one scratch row. */
  int rowLength();

  /** Fills {@code rows} scratch rows of an image from scratch row {@code first} on. */
  void fill(int image, int first, int rows, float[] scratch, int at);

  /** Where among the floats of a patch with {@code kw} columns those of one patch pixel begin. */
  default int packedRow(int ky, int kx, int kw) {
    return (ky * kw + kx) * channels();
  }
}
