package engram.data.synthetic;

/**
 * Maps pixels of the crop to the face of a sign that is seen in perspective: with {@code w = wx x +
 * wy y + 1}, {@code u = (ux x + uy y + u0) / w} and {@code v = (vx x + vy y + v0) / w}. Pixels are
 * counted from the top left corner of the crop, the face spans -1..1.
 */
record Homography(float ux, float uy, float u0, float vx, float vy, float v0, float wx, float wy) {

  /**
   * From where the sign is and how it is turned (degrees).
   *
   * @param x the sign's middle in the crop, pixels
   * @param y the sign's middle in the crop, pixels
   * @param radiusX half the sign's width seen from the front, pixels
   * @param radiusY half the sign's height seen from the front, pixels
   * @param yaw turn about the vertical axis
   * @param pitch turn about the horizontal axis
   * @param roll turn in the image plane
   * @param perspective sign radius over distance, 0 for a sign far away
   */
  static Homography of(
      double x,
      double y,
      double radiusX,
      double radiusY,
      double yaw,
      double pitch,
      double roll,
      double perspective) {
    double a = StrictMath.toRadians(yaw);
    double b = StrictMath.toRadians(pitch);
    double c = StrictMath.toRadians(roll);
    double ca = StrictMath.cos(a);
    double sa = StrictMath.sin(a);
    double cb = StrictMath.cos(b);
    double sb = StrictMath.sin(b);
    double cc = StrictMath.cos(c);
    double sc = StrictMath.sin(c);
    // The first two columns of the rotation roll * yaw * pitch: the face's axes in the camera.
    // Depth, the third row, divides.
    double wu = -perspective * sa;
    double wv = perspective * ca * sb;
    return inverse(
        radiusX * cc * ca + x * wu,
        radiusX * (cc * sa * sb - sc * cb) + x * wv,
        x,
        radiusY * sc * ca + y * wu,
        radiusY * (sc * sa * sb + cc * cb) + y * wv,
        y,
        wu,
        wv);
  }

  /** Of the matrix (a b c; d e f; g h 1), row by row: its adjugate, scaled to end in 1. */
  private static Homography inverse(
      double a, double b, double c, double d, double e, double f, double g, double h) {
    double scale = 1 / (a * e - b * d);
    return new Homography(
        (float) ((e - f * h) * scale),
        (float) ((c * h - b) * scale),
        (float) ((b * f - c * e) * scale),
        (float) ((f * g - d) * scale),
        (float) ((a - c * g) * scale),
        (float) ((c * d - a * f) * scale),
        (float) ((d * h - e * g) * scale),
        (float) ((b * g - a * h) * scale));
  }

  float w(float x, float y) {
    return wx * x + wy * y + 1;
  }

  /** Position on the face, to the right. */
  float u(float x, float y) {
    return (ux * x + uy * y + u0) / w(x, y);
  }

  /** Position on the face, down. */
  float v(float x, float y) {
    return (vx * x + vy * y + v0) / w(x, y);
  }
}
