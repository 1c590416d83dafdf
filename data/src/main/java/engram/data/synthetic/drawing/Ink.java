package engram.data.synthetic.drawing;

/** Colours of sign faces, as a camera sees them in plain daylight (sRGB). */
public enum Ink {
  WHITE(0xE8E8E6),
  BLACK(0x141416),
  GREY(0x6E7072),
  RED(0xB01822),
  BLUE(0x0A4FA0),
  YELLOW(0xF2A60C),
  GREEN(0x138A5A);

  private final int rgb;

  Ink(int rgb) {
    this.rgb = rgb;
  }

  /** 0xRRGGBB. */
  public int rgb() {
    return rgb;
  }
}
