package engram.data.gtsrb;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import engram.data.Mutations;
import engram.data.archive.Archive;
import engram.data.archive.FolderArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault gets a message that names the place, what is there, and what to do. */
class DamagedGtsrbTest {

  private static final String CLASS_10 = SmallGtsrb.TRAIN_FOLDER + "/00010/";

  @TempDir private Path folder;

  private void assertFails(Path path, String... parts) {
    DataException e = assertThrows(DataException.class, () -> new Gtsrb(path, true).load(2));
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), () -> "no \"" + part + "\" in: " + e.getMessage());
    }
    assertTrue(e.getMessage().contains("\n"), "says what to do: " + e.getMessage());
  }

  private void edit(String name, String from, String to) throws IOException {
    Path file = folder.resolve(name);
    String text = Files.readString(file);
    assertTrue(text.contains(from), text);
    Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
  }

  @Test
  void missingPath() {
    Path path = folder.resolve("nowhere");
    assertFails(path, path + ": no such file or folder", "engram data fetch gtsrb");
  }

  @Test
  void folderWithoutGtsrb() {
    assertFails(folder, folder + ": no GTSRB training set here", "GTSRB_Final_Training_Images.zip");
  }

  @Test
  void trainingSetWithoutTestSet() {
    Path zip = folder.resolve("GTSRB_Final_Training_Images.zip");
    SmallGtsrb.zip(zip, SmallGtsrb.training(SmallGtsrb.TRAIN_FOLDER));
    assertFails(folder, "holds a training set, but not a test set", "GTSRB_Final_Test_GT.zip");
    assertFails(zip, "Give the folder that holds all three zips");
  }

  @Test
  void halfATestSet() throws IOException {
    SmallGtsrb.officialZips(folder);
    Files.delete(folder.resolve("GTSRB_Final_Test_GT.zip"));
    assertFails(folder, "but not the ground truth GT-final_test.csv (GTSRB_Final_Test_GT.zip)");
    SmallGtsrb.zip(folder.resolve("GTSRB_Final_Test_GT.zip"), SmallGtsrb.truth());
    Files.delete(folder.resolve("GTSRB_Final_Test_Images.zip"));
    assertFails(folder, "but not the test images", "(GTSRB_Final_Test_Images.zip)");
  }

  @Test
  void truncatedZip() throws IOException {
    Path zip = SmallGtsrb.officialZips(folder).resolve("GTSRB_Final_Training_Images.zip");
    byte[] whole = Files.readAllBytes(zip);
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
      Files.write(zip, Arrays.copyOf(whole, length));
      assertFails(
          folder, zip + ": not a whole zip (%,d bytes)".formatted(length), "fetch it again");
    }
  }

  @Test
  void flippedBitInsideAZip() throws IOException {
    Path zip = SmallGtsrb.officialZips(folder).resolve("GTSRB_Final_Training_Images.zip");
    byte[] bytes = Files.readAllBytes(zip);
    bytes[300] ^= 4; // inside the noise of the first picture
    Files.write(zip, bytes);
    assertFails(folder, zip + "!" + SmallGtsrb.TRAIN_FOLDER + "/00002/00000_00000.ppm: ");
  }

  @Test
  void mutatedZipsGiveImagesOrADataException() throws IOException {
    SmallGtsrb.officialZips(folder);
    Path zip = folder.resolve("GTSRB_Final_Test_GT.zip");
    byte[] whole = Files.readAllBytes(zip);
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      Files.write(zip, Mutations.mutate(whole, random));
      try {
        new Gtsrb(folder, false).load(1);
      } catch (DataException e) {
        assertTrue(e.getMessage().contains("\n"), e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ;10\\n       | ;4 3\\n     | line 2: ClassId is "4 3", expected a whole number from 0 to 42.
          ;10\\n       | ;43\\n      | line 2: ClassId is "43", expected a whole number from 0 to 42.
          ;10\\n       | ;-1\\n      | line 2: ClassId is "-1", expected a whole number from 0 to 42.
          ;10\\n       | ;\\n        | line 2: ClassId is "", expected a whole number from 0 to 42.
          ;10\\n       | \\n         | line 2: 7 values, expected 8 as in the header.
          ;10\\n       | ;10;1\\n    | line 2: 9 values, expected 8 as in the header.
          Roi.X2       | Roi_X2      | line 1: there is no column Roi.X2, expected Width, Height,
          Filename     | File        | line 1: there is no column Filename, expected Width, Height,
          00001_00000  | 00007_00000 | line 5: image 00007_00000.ppm is missing, expected it at
          ;3;4;        | ;30;4;      | line 2: Roi is 30,4 to
          ;3;4;        | ;x;4;       | line 2: Roi.X1 is "x", expected a whole number from 0 to
          """)
  void damagedTable(String from, String to, String problem) throws IOException {
    SmallGtsrb.officialFolder(folder);
    String name = CLASS_10 + "GT-00010.csv";
    edit(name, from.replace("\\n", "\n"), to.replace("\\n", "\n"));
    assertFails(folder, folder.resolve(name) + ", " + problem);
  }

  @Test
  void emptyTable() throws IOException {
    SmallGtsrb.officialFolder(folder);
    Path csv = folder.resolve(CLASS_10 + "GT-00010.csv");
    Files.writeString(csv, "");
    assertFails(folder, csv + ", line 1: there is no column Width");
    Files.writeString(csv, "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\n");
    assertFails(folder, csv + ": no rows");
  }

  @Test
  void pictureWithoutTrackInItsName() throws IOException {
    SmallGtsrb.officialFolder(folder);
    edit(CLASS_10 + "GT-00010.csv", "00001_00000.ppm", "stop.ppm");
    Files.copy(folder.resolve(CLASS_10 + "00001_00000.ppm"), folder.resolve(CLASS_10 + "stop.ppm"));
    assertFails(folder, "GT-00010.csv, line 5: image ", "expected a name with track and frame");
  }

  @Test
  void damagedPictureIsNamedWithItsByte() throws IOException {
    SmallGtsrb.officialFolder(folder);
    Path picture = folder.resolve(CLASS_10 + "00001_00000.ppm");
    byte[] bytes = Files.readAllBytes(picture);
    Files.write(picture, Arrays.copyOf(bytes, bytes.length - 1));
    assertFails(folder, picture + ", byte ", "bytes of pixels follow, expected");
  }

  @Test
  void firstDamagedPictureIsTheOneReportedByAnyNumberOfThreads() throws IOException {
    SmallGtsrb.officialFolder(folder);
    for (String name :
        new String[] {"00002/00001_00001", "00010/00000_00000", "00042/00001_00002"}) {
      Files.write(folder.resolve(SmallGtsrb.TRAIN_FOLDER + "/" + name + ".ppm"), new byte[3]);
    }
    for (int threads : new int[] {1, 2, 5}) {
      DataException e =
          assertThrows(DataException.class, () -> new Gtsrb(folder, false).load(threads));
      assertTrue(e.getMessage().contains("00002/00001_00001.ppm: no picture"), e.getMessage());
    }
  }

  @Test
  void mutatedTablesGiveRowsOrADataException() throws IOException {
    SmallGtsrb.officialFolder(folder);
    Path csv = folder.resolve(CLASS_10 + "GT-00010.csv");
    byte[] whole = Files.readAllBytes(csv);
    Archive archive =
        new FolderArchive(
            folder,
            SmallGtsrb.training(SmallGtsrb.TRAIN_FOLDER).keySet().stream().toList(),
            List.of());
    Layout.Table table =
        new Layout.Table(
            new Archive.File(archive, CLASS_10 + "GT-00010.csv"),
            archive,
            SmallGtsrb.TRAIN_FOLDER + "/00010",
            "Filename");
    Random random = new Random(1);
    int rows = 0;
    int faults = 0;
    for (int round = 0; round < 3_000; round++) {
      byte[] mutant = Mutations.mutate(whole, random);
      if (round % 3 == 0 && mutant.length > 0) { // quotes have rules of their own
        mutant[random.nextInt(mutant.length)] = '"';
      }
      try {
        rows += Annotations.read(table, mutant).size();
      } catch (DataException e) {
        faults++;
        assertTrue(e.getMessage().startsWith(csv.toString()), e.getMessage());
      }
    }
    assertTrue(rows > 300 && faults > 1000, rows + " rows and " + faults + " faults");
  }
}
