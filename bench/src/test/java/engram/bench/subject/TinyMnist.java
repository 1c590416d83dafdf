package engram.bench.subject;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** MNIST's four files with few grey images, higher than wide, whose class is a bright row. */
public final class TinyMnist {
  public static final int HEIGHT = 12;
  public static final int WIDTH = 10;
  private static final int CLASSES = 10;

  private TinyMnist() {}

  /**
   * Writes the files into a folder.
   *
   * @return the folder as {@code --data} takes it
   */
  public static String write(Path folder, int trainOfEach, int testOfEach) throws IOException {
    write(folder, "train", trainOfEach * CLASSES);
    write(folder, "t10k", testOfEach * CLASSES);
    return "mnist:" + folder;
  }

  private static void write(Path folder, String part, int count) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * HEIGHT * WIDTH);
    images.putInt(0x803).putInt(count).putInt(HEIGHT).putInt(WIDTH);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      int label = i % CLASSES;
      labels.put((byte) label);
      for (int k = 0; k < HEIGHT * WIDTH; k++) {
        images.put((byte) (k / WIDTH == label + 1 ? 150 + (7 * i + k) % 100 : i % 30));
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
