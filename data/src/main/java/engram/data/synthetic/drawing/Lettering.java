package engram.data.synthetic.drawing;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/**
 * Digits and the letters of STOP as pen strokes in the manner of DIN 1451. A glyph's centre line
 * fills a box 40 wide and 70 high with its origin at the top left.
 */
final class Lettering {

  private Lettering() {}

  /**
   * {@code text} centred on 0 0.
   *
   * @param width centre-line width of a glyph
   * @param height centre-line height of a glyph
   * @param advance distance from one glyph's origin to the next one's
   * @param pen width of the stroke
   */
  static Sign write(Ink ink, String text, double width, double height, double advance, double pen) {
    Sign sign = Sign.BLANK;
    double left = -((text.length() - 1) * advance + width) / 2;
    for (int i = 0; i < text.length(); i++) {
      Path2D glyph = VectorPath.parse(glyph(text.charAt(i)));
      glyph.transform(
          new AffineTransform(width / 40, 0, 0, height / 70, left + i * advance, -height / 2));
      sign = sign.fill(ink, VectorPath.stroke(glyph, pen));
    }
    return sign;
  }

  /** Centre line of a glyph. */
  private static String glyph(char c) {
    return switch (c) {
      case '0', 'O' ->
          "M 20 0 C 33 0 40 9 40 24 L 40 46 C 40 61 33 70 20 70 C 7 70 0 61 0 46 "
              + "L 0 24 C 0 9 7 0 20 0 Z";
      case '1' -> "M 6 17 L 25 3 L 25 74";
      case '2' -> "M 1 19 C 1 6 9 0 20 0 C 32 0 39 7 39 18 C 39 27 34 33 28 41 L 4 70 " + "L 43 70";
      case '3' ->
          "M 1 14 C 4 5 11 0 20 0 C 31 0 38 7 38 17 C 38 27 31 33 20 33 L 13 33 "
              + "M 20 33 C 32 33 40 40 40 51 C 40 63 32 70 20 70 C 10 70 3 65 0 56";
      case '5' ->
          "M 39 0 L 6 0 L 4 34 C 8 29 14 26 20 26 C 33 26 40 34 40 47 "
              + "C 40 61 32 70 19 70 C 9 70 3 66 0 58";
      case '6' ->
          "M 28 -3 L 5 36 C 2 41 0 45 0 50 C 0 62 8 70 20 70 C 32 70 40 62 40 49 "
              + "C 40 37 32 29 20 29 C 13 29 8 32 5 36";
      case '7' -> "M -3 0 L 38 0 L 13 74";
      case '8' ->
          "M 20 33 C 9 33 3 26 3 17 C 3 7 10 0 20 0 C 30 0 37 7 37 17 "
              + "C 37 26 31 33 20 33 C 8 33 0 40 0 51 C 0 62 8 70 20 70 "
              + "C 32 70 40 62 40 51 C 40 40 32 33 20 33 Z";
      case 'S' ->
          "M 40 16 C 38 6 31 0 20 0 C 9 0 2 7 2 17 C 2 28 10 31 20 34 "
              + "C 32 38 40 42 40 53 C 40 63 32 70 20 70 C 9 70 2 64 0 54";
      case 'T' -> "M -4 0 L 44 0 M 20 0 L 20 75";
      case 'P' -> "M 3 75 L 3 0 L 20 0 C 33 0 40 8 40 20 C 40 32 33 40 20 40 L 3 40";
      default -> throw new IllegalArgumentException("no glyph for \"" + c + "\"");
    };
  }
}
