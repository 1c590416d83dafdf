package engram.data.inspect;

import engram.data.ImageSet;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/**
 * A picture of a data set: a row of images for each class with its id before it, in three columns
 * of classes. The images of a class are spread evenly over its tracks.
 *
 * <p>Ids are drawn from a bitmap, as a headless machine may have no fonts.
 */
public final class ContactSheet {

  private static final int COLUMNS = 3;
  private static final int GAP = 2;
  private static final Color PAPER = new Color(0x20, 0x22, 0x26);
  private static final Color INK = new Color(0xE6, 0xE6, 0xE6);

  /** Pixels of a digit's dot. */
  private static final int DOT = 2;

  /** Dots of a digit and the gap after it. */
  private static final int DIGIT_WIDTH = 4;

  private static final int LABEL_HEIGHT = 5 * DOT;

  /** The digits 0..9, three columns by five rows, first row highest. */
  private static final int[] DIGITS = {
    0b111_101_101_101_111,
    0b010_110_010_010_111,
    0b111_001_111_100_111,
    0b111_001_111_001_111,
    0b101_101_111_001_001,
    0b111_100_111_001_111,
    0b111_100_111_101_111,
    0b111_001_010_010_010,
    0b111_101_111_101_111,
    0b111_101_111_001_111
  };

  /** Bound on the pixels of a sheet: more is no picture that a person looks at. */
  private static final long MAX_PIXELS = 100_000_000;

  private ContactSheet() {}

  /**
   * Draws the sheet.
   *
   * @param images pictures of one channel, grey, or three
   * @param classes number of classes
   * @param perClass pictures of each class; a class with fewer shows what it has
   * @throws IllegalArgumentException if that would be more pixels than a person looks at
   */
  public static BufferedImage draw(ImageSet images, int classes, int perClass) {
    if (classes < 1 || perClass < 1) {
      throw new IllegalArgumentException(
          "a contact sheet needs at least 1 class and 1 image of each, got %d and %d"
              .formatted(classes, perClass));
    }
    int rows = Math.ceilDiv(classes, COLUMNS);
    int columns = Math.min(COLUMNS, classes);
    int cellWidth = images.width() + GAP;
    int cellHeight = Math.max(images.height(), LABEL_HEIGHT) + GAP;
    int digits = Math.max(2, String.valueOf(classes - 1).length());
    int labelWidth = (DIGIT_WIDTH * digits + 3) * DOT;
    long wanted = labelWidth + (long) perClass * cellWidth + GAP;
    long area = (columns * wanted + GAP) * ((long) rows * cellHeight + GAP);
    if (area > MAX_PIXELS) {
      throw new IllegalArgumentException(
          "%,d pictures of each of %,d classes make a sheet of %,d million pixels, expected at most %d"
              .formatted(perClass, classes, area / 1_000_000, MAX_PIXELS / 1_000_000));
    }
    int blockWidth = (int) wanted;
    BufferedImage sheet =
        new BufferedImage(
            columns * blockWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setColor(PAPER);
    pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    pen.setColor(INK);
    for (int label = 0; label < classes; label++) {
      int left = GAP + label / rows * blockWidth;
      int top = GAP + label % rows * cellHeight;
      drawLabel(pen, label, left + labelWidth, top + (cellHeight - GAP - LABEL_HEIGHT) / 2);
      int[] chosen = choose(images, label, perClass);
      for (int i = 0; i < chosen.length; i++) {
        drawImage(sheet, images, chosen[i], left + labelWidth + i * cellWidth, top);
      }
    }
    pen.dispose();
    return sheet;
  }

  /** Indices of up to {@code count} images of a class, evenly spaced through it. */
  private static int[] choose(ImageSet images, int label, int count) {
    int[] all =
        IntStream.range(0, images.size()).filter(i -> images.labels()[i] == label).toArray();
    int shown = Math.min(count, all.length);
    return IntStream.range(0, shown)
        .map(i -> all[(int) ((2L * i + 1) * all.length / (2L * shown))])
        .toArray();
  }

  /**
   * Draws one image; of another number of channels than three the first is drawn, in grey.
   *
   * @param left column of the sheet where it begins
   * @param top row of the sheet where it begins
   */
  public static void drawImage(BufferedImage sheet, ImageSet images, int index, int left, int top) {
    byte[] pixels = images.pixels();
    int channels = images.channels();
    int green = channels == 3 ? 1 : 0;
    int blue = 2 * green;
    int at = index * images.imageBytes();
    for (int y = 0; y < images.height(); y++) {
      for (int x = 0; x < images.width(); x++, at += channels) {
        int rgb =
            (pixels[at] & 255) << 16 | (pixels[at + green] & 255) << 8 | pixels[at + blue] & 255;
        sheet.setRGB(left + x, top + y, rgb);
      }
    }
  }

  /** Draws a number whose last digit ends three dots before {@code right}. */
  private static void drawLabel(Graphics2D pen, int label, int right, int top) {
    int left = right - 2 * DOT;
    int rest = label;
    do {
      left -= DIGIT_WIDTH * DOT;
      drawDigit(pen, rest % 10, left, top);
      rest /= 10;
    } while (rest > 0);
  }

  private static void drawDigit(Graphics2D pen, int digit, int left, int top) {
    for (int dot = 0; dot < 15; dot++) {
      if ((DIGITS[digit] >> (14 - dot) & 1) == 1) {
        pen.fillRect(left + dot % 3 * DOT, top + dot / 3 * DOT, DOT, DOT);
      }
    }
  }
}
