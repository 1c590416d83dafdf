package engram.data.image;

import engram.data.DataException;
import engram.data.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A picture file, its header read and its pixels not yet: PNG, JPEG, or portable pixmap or greymap
 * (PPM, PGM), told apart by the first bytes, whatever the name says.
 *
 * <p>Samples are brought to 0..255, rounded. Colour profiles and gamma are not applied,
 * transparency is dropped, and pictures are not turned as their EXIF says, all as {@code
 * torchvision.datasets.ImageFolder} does with Pillow.
 */
public sealed interface ImageFile permits PpmReader, PngReader, JpegReader {

  /** Most pixels of a picture: those of a large photograph, 100 MB in colour. */
  int MAX_PIXELS = 1 << 25;

  /** What to do about a picture that cannot be read. */
  String REMEDY = "Replace the file, or leave such pictures out with  --skip-bad";

  /** Endings of the names of files that can be read. */
  List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".ppm", ".pgm", ".pnm");

  /** Columns. */
  int width();

  /** Rows. */
  int height();

  /** 1 for grey, 3 for colour. */
  int channels();

  /**
   * Unpacks the pixels.
   *
   * @throws DataException if they are damaged
   */
  Picture picture();

  /**
   * The picture in {@code bytes}.
   *
   * @param name file name, for messages
   * @throws DataException naming the file if the bytes are not a picture that can be read
   */
  static Picture read(String name, byte[] bytes) {
    return open(name, bytes).picture();
  }

  /**
   * The header of the picture in {@code bytes}.
   *
   * @param name file name, for messages
   * @throws DataException naming the file if the bytes are no picture, or one that is too large or
   *     of a kind that cannot be read
   */
  static ImageFile open(String name, byte[] bytes) {
    return switch (Magic.of(bytes)) {
      case PNG -> new PngReader(name, bytes);
      case JPEG -> new JpegReader(name, bytes);
      case PNM -> new PpmReader(name, bytes);
      case OTHER -> throw unreadable(name, Magic.describe(bytes));
    };
  }

  /** The formats that are read. */
  enum Magic {
    PNG,
    JPEG,
    PNM,
    OTHER;

    static Magic of(byte[] bytes) {
      if (starts(bytes, "\u0089PNG")) {
        return PNG;
      }
      if (starts(bytes, "\u00ff\u00d8\u00ff")) {
        return JPEG;
      }
      return starts(bytes, "P6") || starts(bytes, "P5") ? PNM : OTHER;
    }

    /** What bytes are that are none of these. */
    private static String describe(byte[] bytes) {
      if (bytes.length == 0) {
        return "the file is empty, expected a picture";
      }
      String kind =
          starts(bytes, "GIF8")
              ? "a GIF"
              : starts(bytes, "BM")
                  ? "a BMP"
                  : starts(bytes, "II*\0") || starts(bytes, "MM\0*")
                      ? "a TIFF"
                      : starts(bytes, "RIFF") ? "a WebP" : "";
      return kind.isEmpty()
          ? "no picture: it starts with %s, expected PNG, JPEG or PPM".formatted(start(bytes))
          : kind + " picture, expected PNG, JPEG or PPM";
    }

    private static boolean starts(byte[] bytes, String magic) {
      for (int i = 0; i < magic.length(); i++) {
        if (i >= bytes.length || (bytes[i] & 255) != magic.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private static String start(byte[] bytes) {
      StringBuilder text = new StringBuilder();
      for (byte b : Arrays.copyOf(bytes, Math.min(8, bytes.length))) {
        text.append(b >= ' ' && b < 127 ? "" + (char) b : "\\x%02x".formatted(b));
      }
      return "\"" + text + "\"";
    }
  }

  /** A picture that cannot be read. */
  static DataException unreadable(String where, String problem) {
    return new DataException(where, problem, REMEDY);
  }

  /**
   * Refuses a size before anything is allocated for it.
   *
   * @param most pixels that the packed bytes can hold at best
   */
  static void requireSize(String name, long width, long height, long most) {
    if (width < 1 || height < 1) {
      throw unreadable(name, "the picture is %d x %d, it has no pixels".formatted(width, height));
    }
    if (height > MAX_PIXELS / width) {
      throw new DataException(
          name,
          String.format(
              Locale.ROOT,
              "the picture is %d x %d, expected at most %,d pixels",
              width,
              height,
              MAX_PIXELS),
          "Make it smaller, or leave such pictures out with  --skip-bad");
    }
    if (width * height > most) {
      throw unreadable(
          name,
          "the picture is %d x %d, but the file ends long before that many pixels"
              .formatted(width, height));
    }
  }
}
