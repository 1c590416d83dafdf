package engram.data.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * What is behind a sign: foliage, sky, walls, street, as a raster of linear light that repeats in
 * mirror image beyond its edges.
 */
final class Backdrop {

  /** Texels a side. */
  static final int SIZE = 64;

  private static final int[] LEAVES = {0x3B4A24, 0x55602E, 0x6B5A2C, 0x2A3020, 0x7A6A4A, 0x465A3C};
  private static final int[] WALLS = {0xB8A88C, 0x9A9A96, 0xC8C0B0, 0x8A5A48, 0x6E7478, 0xD8D0B8};
  private static final int[] SKIES = {0xC8D8F0, 0xE8ECF0, 0x8AB0E0, 0xF4F0E8, 0xA8B4C4};
  private static final int[] THINGS = {
    0x202428, 0xE0E0DC, 0x803028, 0x304878, 0xC8A040, 0x585C60, 0x384030, 0xA89880
  };

  private final float[] rgb = new float[SIZE * SIZE * 3];

  Backdrop(Dice dice) {
    boolean leafy = dice.chance(0.6);
    float[] dark = dice.colour(leafy ? LEAVES : WALLS);
    float[] bright = dice.colour(leafy ? LEAVES : WALLS);
    float[] sky = dice.colour(SKIES);
    double contrast = dice.around(leafy ? 1.0 : 0.35, 0.5);
    double horizon = dice.chance(0.45) ? dice.between(0.1, 0.95) * SIZE : -SIZE;
    double skyLight = dice.around(2.0, 0.6);
    double grain = dice.between(2.5, 7);
    double roughness = dice.between(1, 7);
    // Bright specks of sky between leaves, a typical clutter of GTSRB.
    double gaps = leafy && dice.chance(0.5) ? dice.between(0.25, 0.6) : 2;
    long key = dice.bits();
    List<Thing> things = things(dice);
    float[] light = new float[3];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double fine = Noise.at(key, x / grain, y / grain) + 0.5 * Noise.at(key + 1, x, y);
        double coarse = Noise.at(key + 2, x / 16.0, y / 16.0);
        double share = Math.max(0, Math.min(1, 0.5 + 0.6 * coarse + 0.5 * contrast * fine));
        double shade = Math.max(0.05, 1 + contrast * (0.6 * fine + 0.3 * coarse));
        boolean open = y < horizon + roughness * Noise.at(key + 3, x / 5.0);
        boolean gap = 0.7 * fine + 0.4 * coarse > gaps;
        for (int k = 0; k < 3; k++) {
          light[k] =
              open || gap
                  ? (float) (sky[k] * skyLight * (1 + 0.1 * coarse))
                  : (float) ((dark[k] + share * (bright[k] - dark[k])) * shade);
        }
        for (Thing thing : things) {
          thing.paint(light, x, y, 1, 1);
        }
        System.arraycopy(light, 0, rgb, (y * SIZE + x) * 3, 3);
      }
    }
  }

  /** Walls, windows, cars, other signs. */
  private static List<Thing> things(Dice dice) {
    List<Thing> things = new ArrayList<>();
    int count = dice.below(5);
    for (int i = 0; i < count; i++) {
      things.add(
          Thing.of(
              dice.between(0, SIZE),
              dice.between(0, SIZE),
              dice.around(6, 0.8),
              dice.around(8, 0.9),
              0.5,
              dice.chance(0.8) ? 0 : dice.between(-45, 45),
              dice.colour(THINGS)));
    }
    return things;
  }

  /** Reads light at {@code x y} in texels, bilinearly, into {@code out}. */
  void read(float[] out, float x, float y) {
    float mx = mirror(x);
    float my = mirror(y);
    int left = (int) mx;
    int top = (int) my;
    float fx = mx - left;
    float fy = my - top;
    int i = (top * SIZE + left) * 3;
    int j = i + SIZE * 3;
    for (int k = 0; k < 3; k++) {
      float upper = rgb[i + k] + fx * (rgb[i + 3 + k] - rgb[i + k]);
      float lower = rgb[j + k] + fx * (rgb[j + 3 + k] - rgb[j + k]);
      out[k] = upper + fy * (lower - upper);
    }
  }

  /** Folds any coordinate into [0, SIZE - 1). */
  private static float mirror(float x) {
    float span = SIZE - 1.001f;
    float folded = Math.abs(x) % (2 * span);
    return folded > span ? 2 * span - folded : folded;
  }
}
