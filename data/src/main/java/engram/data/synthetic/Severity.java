package engram.data.synthetic;

/**
 * How hard the generated signs are: every range that a track is drawn from. "Spread" is the
 * standard deviation of a logarithm, "bell" a standard deviation; lengths are in pixels of the
 * camera unless said otherwise.
 *
 * <p>Set by looking at real GTSRB and by training the reference network (Adam 1e-3, batch 64, two
 * epochs, raw pixels): it ends at 93.9 % on seed 1 and 94.6 % on seed 2 where real GTSRB, split by
 * track, gives 85.9 %. Brightness spreads less than on real photographs (mean of an image, 10th to
 * 90th percentile: 48 to 158, there 26 to 150): with their spread the network needs many more
 * epochs.
 */
final class Severity {

  private Severity() {}

  // ---- Size: GTSRB signs are 15 to 250 pixels wide; the crop adds a tenth, at least 5 pixels.

  /** Width of the sign in the first frame of a track. */
  static final double FIRST_WIDTH_MIN = 20;

  static final double FIRST_WIDTH_MAX = 36;

  /** Median growth from first to last frame, its spread, and its bounds. */
  static final double GROWTH = 3;

  static final double GROWTH_SPREAD = 0.55;
  static final double GROWTH_MIN = 1.2;
  static final double GROWTH_MAX = 6;

  /** Margin of the crop as a share of the sign's width, and its least value. */
  static final double MARGIN = 0.1;

  static final double MARGIN_MIN = 5;

  // ---- Pose

  /** Turn about the vertical axis, bell, degrees. */
  static final double YAW = 5;

  /** Turn about the horizontal axis, bell, degrees. */
  static final double PITCH = 2.5;

  /** Turn in the image plane, bell, degrees. */
  static final double ROLL = 2;

  /** Strongest perspective: sign radius over distance (GTSRB's is weaker for most). */
  static final double PERSPECTIVE = 0.1;

  /** Change of width against height by the square crop, spread. */
  static final double STRETCH = 0.02;

  /**
   * Error of the crop's middle: share of the sign's width, bell; once a track and at each frame.
   */
  static final double CROP_SHIFT = 0.008;

  static final double CROP_JITTER = 0.006;

  /** Error of the crop's size, spread. */
  static final double CROP_SCALE = 0.015;

  // ---- Sharpness

  /** Blur of the lens, Gaussian sigma: median and spread over tracks. */
  static final double DEFOCUS = 0.28;

  static final double DEFOCUS_SPREAD = 0.3;

  /** Blur that no frame is without, in pixels of the crop: resampling to 32 x 32. */
  static final double RESAMPLING_BLUR = 0.35;

  /** Share of tracks with visible motion blur, its median length at 40 pixels of width, spread. */
  static final double MOTION_CHANCE = 0.25;

  static final double MOTION = 1.3;
  static final double MOTION_SPREAD = 0.6;

  // ---- Light

  /** Light on the sign: median (1 shows white paint as white), spread. Most frames are dark. */
  static final double EXPOSURE = 0.34;

  static final double EXPOSURE_SPREAD = 0.62;
  static final double EXPOSURE_MIN = 0.04;
  static final double EXPOSURE_MAX = 1.6;

  /** Spread of the light within a track, as clouds, trees and the camera's automatics change. */
  static final double FLICKER = 0.15;

  /** Light behind the sign over light on it: median, spread. */
  static final double BACKLIGHT = 0.8;

  static final double BACKLIGHT_SPREAD = 0.8;

  /** Spread of the colour channels against each other. */
  static final double COLOUR_CAST = 0.06;

  /** Strongest change of light from the middle to the edge of the sign. */
  static final double GRADIENT = 0.15;

  /** Share of tracks with the edge of a shadow across the sign, and with leaf shadows. */
  static final double SHADOW_CHANCE = 0.06;

  static final double DAPPLE_CHANCE = 0.05;

  /** Most stray light, as a share of what the camera receives. */
  static final double THIN_VEIL = 0.015;

  /** The same where the veil is thick (low sun, wet glass, fog), and the share of such tracks. */
  static final double VEIL = 0.2;

  static final double VEIL_CHANCE = 0.08;

  /** Fading of old paint towards grey: most of it. */
  static final double FADING = 0.35;

  // ---- Dirt of all kinds

  /** Noise in grey levels of 0..255: median, spread. */
  static final double NOISE = 1.6;

  static final double NOISE_SPREAD = 0.6;

  /** Share of tracks where twigs, leaves or a post hide a part of the sign. */
  static final double OCCLUSION_CHANCE = 0.05;

  /** Share of tracks with stickers, dirt or snow on the sign. */
  static final double STAIN_CHANCE = 0.05;

  /** Share of tracks with another sign above or below. */
  static final double NEIGHBOUR_CHANCE = 0.45;
}
