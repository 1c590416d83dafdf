package engram.data.synthetic;

/**
 * One physical sign and one drive towards it: all that the frames of a track share.
 *
 * @param scenery what is around the sign and on it
 * @param lighting how it is lit
 * @param approach how the camera moves
 */
record Track(Scenery scenery, Lighting lighting, Approach approach) {

  /** Frames of a whole track, as in GTSRB. */
  static final int FRAMES = 30;

  static Track of(Dice dice) {
    return of(dice, 1);
  }

  /**
   * A track that is cut nearer to the sign.
   *
   * @param margin share of the usual margin that is left
   */
  static Track of(Dice dice, double margin) {
    return new Track(new Scenery(dice), Lighting.of(dice), new Approach(dice, margin));
  }
}
