package engram.data.synthetic;

/**
 * Light of a track, drawn from {@link Severity}.
 *
 * @param red cast of colour: gain of the red channel, about 1
 * @param green gain of the green channel
 * @param blue gain of the blue channel
 * @param behind light behind the sign over light on it
 * @param veil stray light as a share of what the camera receives
 * @param fading share of its colour that the paint has lost
 * @param slopeX change of light across the sign, per radius
 * @param slopeY change of light down the sign, per radius
 * @param shadow the edge of a shadow across the sign
 * @param dapple strength of leaf shadows, 0 for none
 * @param dappleKey names their noise
 * @param noise of the camera, standard deviation in grey levels
 */
record Lighting(
    float red,
    float green,
    float blue,
    float behind,
    float veil,
    float fading,
    float slopeX,
    float slopeY,
    Shadow shadow,
    float dapple,
    long dappleKey,
    float noise) {

  /** Light that even the far end of a slope gets. */
  private static final float LEAST = 0.15f;

  /** Size of leaf shadows: this many a radius. */
  private static final double LEAVES = 2.5;

  /**
   * Half a plane in shadow.
   *
   * @param depth share of the light that it takes, 0 for no shadow
   * @param x unit normal of its edge, pointing into the shadow
   * @param y unit normal of its edge, pointing into the shadow
   * @param offset distance of the edge from the sign's middle, radii
   * @param width width of its soft edge, radii
   */
  record Shadow(float depth, float x, float y, float offset, float width) {

    static Shadow of(Dice dice) {
      double depth = dice.chance(Severity.SHADOW_CHANCE) ? dice.between(0.3, 0.85) : 0;
      double angle = dice.between(0, 2 * StrictMath.PI);
      return new Shadow(
          (float) depth,
          (float) StrictMath.cos(angle),
          (float) StrictMath.sin(angle),
          (float) dice.between(-0.6, 0.6),
          (float) dice.between(0.05, 0.4));
    }

    float at(float u, float v) {
      float inside = (x * u + y * v - offset) / width;
      return 1 - depth * Math.clamp(0.5f + inside, 0f, 1f);
    }
  }

  static Lighting of(Dice dice) {
    double thinVeil = dice.between(0, Severity.THIN_VEIL);
    double age = dice.unit();
    return new Lighting(
        (float) dice.around(1, Severity.COLOUR_CAST),
        (float) dice.around(1, Severity.COLOUR_CAST),
        (float) dice.around(1, Severity.COLOUR_CAST),
        (float) dice.around(Severity.BACKLIGHT, Severity.BACKLIGHT_SPREAD),
        (float)
            (dice.chance(Severity.VEIL_CHANCE) ? dice.between(thinVeil, Severity.VEIL) : thinVeil),
        (float) (Severity.FADING * age * age * age),
        (float) dice.between(-Severity.GRADIENT, Severity.GRADIENT),
        (float) dice.between(-Severity.GRADIENT, Severity.GRADIENT),
        Shadow.of(dice),
        dice.chance(Severity.DAPPLE_CHANCE) ? (float) dice.between(0.3, 0.8) : 0,
        dice.bits(),
        (float) dice.around(Severity.NOISE, Severity.NOISE_SPREAD));
  }

  /** Light on the face at {@code u v} over the exposure. */
  float at(float u, float v) {
    float light = Math.max(LEAST, 1 + slopeX * u + slopeY * v);
    if (shadow.depth() > 0) {
      light *= shadow.at(u, v);
    }
    if (dapple > 0) {
      float leaves = (float) Noise.at(dappleKey, LEAVES * u, LEAVES * v);
      light *= 1 - dapple * Math.clamp(0.5f + 1.5f * leaves, 0f, 1f);
    }
    return light;
  }
}
