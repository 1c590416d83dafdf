package engram.data.cifar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import engram.data.Mutations;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedCifarTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("cifar.tar.gz");
  }

  /** One line that names the file and the fault, one that says what to do. */
  private static void assertFails(Path path, CifarForm form, String... parts) {
    DataException e = assertThrows(DataException.class, () -> Cifar.at(path, form).load(1));
    String message = String.valueOf(e.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertEquals(2, message.lines().count(), message);
  }

  private void assertFails(Map<String, byte[]> files, String... parts) {
    SmallCifar.archive(file(), files);
    assertFails(file(), CifarForm.CIFAR10, parts);
    Path plain = folder.resolve("plain");
    if (files.containsKey("test_batch.bin")) {
      assertFails(SmallCifar.folder(plain, files), CifarForm.CIFAR10, parts);
    }
  }

  @Test
  void pathWithNothingThereIsNamed() {
    Path path = folder.resolve("nowhere");
    assertFails(path, CifarForm.CIFAR10, path + ": no such file or folder", "data fetch cifar10");
    assertFails(folder, CifarForm.CIFAR100_COARSE, "no train.bin", "data fetch cifar100");
  }

  @Test
  void missingFilesAreNamed() {
    Map<String, byte[]> files = SmallCifar.cifar10();
    files.remove("data_batch_2.bin");
    files.remove("batches.meta.txt");
    assertFails(files, "there is no data_batch_2.bin, no batches.meta.txt in it");
  }

  @Test
  void theOtherDataSetAndTheOtherVersionAreRecognised() {
    SmallCifar.archive(file(), SmallCifar.cifar100());
    assertFails(file(), CifarForm.CIFAR10, "This looks like CIFAR-100: write  cifar100:" + file());
    Path plain = SmallCifar.folder(folder.resolve("100"), SmallCifar.cifar100());
    assertFails(plain, CifarForm.CIFAR10, "This looks like CIFAR-100: write  cifar100:" + plain);
    SmallCifar.archive(file(), SmallCifar.cifar10());
    for (CifarForm form : new CifarForm[] {CifarForm.CIFAR100, CifarForm.CIFAR100_COARSE}) {
      assertFails(file(), form, "This looks like CIFAR-10: write  cifar10:" + file());
    }
    SmallCifar.archive(file(), Map.of("data_batch_1", new byte[9], "batches.meta", new byte[9]));
    assertFails(file(), CifarForm.CIFAR10, "This looks like the version for Python");
    for (String below : new String[] {"cifar-10-batches-py", "cifar-100-python"}) {
      Path root = folder.resolve("torchvision " + below);
      SmallCifar.folder(root.resolve(below), Map.of("meta", new byte[9]));
      assertFails(root, CifarForm.CIFAR100, "This looks like the version for Python");
    }
  }

  @Test
  void fileThatIsNoMultipleOfARecordIsNamed() {
    for (int length : new int[] {0, 1, 3072, 3074, 30_731}) {
      Map<String, byte[]> files = SmallCifar.cifar10();
      files.compute("data_batch_4.bin", (_, bytes) -> Arrays.copyOf(bytes, length));
      assertFails(files, "data_batch_4.bin: ", " bytes, expected a multiple of 3,073: ");
    }
  }

  @Test
  void labelOutOfRangeIsNamedWithItsImage() {
    Map<String, byte[]> files = SmallCifar.cifar10();
    files.get("test_batch.bin")[7 * 3073] = 10;
    assertFails(files, "test_batch.bin, byte 21511: the label of image 7 is 10, expected 0 to 9");
  }

  @Test
  void classWithoutImagesIsNamed() {
    Map<String, byte[]> files = SmallCifar.cifar10();
    files.get("test_batch.bin")[7 * 3073] = 6;
    assertFails(files, "class 7, \"horse\", has no test images");
  }

  @Test
  void classNamesThatAreNoneAreRefused() {
    Map<String, byte[]> files = SmallCifar.cifar10();
    for (String names : new String[] {"", "\n\n", "cat\ncat\n", "n\n".repeat(300)}) {
      files.put("batches.meta.txt", names.getBytes(StandardCharsets.US_ASCII));
      assertFails(files, "batches.meta.txt: ", "expected a class name on each line, none twice");
    }
  }

  @Test
  void whatIsNoArchiveIsNamed() throws Exception {
    for (byte[] bytes :
        new byte[][] {new byte[0], new byte[100], "hello".repeat(500).getBytes("US-ASCII")}) {
      SmallCifar.write(file(), bytes);
      assertFails(file(), CifarForm.CIFAR10, file() + ", byte 0 of the archive: not a tar archive");
      SmallCifar.write(file(), SmallCifar.gzip(bytes));
      assertFails(file(), CifarForm.CIFAR10, file() + ", byte 0 of the archive: not a tar archive");
    }
    SmallCifar.write(file(), new byte[2048]);
    assertFails(file(), CifarForm.CIFAR10, "there is no data_batch_1.bin"); // an empty archive
  }

  @Test
  void archiveThatEndsHalfWayIsNamed() {
    byte[] tar = SmallCifar.tar(SmallCifar.cifar10());
    SmallCifar.write(file(), Arrays.copyOf(tar, tar.length / 2));
    assertFails(file(), CifarForm.CIFAR10, "the archive ends after ", " bytes of data_batch_");
    byte[] packed = SmallCifar.gzip(tar);
    SmallCifar.write(file(), Arrays.copyOf(packed, packed.length / 2));
    assertFails(file(), CifarForm.CIFAR10, file() + ": ends within its gzip data");
    packed[packed.length - 6] ^= 1; // its checksum
    SmallCifar.write(file(), packed);
    assertFails(file(), CifarForm.CIFAR10, file() + ": damaged gzip data");
  }

  @Test
  void entryThatClaimsGigabytesTakesNoMemory() {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(SmallCifar.header("data_batch_1.bin", 1_900_000_000L, '0'));
    tar.writeBytes(new byte[5]);
    SmallCifar.write(file(), tar.toByteArray());
    assertFails(file(), CifarForm.CIFAR10, "data_batch_1.bin: more than 300,000,000 bytes");
    tar.reset();
    tar.writeBytes(SmallCifar.header("data_batch_1.bin", 200_000_000L, '0'));
    tar.writeBytes(new byte[5]);
    SmallCifar.write(file(), tar.toByteArray());
    assertFails(file(), CifarForm.CIFAR10, "the archive ends after 5 of 200,000,000 bytes");
    tar.reset();
    tar.writeBytes(SmallCifar.header("something else", 1_900_000_000L, '0'));
    SmallCifar.write(file(), tar.toByteArray());
    assertFails(file(), CifarForm.CIFAR10, "the archive ends within a file");
  }

  @Test
  void folderInPlaceOfAFileIsNamed() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>(SmallCifar.cifar10());
    files.remove("data_batch_3.bin");
    SmallCifar.folder(folder, files);
    Files.createDirectory(folder.resolve("data_batch_3.bin"));
    assertFails(
        folder, CifarForm.CIFAR10, "data_batch_3.bin: this is a folder, expected a regular file");
  }

  @Test
  void damagedArchivesGiveImagesOrADataExceptionAndNothingElse() {
    Random random = new Random(1);
    byte[] tar = SmallCifar.tar(SmallCifar.cifar100());
    byte[] packed = SmallCifar.gzip(tar);
    int whole = 0;
    int faults = 0;
    for (int round = 0; round < 400; round++) {
      byte[] mutant = Mutations.mutate(round % 2 == 0 ? tar : packed, random);
      if (round % 4 == 0) { // headers, of which there are few
        mutant[Math.min(mutant.length - 1, 2048 + random.nextInt(512))] ^= 4;
      }
      SmallCifar.write(file(), mutant);
      try {
        Cifar.at(file(), CifarForm.CIFAR100).load(1);
        whole++;
      } catch (DataException e) {
        faults++;
        assertTrue(String.valueOf(e.getMessage()).startsWith(file().toString()), e.getMessage());
      }
    }
    assertTrue(whole > 20 && faults > 100, whole + " whole and " + faults + " faults");
  }
}
