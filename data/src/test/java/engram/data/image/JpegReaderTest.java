package engram.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import engram.data.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JpegReaderTest {

  private static final byte[] COLOUR = Jpegs.jpeg(24, 16, 3, false);
  private static final byte[] GREY = Jpegs.jpeg(24, 16, 1, false);

  /** The file with a segment put in behind its first two bytes. */
  private static byte[] with(byte[] file, int marker, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, 2);
    out.write(0xFF);
    out.write(marker);
    out.writeBytes(ByteBuffer.allocate(2).putShort((short) (data.length + 2)).array());
    out.writeBytes(data);
    out.write(file, 2, file.length - 2);
    return out.toByteArray();
  }

  private static int frame(byte[] file) {
    for (int at = 2; ; at += 2 + ((file[at + 2] & 255) << 8 | file[at + 3] & 255)) {
      if ((file[at + 1] & 0xFF) == 0xC0 || (file[at + 1] & 0xFF) == 0xC2) {
        return at;
      }
    }
  }

  private static void assertRefused(byte[] file, String problem) {
    DataException e = assertThrows(DataException.class, () -> ImageFile.read("a.jpg", file));
    assertTrue(e.getMessage().startsWith("a.jpg"), e.getMessage());
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  @Test
  void colourAndGreyAreCloseToWhatWasPacked() {
    for (boolean progressive : new boolean[] {false, true}) {
      for (int channels : new int[] {1, 3}) {
        Picture picture = ImageFile.read("a.jpg", Jpegs.jpeg(24, 16, channels, progressive));
        assertEquals(24, picture.width());
        assertEquals(16, picture.height());
        assertEquals(channels, picture.channels());
        byte[] expected = Jpegs.pixels(24, 16, channels);
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i] & 255, picture.pixels()[i] & 255, 12, "sample " + i);
        }
      }
    }
  }

  /** The JDK's colour model would make it 168. */
  @Test
  void greyStaysAsDarkAsItIs() {
    byte[] pixels = ImageFile.read("a.jpg", Jpegs.flatGrey(100)).pixels();
    for (byte pixel : pixels) {
      assertEquals(100, pixel & 255, 1);
    }
  }

  @Test
  void profilesNotesAndThumbnailsChangeNothing() {
    byte[] expected = ImageFile.read("a.jpg", COLOUR).pixels();
    byte[] profile = "ICC_PROFILE\0\1\1 no profile at all".getBytes(StandardCharsets.ISO_8859_1);
    byte[] turned =
        ("Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertArrayEquals(expected, ImageFile.read("a.jpg", with(COLOUR, 0xE2, profile)).pixels());
    assertArrayEquals(expected, ImageFile.read("a.jpg", with(COLOUR, 0xE1, turned)).pixels());
    assertArrayEquals(expected, ImageFile.read("a.jpg", with(COLOUR, 0xFE, profile)).pixels());
    assertArrayEquals(expected, ImageFile.read("a.jpg", with(COLOUR, 0xE0, profile)).pixels());
  }

  @Test
  void cmykIsRefusedWithWhatToDo() {
    byte[] file = GREY.clone();
    // A frame of four components instead of one.
    int at = frame(file);
    byte[] cmyk = new byte[file.length + 9];
    System.arraycopy(file, 0, cmyk, 0, at + 13);
    System.arraycopy(file, at + 13, cmyk, at + 22, file.length - at - 13);
    cmyk[at + 3] = (byte) (cmyk[at + 3] + 9);
    cmyk[at + 9] = 4;
    assertRefused(cmyk, ": a CMYK picture (four inks), expected grey or red, green, blue");
    assertRefused(cmyk, "\nConvert it to RGB");
  }

  @Test
  void kindsThatTheDecoderCannotReadAreRefused() {
    byte[] deep = COLOUR.clone();
    deep[frame(deep) + 4] = 12;
    assertRefused(deep, ": a JPEG of 12 bits, expected 8");
    byte[] lossless = COLOUR.clone();
    lossless[frame(lossless) + 1] = (byte) 0xC3;
    assertRefused(lossless, ": a lossless or arithmetic JPEG, expected a baseline or");
  }

  @Test
  void sizeIsRefusedBeforeAnythingIsAllocated() {
    byte[] wide = COLOUR.clone();
    int at = frame(wide);
    ByteBuffer.wrap(wide).putShort(at + 5, (short) 12_000).putShort(at + 7, (short) 12_000);
    assertRefused(wide, ": the picture is 12000 x 12000, expected at most 33,554,432 pixels");
    ByteBuffer.wrap(wide).putShort(at + 5, (short) 5_000).putShort(at + 7, (short) 5_000);
    assertRefused(wide, ": the picture is 5000 x 5000, but the file ends long before");
    ByteBuffer.wrap(wide).putShort(at + 5, (short) 0);
    assertRefused(wide, ": the picture is 5000 x 0, it has no pixels");
  }

  @Test
  void anyTruncationIsFound() {
    for (byte[] file : new byte[][] {COLOUR, GREY, Jpegs.jpeg(24, 16, 3, true)}) {
      for (int length = 0; length < file.length - 2; length++) {
        byte[] part = Arrays.copyOf(file, length);
        assertThrows(DataException.class, () -> ImageFile.read("a.jpg", part), "" + length);
      }
    }
  }
}
