package engram.data.inspect;

import engram.data.ImageSet;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

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

  /** Room for two digits of 3 x 5 dots, a dot between them and one on either side. */
  private static final int LABEL_WIDTH = 11 * DOT;

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

  private ContactSheet() {}

  /**
   * Draws the sheet.
   *
   * @param images pictures of three channels
   * @param classes number of classes, at most 100
   * @param perClass pictures of each class; a class with fewer shows what it has
   */
  public static BufferedImage draw(ImageSet images, int classes, int perClass) {
    if (images.channels() != 3 || classes < 1 || classes > 100 || perClass < 1) {
      throw new IllegalArgumentException(
          "a contact sheet needs 3 channels, 1 to 100 classes and at least 1 image of each;"
              + " got %d, %d and %d".formatted(images.channels(), classes, perClass));
    }
    int rows = Math.ceilDiv(classes, COLUMNS);
    int columns = Math.min(COLUMNS, classes);
    int cellWidth = images.width() + GAP;
    int cellHeight = Math.max(images.height(), LABEL_HEIGHT) + GAP;
    int blockWidth = LABEL_WIDTH + perClass * cellWidth + GAP;
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
      drawLabel(pen, label, left, top + (cellHeight - GAP - LABEL_HEIGHT) / 2);
      int[] chosen = choose(images, label, perClass);
      for (int i = 0; i < chosen.length; i++) {
        drawImage(sheet, images, chosen[i], left + LABEL_WIDTH + i * cellWidth, top);
      }
    }
    pen.dispose();
    return sheet;
  }

  /** Draws the sheet as a PNG. */
  public static void write(OutputStream out, ImageSet images, int classes, int perClass)
      throws IOException {
    ImageIO.write(draw(images, classes, perClass), "png", out);
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
   * Draws one image of three channels.
   *
   * @param left column of the sheet where it begins
   * @param top row of the sheet where it begins
   */
  public static void drawImage(BufferedImage sheet, ImageSet images, int index, int left, int top) {
    byte[] pixels = images.pixels();
    int at = index * images.imageBytes();
    for (int y = 0; y < images.height(); y++) {
      for (int x = 0; x < images.width(); x++, at += 3) {
        int rgb = (pixels[at] & 255) << 16 | (pixels[at + 1] & 255) << 8 | pixels[at + 2] & 255;
        sheet.setRGB(left + x, top + y, rgb);
      }
    }
  }

  private static void drawLabel(Graphics2D pen, int label, int left, int top) {
    if (label >= 10) {
      drawDigit(pen, label / 10, left + DOT, top);
    }
    drawDigit(pen, label % 10, left + 5 * DOT, top);
  }

  private static void drawDigit(Graphics2D pen, int digit, int left, int top) {
    for (int dot = 0; dot < 15; dot++) {
      if ((DIGITS[digit] >> (14 - dot) & 1) == 1) {
        pen.fillRect(left + dot % 3 * DOT, top + dot / 3 * DOT, DOT, DOT);
      }
    }
  }
}
