package engram.data.synthetic;

/** Between sRGB bytes and linear light in [0, 1]. Adding light is right only in the latter. */
final class Light {

  /** Steps of the table from light to bytes: below half a byte everywhere. */
  private static final int STEPS = 1 << 14;

  private static final float[] LINEAR = new float[256];
  private static final float[] ENCODED = new float[STEPS + 1];

  static {
    for (int i = 0; i < LINEAR.length; i++) {
      double s = i / 255.0;
      LINEAR[i] = (float) (s <= 0.04045 ? s / 12.92 : StrictMath.pow((s + 0.055) / 1.055, 2.4));
    }
    for (int i = 0; i <= STEPS; i++) {
      double l = i / (double) STEPS;
      ENCODED[i] =
          (float) (255 * (l <= 0.0031308 ? 12.92 * l : 1.055 * StrictMath.pow(l, 1 / 2.4) - 0.055));
    }
  }

  private Light() {}

  /** Light of an sRGB byte. */
  static float linear(int encoded) {
    return LINEAR[encoded];
  }

  /** Red, green and blue light of an sRGB colour 0xRRGGBB. */
  static float[] linearRgb(int rgb) {
    return new float[] {linear(rgb >> 16 & 255), linear(rgb >> 8 & 255), linear(rgb & 255)};
  }

  /** sRGB value in 0..255, not rounded; light above 1 is overexposed and gives 255. */
  static float encode(float light) {
    return ENCODED[(int) (Math.max(0, Math.min(1, light)) * STEPS)];
  }
}
