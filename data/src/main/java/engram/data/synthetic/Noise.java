package engram.data.synthetic;

import engram.random.SplitMix64;

/**
 * Smooth random functions: value noise, interpolated between random values at whole coordinates.
 */
public final class Noise {

  private Noise() {}

  /** In [-1, 1], changing over a distance of about one. */
  public static double at(long key, double x) {
    long cell = floor(x);
    double t = ease(x - cell);
    return (1 - t) * value(key, cell, 0) + t * value(key, cell + 1, 0);
  }

  /** As {@link #at(long, double)} in the plane. */
  public static double at(long key, double x, double y) {
    long cx = floor(x);
    long cy = floor(y);
    double tx = ease(x - cx);
    double ty = ease(y - cy);
    double top = (1 - tx) * value(key, cx, cy) + tx * value(key, cx + 1, cy);
    double bottom = (1 - tx) * value(key, cx, cy + 1) + tx * value(key, cx + 1, cy + 1);
    return (1 - ty) * top + ty * bottom;
  }

  private static long floor(double x) {
    long whole = (long) x;
    return x < whole ? whole - 1 : whole;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double value(long key, long x, long y) {
    long bits = SplitMix64.mix(key + x * SplitMix64.GOLDEN + y * 0xC2B2AE3D27D4EB4FL);
    return (bits >>> 11) * 0x1p-52 - 1;
  }
}
