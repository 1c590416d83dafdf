package engram.data.synthetic;

/**
 * How the camera nears a sign, drawn from {@link Severity}: what is fixed for the track, and slow
 * wandering around it. Angles in degrees.
 */
final class Approach {

  /** One name for each quantity that wanders, so that they do so independently. */
  private enum Wander {
    X,
    Y,
    YAW,
    PITCH,
    ROLL,
    SMEAR,
    FOCUS,
    LIGHT,
    PARALLAX_X,
    PARALLAX_Y
  }

  private final double marginShare;
  private final long key;
  private final double firstWidth;
  private final double growth;
  private final double yaw;
  private final double pitch;
  private final double roll;
  private final double perspective;
  private final double stretch;
  private final double cropScale;
  private final double shiftX;
  private final double shiftY;
  private final double defocus;
  private final double motion;
  private final double motionAngle;
  private final double exposure;
  private final double backdropX;
  private final double backdropY;
  private final double backdropZoom;
  private final double driftX;
  private final double driftY;

  /**
   * @param marginShare share of the usual margin around the sign
   */
  Approach(Dice dice, double marginShare) {
    this.marginShare = marginShare;
    key = dice.bits();
    firstWidth = dice.between(Severity.FIRST_WIDTH_MIN, Severity.FIRST_WIDTH_MAX);
    growth =
        Math.clamp(
            dice.around(Severity.GROWTH, Severity.GROWTH_SPREAD),
            Severity.GROWTH_MIN,
            Severity.GROWTH_MAX);
    yaw = Severity.YAW * dice.bell();
    pitch = Severity.PITCH * dice.bell();
    roll = Severity.ROLL * dice.bell();
    perspective = dice.between(0, Severity.PERSPECTIVE);
    stretch = dice.around(1, Severity.STRETCH);
    cropScale = dice.around(1, Severity.CROP_SCALE);
    shiftX = Severity.CROP_SHIFT * dice.bell();
    shiftY = Severity.CROP_SHIFT * dice.bell();
    defocus = dice.around(Severity.DEFOCUS, Severity.DEFOCUS_SPREAD);
    motion =
        dice.chance(Severity.MOTION_CHANCE)
            ? dice.around(Severity.MOTION, Severity.MOTION_SPREAD)
            : 0;
    motionAngle = dice.between(0, StrictMath.PI);
    exposure =
        Math.clamp(
            dice.around(Severity.EXPOSURE, Severity.EXPOSURE_SPREAD),
            Severity.EXPOSURE_MIN,
            Severity.EXPOSURE_MAX);
    backdropX = dice.between(0, Backdrop.SIZE);
    backdropY = dice.between(0, Backdrop.SIZE);
    backdropZoom = dice.between(0.35, 1.1);
    driftX = 12 * dice.bell();
    driftY = 5 * dice.bell();
  }

  /** What the camera does at {@code frame}, 0..{@link Track#FRAMES} - 1. */
  View view(int frame) {
    double t = frame / (Track.FRAMES - 1.0);
    // At constant speed the distance, which is one over the width, falls linearly.
    double width = firstWidth / (1 + t * (1 / growth - 1));
    double margin = marginShare * Math.max(Severity.MARGIN_MIN, Severity.MARGIN * width);
    // Pixels of the crop for one of the camera.
    double pixel = FrameRenderer.SIZE / ((width + 2 * margin) * cropScale);
    double radius = width / 2 * pixel;
    double blur = defocus * (1 + 0.3 * wander(Wander.FOCUS, t)) * pixel;
    double smear = motion * (0.4 + 0.6 * Math.abs(wander(Wander.SMEAR, t))) * width / 40 * pixel;
    return new View(
        face(frame, t, radius, width / (firstWidth * growth)),
        (float) (1 / radius),
        (float) StrictMath.sqrt(blur * blur + Severity.RESAMPLING_BLUR * Severity.RESAMPLING_BLUR),
        (float) (smear * StrictMath.cos(motionAngle)),
        (float) (smear * StrictMath.sin(motionAngle)),
        (float) (exposure * StrictMath.exp(2 * Severity.FLICKER * wander(Wander.LIGHT, t))),
        (float) (backdropX + driftX * t),
        (float) (backdropY + driftY * t),
        // The far shrinks against the crop more slowly than the sign grows: some of it is near.
        (float) (backdropZoom * StrictMath.sqrt(width / firstWidth)),
        (float) (0.5 * wander(Wander.PARALLAX_X, t)),
        (float) (0.3 * wander(Wander.PARALLAX_Y, t)),
        Dice.of(key, 1, frame));
  }

  private Homography face(int frame, double t, double radius, double nearness) {
    Dice jitter = Dice.of(key, 2, frame);
    double middle = FrameRenderer.SIZE / 2.0;
    double x = shiftX + Severity.CROP_JITTER * (jitter.bell() + 2 * wander(Wander.X, t));
    double y = shiftY + Severity.CROP_JITTER * (jitter.bell() + 2 * wander(Wander.Y, t));
    return Homography.of(
        middle + 2 * radius * x,
        middle + 2 * radius * y,
        radius * stretch,
        radius / stretch,
        // The nearer the sign, the more it is seen from the side.
        yaw * (0.75 + 0.5 * t) + 2 * wander(Wander.YAW, t),
        pitch + 1.5 * wander(Wander.PITCH, t),
        roll + 1.5 * wander(Wander.ROLL, t),
        perspective * nearness);
  }

  /** In [-1, 1], three or four times up or down on the way. */
  private double wander(Wander what, double t) {
    return Noise.at(key + what.ordinal(), 4 * t);
  }
}
