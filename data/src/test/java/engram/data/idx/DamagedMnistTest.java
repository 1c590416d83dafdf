package engram.data.idx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import engram.data.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedMnistTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir private Path folder;
  private byte[] images = {};
  private byte[] labels = {};

  @BeforeEach
  void write() throws IOException {
    SmallMnist.write(folder, false);
    images = Files.readAllBytes(folder.resolve(IMAGES));
    labels = Files.readAllBytes(folder.resolve(LABELS));
  }

  private void put(String name, byte[] bytes) {
    SmallMnist.put(folder, name, bytes, false);
  }

  /** One line that names the file and the fault, one that says what to do. */
  private void assertFails(String... parts) {
    DataException e =
        assertThrows(DataException.class, () -> Mnist.at(folder, MnistForm.MNIST).load());
    String message = String.valueOf(e.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertEquals(2, message.lines().count(), message);
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  @Test
  void missingFilesAreNamedTogether() throws IOException {
    Files.delete(folder.resolve(LABELS));
    Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
    assertFails(
        folder + ": there is no train-labels-idx1-ubyte, no t10k-images-idx3-ubyte here,",
        "engram data fetch mnist");
  }

  @Test
  void whatIsNoFolderIsNamed() {
    for (Path path : new Path[] {folder.resolve("nowhere"), folder.resolve(IMAGES)}) {
      DataException e =
          assertThrows(DataException.class, () -> Mnist.at(path, MnistForm.MNIST).load());
      assertTrue(String.valueOf(e.getMessage()).startsWith(path + ": no"), e.getMessage());
    }
  }

  @Test
  void fileOfAnotherFormIsNamedWithItsFirstBytes() {
    put(IMAGES, "PK\3\4and so on".getBytes(StandardCharsets.US_ASCII));
    assertFails(IMAGES + ", byte 0: begins with 50 4b 03 04, neither IDX nor gzip data of it");
    put(IMAGES, new byte[0]);
    assertFails(IMAGES + ", byte 0: begins with nothing");
  }

  @Test
  void valuesOfAnotherTypeAreNamed() {
    put(IMAGES, with(images, 2, 13));
    assertFails(IMAGES + ", byte 2: its values are floats, expected unsigned bytes (type 8)");
    put(IMAGES, with(images, 2, 200));
    assertFails("its values are of unknown type 200");
  }

  @Test
  void imagesInPlaceOfLabelsAreRefused() {
    put(LABELS, images);
    assertFails(LABELS + ", byte 3: an array of 3 dimensions, expected 1: labels");
    put(LABELS, labels);
    put(IMAGES, labels);
    assertFails(IMAGES + ", byte 3: an array of 1 dimensions, expected 3: images, rows, columns");
  }

  @Test
  void everyShorterFileAndEveryLongerOneIsRefused() {
    for (int length = 0; length < images.length; length++) {
      put(IMAGES, Arrays.copyOf(images, length));
      assertFails(IMAGES + ", byte ");
    }
    put(IMAGES, Arrays.copyOf(images, images.length - 1));
    assertFails("byte 135: the file ends after 119 of the 120 values that its header says");
    put(IMAGES, Arrays.copyOf(images, 10));
    assertFails("byte 10: the file ends within its header");
    put(IMAGES, Arrays.copyOf(images, images.length + 1));
    assertFails("byte 136: more bytes follow the 120 values that its header says (20 x 2 x 3)");
  }

  @Test
  void headerThatClaimsGigabytesTakesNoMemory() throws IOException {
    put(IMAGES, SmallMnist.idx(new byte[6], 500_000, 40, 50));
    assertFails("byte 22: the file ends after 6 of the 1,000,000,000 values");
    put(IMAGES, SmallMnist.idx(new byte[6], 3_000_000, 40, 50));
    assertFails(
        "byte 4: its header says 3,000,000 x 40 x 50, expected at most 1,073,741,824" + " values");
    Files.delete(folder.resolve(IMAGES));
    SmallMnist.put(folder, IMAGES, SmallMnist.idx(new byte[6], 500_000, 40, 50), true);
    assertFails(IMAGES + ".gz, byte 22: the file ends after 6 of the 1,000,000,000 values");
  }

  @Test
  void sizesOfNoughtAndAbsurdOnesAreRefused() {
    for (int[] sizes : new int[][] {{0, 2, 3}, {20, 0, 3}, {20, 2, 0}, {-1, 2, 3}, {1, 5000, 1}}) {
      put(IMAGES, SmallMnist.idx(new byte[0], sizes));
      assertFails("its header says ", "expected 1 or more items of 1 to 4,096 rows and columns");
    }
  }

  @Test
  void countsThatDifferAreNamed() {
    put(LABELS, SmallMnist.idx(new byte[19], 19));
    assertFails(LABELS + ": holds 19 labels, but " + IMAGES + " holds 20 images");
  }

  @Test
  void labelOutOfRangeIsNamedWithItsImage() {
    put(LABELS, with(labels, 8 + 7, 10));
    assertFails(LABELS + ", byte 15: the label of image 7 is 10, expected 0 to 9");
  }

  @Test
  void classWithoutImagesIsNamed() {
    byte[] without = labels.clone();
    without[8 + 3] = 4;
    without[8 + 13] = 4;
    put(LABELS, without);
    assertFails("class 3, \"3\", has no training images");
  }

  @Test
  void testImagesOfAnotherSizeAreRefused() {
    put("t10k-images-idx3-ubyte", SmallMnist.idx(new byte[120], 20, 3, 2));
    assertFails("training images are 3 x 2, test images 2 x 3, expected one size");
  }

  @Test
  void damagedGzipIsNamed() throws IOException {
    Files.delete(folder.resolve(IMAGES));
    byte[] packed = SmallMnist.gzip(images);
    Path file = folder.resolve(IMAGES + ".gz");
    Files.write(file, Arrays.copyOf(packed, packed.length / 2));
    assertFails(file + ": ends within its gzip data");
    Files.write(file, with(packed, packed.length - 6, packed[packed.length - 6] ^ 1));
    assertFails(file + ": damaged gzip data: ");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b});
    assertFails(file + ": ends within its gzip data");
  }

  @Test
  void folderInPlaceOfAFileIsNamed() throws IOException {
    Files.delete(folder.resolve(IMAGES));
    Files.createDirectory(folder.resolve(IMAGES));
    assertFails(IMAGES + ": this is a folder, expected a regular file");
    // Some tools unpack x.gz into a folder x that holds x.
    SmallMnist.put(folder, IMAGES, images, true);
    assertEquals(20, Mnist.at(folder, MnistForm.MNIST).load().train().size());
  }

  @Test
  void pipeInPlaceOfAFileIsRefusedAndNotWaitedFor() throws Exception {
    Files.delete(folder.resolve(IMAGES));
    boolean made = false;
    try {
      made = new ProcessBuilder("mkfifo", folder.resolve(IMAGES).toString()).start().waitFor() == 0;
    } catch (IOException e) {
      // No such program here.
    }
    Assumptions.assumeTrue(made, "skipped: no named pipes here");
    assertFails(IMAGES + ": this is a pipe or a device, expected a regular file");
  }

  @Test
  void damagedFilesGiveImagesOrADataExceptionAndNothingElse() {
    Random random = new Random(1);
    int whole = 0;
    int faults = 0;
    for (int round = 0; round < 600; round++) {
      boolean packed = round % 2 == 0;
      String name = SmallMnist.NAMES.get(round % 4);
      byte[] good = name.equals(IMAGES) ? images : labels;
      good = name.startsWith("t10k") ? read(name) : good;
      byte[] mutant = Mutations.mutate(packed ? SmallMnist.gzip(good) : good, random);
      put(name, mutant);
      try {
        Mnist.at(folder, MnistForm.MNIST).load();
        whole++;
      } catch (DataException e) {
        faults++;
        assertTrue(String.valueOf(e.getMessage()).contains(folder.toString()), e.getMessage());
      }
      put(name, good);
    }
    assertTrue(whole > 10 && faults > 300, whole + " whole and " + faults + " faults");
  }

  private byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
