package engram.data.synthetic;

/**
 * A box with round corners, the only prop on the stage: as a disc it is a leaf or a neighbouring
 * sign, as a bar a pole or a twig, as a box a panel or a wall. Positions are in sign radii from the
 * middle of the sign, or in texels for a {@link Backdrop}.
 *
 * @param x middle of the box
 * @param y middle of the box
 * @param halfWidth half the width without the corners
 * @param halfHeight half the height without the corners
 * @param round radius of the corners
 * @param cos cosine of its rotation
 * @param sin sine of its rotation
 * @param rgb its colour, linear light
 */
record Thing(
    float x,
    float y,
    float halfWidth,
    float halfHeight,
    float round,
    float cos,
    float sin,
    float[] rgb) {

  static Thing of(
      double x,
      double y,
      double halfWidth,
      double halfHeight,
      double round,
      double degrees,
      float[] rgb) {
    double angle = StrictMath.toRadians(degrees);
    return new Thing(
        (float) x,
        (float) y,
        (float) halfWidth,
        (float) halfHeight,
        (float) round,
        (float) StrictMath.cos(angle),
        (float) StrictMath.sin(angle),
        rgb);
  }

  static Thing disc(double x, double y, double radius, float[] rgb) {
    return of(x, y, 0, 0, radius, 0, rgb);
  }

  /** Share of a pixel {@code pixel} wide around {@code u v} that this covers. */
  float coverage(float u, float v, float pixel) {
    float dx = u - x;
    float dy = v - y;
    float bx = Math.abs(cos * dx + sin * dy) - halfWidth;
    float by = Math.abs(cos * dy - sin * dx) - halfHeight;
    if (Math.max(bx, by) > round + pixel) {
      return 0; // most pixels: clearly outside, no need to know how far
    }
    float ox = Math.max(bx, 0);
    float oy = Math.max(by, 0);
    float outside = (float) Math.sqrt(ox * ox + oy * oy);
    float distance = outside + Math.min(Math.max(bx, by), 0) - round;
    return Math.clamp(0.5f - distance / pixel, 0f, 1f);
  }

  /** Paints over {@code light} as far as this covers the pixel. */
  void paint(float[] light, float u, float v, float pixel, float brightness) {
    float a = coverage(u, v, pixel);
    if (a > 0) {
      for (int k = 0; k < 3; k++) {
        light[k] += a * (rgb[k] * brightness - light[k]);
      }
    }
  }
}
