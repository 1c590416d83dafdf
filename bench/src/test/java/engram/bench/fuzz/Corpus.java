package engram.bench.fuzz;

import static engram.tensor.Shape.shape;
import static java.nio.charset.StandardCharsets.UTF_8;

import engram.cl.state.Snapshot;
import engram.cl.state.State;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.nn.io.SafeTensors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Good inputs, small: what is damaged should be what the parser reads, not its pixels. */
final class Corpus {
  /** Pictures that {@link #signs} names. */
  static final List<String> SIGNS =
      List.of("Train/0/00000_00001_00002.ppm", "Train/7/00007_00000_00000.ppm");

  /** Pictures that {@link #tracks} names. */
  static final List<String> PICTURES =
      List.of("cat/1.ppm", "cat/2.ppm", "dog/1.ppm", "dog/2.ppm", "dog/3.ppm");

  private static final int WIDTH = 9;
  private static final int HEIGHT = 7;

  private Corpus() {}

  private static List<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList();
  }

  private static byte[] joined(String text, int... bytes) {
    byte[] head = text.getBytes(UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      all[head.length + i] = (byte) bytes[i];
    }
    return all;
  }

  static List<byte[]> ppm() {
    return List.of(
        joined("P6\n# a comment\n2 1\n255\n", 1, 2, 3, 4, 5, 6),
        joined("P5 2 2 15 ", 0, 1, 14, 15),
        joined("P5 1 2 1000 ", 0, 1, 3, 0xE8));
  }

  private static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Random random = new Random(type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  private static byte[] encoded(String format, int type, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image(type), null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Grey of 8 and 16 bits, colour, with alpha, a palette, a bit; interlaced or not. */
  static List<byte[]> png() {
    List<byte[]> files = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY
        }) {
      files.add(encoded("png", type, false));
      files.add(encoded("png", type, true));
    }
    return files;
  }

  static List<byte[]> jpeg() {
    return List.of(
        encoded("jpeg", BufferedImage.TYPE_BYTE_GRAY, false),
        encoded("jpeg", BufferedImage.TYPE_INT_RGB, false),
        encoded("jpeg", BufferedImage.TYPE_INT_RGB, true));
  }

  /** An image of each of ten classes, 2 x 1. */
  static List<byte[]> idxImages() {
    return List.of(ByteBuffer.allocate(36).putInt(0x0803).putInt(10).putInt(2).putInt(1).array());
  }

  static List<byte[]> idxLabels() {
    byte[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    return List.of(ByteBuffer.allocate(18).putInt(0x0801).putInt(10).put(labels).array());
  }

  static List<byte[]> gzip(List<byte[]> files) {
    return files.stream().map(Corpus::gzip).toList();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** CIFAR-10 of two classes: five files of an image to learn from, one of two to test on. */
  static List<byte[]> cifarTar() {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    entry(tar, "batches.meta.txt", "cat\ndog\n".getBytes(UTF_8));
    for (int i = 1; i <= 5; i++) {
      byte[] image = new byte[3073];
      image[0] = (byte) (i % 2);
      entry(tar, "data_batch_" + i + ".bin", image);
    }
    byte[] images = new byte[2 * 3073];
    images[0] = 1;
    entry(tar, "test_batch.bin", images);
    tar.writeBytes(new byte[1024]);
    return List.of(tar.toByteArray());
  }

  private static void entry(ByteArrayOutputStream tar, String name, byte[] content) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(content.length));
    put(header, 156, "0");
    put(header, 257, "ustar");
    tar.writeBytes(Repairs.tar(header));
    tar.writeBytes(content);
    tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** Pictures in two classes, packed and stored. */
  static List<byte[]> zip() {
    return List.of(zip(ZipEntry.DEFLATED), zip(ZipEntry.STORED));
  }

  private static byte[] zip(int method) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] picture = ppm().getFirst();
    CRC32 crc = new CRC32();
    crc.update(picture);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : PICTURES) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setSize(picture.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(picture);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<byte[]> signs() {
    return texts(
        """
        ,Width,Height,Roi.X1,Roi.Y1,Roi.X2,Roi.Y2,ClassId,Path
        0,2,1,0,0,2,1,0,%s
        1,2,1,0,0,1,1,7,"%s"
        """
            .formatted(SIGNS.toArray()),
        "sep=;\r\nPath;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\n./%s;2;1;0;0;2;1;0.0\r\n"
            .formatted(SIGNS.getFirst()));
  }

  static List<byte[]> tracks() {
    return texts(
        "Path,Track\ncat/1.ppm,1\ndog/2.ppm,2\n\"dog/3.ppm\",2\n",
        "\uFEFFtrack;filename;;\r\nx;cat\\1.ppm;;\r\n;;;\r\n");
  }

  static Dataset dataset() {
    ImageSet images = new ImageSet(2, 3, 1, new byte[12], new int[] {0, 1}, new int[] {5, 6});
    return new Dataset("two images", List.of("cat", "dog"), images, images);
  }

  static List<byte[]> tensors(Path file) throws IOException {
    new SafeTensors(
            Map.of("a", new SafeTensors.Entry(shape(2, 3), new float[6])),
            Map.of("none", List.of(2L, 0L)),
            Map.of("note", "two\nlines"))
        .write(file);
    return List.of(Files.readAllBytes(file));
  }

  static SafeTensors state() {
    Snapshot snapshot = new Snapshot();
    State state = snapshot.taking();
    state.text("strategy", "er");
    state.number("seed", 1);
    state.in("task").floats("network", new float[] {0.5f, -1, 3});
    state.in("task/memory").bytes("pixels", new byte[] {1, 2, 3, 4, 5});
    state.in("task/memory").ints("labels", new int[] {0, 1});
    state.in("now").doubles("losses", new double[] {2.25});
    return snapshot.content();
  }
}
