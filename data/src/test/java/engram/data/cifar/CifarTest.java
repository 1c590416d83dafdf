package engram.data.cifar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.Dataset;
import engram.data.RealData;
import engram.data.TestSets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
  @TempDir private Path folder;

  private static Dataset load(Path path, CifarForm form) {
    return Cifar.at(path, form).load(2);
  }

  @Test
  void planesBecomePixelsAndBatchesComeInOrder() {
    Dataset data = load(SmallCifar.folder(folder, SmallCifar.cifar10()), CifarForm.CIFAR10);
    assertEquals("CIFAR-10, " + folder, data.description());
    assertEquals("automobile", data.classNames().get(1));
    assertEquals(50, data.train().size());
    assertEquals(10, data.test().size());
    assertEquals(3, data.train().channels());
    assertEquals(32, data.train().height());
    byte[] second = SmallCifar.records(1, 10, 2);
    int image = 10 + 3; // the fourth of the second batch
    int record = 3 * 3073;
    assertEquals(3, data.train().labels()[image]);
    int at = image * 3072 + (5 * 32 + 7) * 3;
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(
          second[record + 1 + channel * 1024 + 5 * 32 + 7], data.train().pixels()[at + channel]);
    }
    int[] tracks = Arrays.copyOf(data.train().tracks(), 60);
    System.arraycopy(data.test().tracks(), 0, tracks, 50, 10);
    assertEquals(60, Arrays.stream(tracks).distinct().count());
  }

  @Test
  void archiveAndFolderGiveTheSameWhereverThePathPoints() {
    Dataset expected =
        load(SmallCifar.folder(folder.resolve("plain"), SmallCifar.cifar10()), CifarForm.CIFAR10);
    Path archive =
        SmallCifar.archive(
            folder.resolve("Bücher und so/cifar-10-binary.tar.gz"), SmallCifar.cifar10());
    TestSets.assertSame(expected, load(archive, CifarForm.CIFAR10));
    TestSets.assertSame(expected, load(archive.getParent(), CifarForm.CIFAR10));
    Path unpacked = folder.resolve("unpacked");
    SmallCifar.folder(unpacked.resolve("cifar-10-batches-bin"), SmallCifar.cifar10());
    TestSets.assertSame(expected, load(unpacked, CifarForm.CIFAR10));
    Path tar = SmallCifar.write(folder.resolve("any name"), SmallCifar.tar(SmallCifar.cifar10()));
    TestSets.assertSame(expected, load(tar, CifarForm.CIFAR10));
  }

  @Test
  void hundredHasFineAndCoarseLabelsOfTheSameImages() {
    Path archive = SmallCifar.archive(folder.resolve("x.tar.gz"), SmallCifar.cifar100());
    Dataset fine = load(archive, CifarForm.CIFAR100);
    Dataset coarse = load(archive, CifarForm.CIFAR100_COARSE);
    assertEquals(List.of("a", "b", "c", "d", "e", "f"), fine.classNames());
    assertEquals(List.of("x", "y", "z"), coarse.classNames());
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, fine.train().labels());
    assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, coarse.train().labels());
    assertArrayEquals(fine.train().pixels(), coarse.train().pixels());
    assertNotEquals(
        Cifar.at(archive, CifarForm.CIFAR100).key(),
        Cifar.at(archive, CifarForm.CIFAR100_COARSE).key());
  }

  @Test
  void keyChangesWithTheArchive() throws Exception {
    Path archive = SmallCifar.archive(folder.resolve("x.tar.gz"), SmallCifar.cifar10());
    String key = Cifar.at(archive, CifarForm.CIFAR10).key();
    assertEquals(key, Cifar.at(archive, CifarForm.CIFAR10).key());
    Files.setLastModifiedTime(archive, FileTime.fromMillis(1_000_000));
    assertNotEquals(key, Cifar.at(archive, CifarForm.CIFAR10).key());
  }

  @Test
  void theRealArchive() {
    Cifar cifar = Cifar.at(RealData.folder("cifar10"), CifarForm.CIFAR10);
    assertTrue(cifar.isPacked());
    Dataset data = cifar.load(1);
    assertEquals(
        List.of(
            "airplane",
            "automobile",
            "bird",
            "cat",
            "deer",
            "dog",
            "frog",
            "horse",
            "ship",
            "truck"),
        data.classNames());
    assertTrue(data.train().size() >= 45_000, data.train().size() + " images");
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      long train = Arrays.stream(data.train().labels()).filter(l -> l == wanted).count();
      long test = Arrays.stream(data.test().labels()).filter(l -> l == wanted).count();
      assertEquals(data.train().size() / 10, train);
      assertEquals(data.test().size() / 10, test);
    }
    if (data.train().size() == 45_000) { // the development split of the training images
      assertEquals("64e00718", RealData.crc(data.train(), 0));
      assertEquals("9936d531", RealData.crc(data.test(), 4_999));
    }
  }
}
