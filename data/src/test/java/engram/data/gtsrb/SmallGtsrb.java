package engram.data.gtsrb;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * A GTSRB small enough for tests, in every layout: classes 2, 10 and 42 with two tracks of three
 * frames each, and five test images. Pictures are noise, 20 to 59 pixels wide.
 */
public final class SmallGtsrb {

  static final int TRAIN = 18;
  static final int TEST = 5;

  public static final String TRAIN_FOLDER = "GTSRB/Final_Training/Images";
  static final String TEST_FOLDER = "GTSRB/Final_Test/Images";
  public static final String TRUTH = "GT-final_test.csv";

  private static final int[] CLASSES = {2, 10, 42};
  private static final String HEADER =
      "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\n";

  private SmallGtsrb() {}

  /** Training files as in the official zip. */
  static Map<String, byte[]> training(String folder) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int label : CLASSES) {
      String classFolder = folder + "/%05d/".formatted(label);
      StringBuilder csv = new StringBuilder(HEADER);
      for (int track = 0; track < 2; track++) {
        for (int frame = 0; frame < 3; frame++) {
          Sign sign = new Sign(label, 3 * track + frame);
          String name = "%05d_%05d.ppm".formatted(track, frame);
          csv.append(name).append(';').append(sign.columns(";", true)).append('\n');
          files.put(classFolder + name, sign.ppm());
        }
      }
      files.put(classFolder + "GT-%05d.csv".formatted(label), utf8(csv.toString()));
    }
    return files;
  }

  /** Test pictures as in the official zip, with the table that tells no classes. */
  static Map<String, byte[]> testImages() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    StringBuilder csv = new StringBuilder(HEADER.replace(";ClassId", ""));
    for (int i = 0; i < TEST; i++) {
      Sign sign = testSign(i);
      String name = "%05d.ppm".formatted(i);
      csv.append(name).append(';').append(sign.columns(";", false)).append('\n');
      files.put(TEST_FOLDER + "/" + name, sign.ppm());
    }
    files.put(TEST_FOLDER + "/GT-final_test.test.csv", utf8(csv.toString()));
    return files;
  }

  /** The table of test classes as in the official zip. */
  static Map<String, byte[]> truth() {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < TEST; i++) {
      csv.append("%05d.ppm;".formatted(i)).append(testSign(i).columns(";", true)).append('\n');
    }
    return new TreeMap<>(Map.of(TRUTH, utf8(csv.toString())));
  }

  /** The same pictures as Kaggle packs them; it also ships each folder twice. */
  static Map<String, byte[]> kaggle() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String header = "Width,Height,Roi.X1,Roi.Y1,Roi.X2,Roi.Y2,ClassId,Path\r\n";
    StringBuilder train = new StringBuilder(header);
    for (int label : new int[] {10, 2, 42}) { // as text, 10 comes before 2
      for (int i = 0; i < 6; i++) {
        Sign sign = new Sign(label, i);
        String path = "Train/%d/%05d_%05d_%05d.png".formatted(label, label, i / 3, i % 3);
        train.append(sign.columns(",", true)).append(',').append(path).append("\r\n");
        files.put(path, sign.png());
        files.put(path.replace("Train", "train"), sign.png());
      }
    }
    StringBuilder test = new StringBuilder(header);
    for (int i = 0; i < TEST; i++) {
      String path = "Test/%05d.png".formatted(i);
      test.append(testSign(i).columns(",", true)).append(',').append(path).append("\r\n");
      files.put(path, testSign(i).png());
    }
    files.put("Train.csv", utf8(train.toString()));
    files.put("Test.csv", utf8(test.toString()));
    files.put("Meta.csv", utf8("Path,ClassId,ShapeId,ColorId,SignId\r\n"));
    return files;
  }

  /** Class of a test image. */
  static int testLabel(int index) {
    return CLASSES[index % CLASSES.length];
  }

  private static Sign testSign(int index) {
    return new Sign(testLabel(index), 100 + index);
  }

  /** Writes files below a folder. */
  static Path unpack(Path folder, Map<String, byte[]> files) {
    try {
      for (var file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes files into a zip. */
  static Path zip(Path path, Map<String, byte[]> files) {
    try (OutputStream file = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (var entry : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The three official zips in a folder. */
  public static Path officialZips(Path folder) {
    zip(folder.resolve("GTSRB_Final_Training_Images.zip"), training(TRAIN_FOLDER));
    zip(folder.resolve("GTSRB_Final_Test_Images.zip"), testImages());
    zip(folder.resolve("GTSRB_Final_Test_GT.zip"), truth());
    return folder;
  }

  /** All of the official zips unpacked into one folder, the ground truth at the top. */
  public static Path officialFolder(Path folder) {
    unpack(folder, training(TRAIN_FOLDER));
    unpack(folder, testImages());
    return unpack(folder, truth());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** One photograph. */
  private record Sign(int label, int number) {

    Random random() {
      return new Random(1000L * label + number);
    }

    int side() {
      return 20 + random().nextInt(40);
    }

    byte[] pixels() {
      byte[] pixels = new byte[side() * side() * 3];
      random().nextBytes(pixels);
      return pixels;
    }

    String columns(String separator, boolean withClass) {
      String text = "%1$d;%1$d;3;4;%2$d;%3$d".formatted(side(), side() - 3, side() - 4);
      return (withClass ? text + ";" + label : text).replace(";", separator);
    }

    byte[] ppm() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(utf8("P6\n# a comment\n%1$d %1$d\n255\n".formatted(side())));
      out.writeBytes(pixels());
      return out.toByteArray();
    }

    byte[] png() {
      byte[] p = pixels();
      BufferedImage image = new BufferedImage(side(), side(), BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < side() * side(); i++) {
        int rgb = (p[3 * i] & 255) << 16 | (p[3 * i + 1] & 255) << 8 | p[3 * i + 2] & 255;
        image.setRGB(i % side(), i / side(), rgb);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        ImageIO.write(image, "png", out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }
}
