package engram.bench.report;

/**
 * A class.
 *
 * @param number the data set's number
 * @param strip where its picture is
 * @param index of the picture in the strip
 */
public record ClassIcon(int number, String name, Strip strip, int index) {

  /** What of the strip shows it. */
  public String viewBox() {
    return strip.viewBox(index);
  }
}
