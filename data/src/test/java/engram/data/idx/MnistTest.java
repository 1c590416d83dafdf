package engram.data.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import engram.data.Dataset;
import engram.data.RealData;
import engram.data.TestSets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  @TempDir private Path folder;

  private static Dataset load(Path path) {
    return Mnist.at(path, MnistForm.MNIST).load();
  }

  @Test
  void imagesAndLabelsComeInTheOrderOfTheFilesEachATrackOfItsOwn() {
    Dataset data = load(SmallMnist.write(folder, false));
    assertEquals("MNIST, " + folder, data.description());
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), data.classNames());
    assertEquals(1, data.train().channels());
    assertEquals(2, data.train().height());
    assertEquals(3, data.train().width());
    byte[] noise = new byte[20 * 6];
    new Random(1).nextBytes(noise);
    assertArrayEquals(noise, data.train().pixels());
    assertArrayEquals(IntStream.range(0, 20).map(i -> i % 10).toArray(), data.train().labels());
    assertEquals(
        40,
        IntStream.concat(Arrays.stream(data.train().tracks()), Arrays.stream(data.test().tracks()))
            .distinct()
            .count());
  }

  @Test
  void everyFormThatTheFilesAreHandedAroundInGivesTheSame() throws IOException {
    Dataset plain = load(SmallMnist.write(folder.resolve("plain"), false));
    TestSets.assertSame(plain, load(SmallMnist.write(folder.resolve("packed"), true)));
    Path torch = folder.resolve("a folder with ümlauts");
    SmallMnist.write(torch.resolve("MNIST/raw"), true);
    for (String below : List.of("", "MNIST", "MNIST/raw")) {
      TestSets.assertSame(plain, load(torch.resolve(below)));
    }
    Path dots = folder.resolve("dots");
    SmallMnist.write(dots, false);
    for (String name : SmallMnist.NAMES) {
      Files.move(dots.resolve(name), dots.resolve(name.replace("-idx", ".idx")));
    }
    TestSets.assertSame(plain, load(dots));
    Path misnamed = SmallMnist.write(folder.resolve("misnamed"), false);
    for (String name : SmallMnist.NAMES) {
      Files.move(misnamed.resolve(name), misnamed.resolve(name + ".gz"));
    }
    TestSets.assertSame(plain, load(misnamed)); // the bytes tell, not the name
  }

  @Test
  void classNamesAreThoseOfTheDataSet() {
    Path path = SmallMnist.write(folder, true);
    assertEquals("Ankle boot", Mnist.at(path, MnistForm.FASHION).load().classNames().getLast());
    assertEquals("wo", Mnist.at(path, MnistForm.KUZUSHIJI).load().classNames().getLast());
  }

  @Test
  void emnistIsTurnedUprightAndItsLettersCountFromOne() {
    Path path = SmallMnist.emnist(folder, "letters", 26, 1);
    Dataset data = Mnist.emnist(path).load();
    assertEquals("EMNIST letters, " + folder, data.description());
    assertEquals("z", data.classNames().get(25));
    assertEquals(25, data.train().labels()[25]);
    assertEquals(3, data.train().height());
    byte[] noise = new byte[52 * 6];
    new Random(1).nextBytes(noise);
    byte[] upright = {noise[0], noise[3], noise[1], noise[4], noise[2], noise[5]};
    assertArrayEquals(upright, Arrays.copyOf(data.train().pixels(), 6));
  }

  @Test
  void partOfEmnistIsNamedWhereThereAreSeveral() throws IOException {
    SmallMnist.emnist(folder, "letters", 26, 1);
    SmallMnist.emnist(folder, "balanced", 47, 0);
    DataException e = assertThrows(DataException.class, () -> Mnist.emnist(folder));
    assertEquals(
        folder
            + ": holds several parts of EMNIST: balanced, letters.\nSay which, such as  emnist:"
            + folder.resolve("balanced"),
        e.getMessage());
    assertEquals("t", Mnist.emnist(folder.resolve("balanced")).load().classNames().getLast());
    assertEquals(26, Mnist.emnist(folder.resolve("letters")).load().classes());
    e = assertThrows(DataException.class, () -> Mnist.emnist(folder.resolve("byclass")));
    assertTrue(
        String.valueOf(e.getMessage()).contains("there is no emnist-byclass-train-images"),
        e.getMessage());
  }

  @Test
  void emnistIsReadFromItsZip() throws IOException {
    Path parts = SmallMnist.emnist(folder.resolve("parts"), "digits", 10, 0);
    Dataset unpacked = Mnist.emnist(parts).load();
    Path fetched = Files.createDirectories(folder.resolve("fetched"));
    try (OutputStream out = Files.newOutputStream(fetched.resolve("gzip.zip"));
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.list(parts)) {
      for (Path file : files.toList()) {
        zip.putNextEntry(new ZipEntry("gzip/" + file.getFileName()));
        zip.write(Files.readAllBytes(file));
      }
    }
    for (String path : List.of("", "digits", "gzip.zip", "gzip.zip/digits")) {
      TestSets.assertSame(unpacked, Mnist.emnist(fetched.resolve(path)).load());
    }
  }

  @Test
  void theRealFilesAreReadSoQuicklyThatTheyNeedNoCache() {
    Path path = RealData.folder("mnist");
    load(path);
    long start = System.nanoTime();
    Dataset data = load(path);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertEquals(60_000, data.train().size());
    assertEquals(10_000, data.test().size());
    assertEquals(28, data.train().height());
    assertEquals(28, data.train().width());
    assertEquals(1, data.train().channels());
    assertArrayEquals(
        new int[] {5, 0, 4, 1, 9}, Arrays.copyOf(data.train().labels(), 5), "as everyone has them");
    assertEquals("90a92752", RealData.crc(data.train(), 0));
    assertEquals("f15d81cb", RealData.crc(data.test(), 9_999));
    assertTrue(seconds < 10, seconds + " s"); // half a second where nobody else is at work
  }
}
