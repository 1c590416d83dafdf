package engram.data.synthetic;

import engram.data.synthetic.drawing.Sign;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * A sign face as a raster that frames are warped from: red, green, blue light times coverage, and
 * coverage. Rendered large with antialiasing, then averaged down.
 */
final class SignTexture {

  /** Texels a side: about the density of samples that a frame takes of a near sign. */
  static final int SIZE = 64;

  private static final int OVERSAMPLING = 4;

  /** Texels from the middle to the edge of the face; the rest is an empty margin. */
  private static final float RADIUS = SIZE / 2f - 2;

  private final float[] rgba;

  private SignTexture(float[] rgba) {
    this.rgba = rgba;
  }

  static SignTexture of(Sign sign) {
    int large = SIZE * OVERSAMPLING;
    BufferedImage image = new BufferedImage(large, large, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    double scale = RADIUS * OVERSAMPLING / 100;
    AffineTransform place = new AffineTransform(scale, 0, 0, scale, large / 2.0, large / 2.0);
    for (Sign.Layer layer : sign.layers()) {
      graphics.setColor(new Color(layer.ink().rgb()));
      graphics.fill(place.createTransformedShape(layer.shape()));
    }
    graphics.dispose();
    return new SignTexture(shrink(image));
  }

  private static float[] shrink(BufferedImage image) {
    float[] rgba = new float[SIZE * SIZE * 4];
    float share = 1f / (OVERSAMPLING * OVERSAMPLING);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int argb = image.getRGB(x, y);
        int to = (y / OVERSAMPLING * SIZE + x / OVERSAMPLING) * 4;
        float alpha = (argb >>> 24) / 255f * share;
        rgba[to] += alpha * Light.linear(argb >> 16 & 255);
        rgba[to + 1] += alpha * Light.linear(argb >> 8 & 255);
        rgba[to + 2] += alpha * Light.linear(argb & 255);
        rgba[to + 3] += alpha;
      }
    }
    return rgba;
  }

  /**
   * Adds the texture at a point of the face, bilinearly, times {@code weight}.
   *
   * @param u to the right, -1..1 on the face
   * @param v down, -1..1 on the face
   * @param out red, green, blue (times coverage), coverage
   */
  void addTo(float[] out, float u, float v, float weight) {
    float x = SIZE / 2f - 0.5f + u * RADIUS;
    float y = SIZE / 2f - 0.5f + v * RADIUS;
    if (!(x >= 0 && y >= 0 && x < SIZE - 1 && y < SIZE - 1)) {
      return;
    }
    int left = (int) x;
    int top = (int) y;
    float fx = x - left;
    float fy = y - top;
    int i = (top * SIZE + left) * 4;
    int j = i + SIZE * 4;
    float a = (1 - fx) * (1 - fy) * weight;
    float b = fx * (1 - fy) * weight;
    float c = (1 - fx) * fy * weight;
    float d = fx * fy * weight;
    for (int k = 0; k < 4; k++) {
      out[k] += a * rgba[i + k] + b * rgba[i + 4 + k] + c * rgba[j + k] + d * rgba[j + 4 + k];
    }
  }

  /** Light and coverage of a texel, for tests. */
  float texel(int x, int y, int channel) {
    return rgba[(y * SIZE + x) * 4 + channel];
  }
}
