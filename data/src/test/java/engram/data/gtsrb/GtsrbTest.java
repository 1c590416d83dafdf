package engram.data.gtsrb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import engram.data.Dataset;
import engram.data.Picture;
import engram.data.Resize;
import engram.data.TestSets;
import engram.data.archive.Archive;
import engram.data.archive.FolderArchive;
import engram.data.image.ImageFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GtsrbTest {

  @TempDir private Path folder;
  @TempDir private Path other;
  private Dataset expected;

  @BeforeEach
  void loadOfficialZips() {
    expected = load(SmallGtsrb.officialZips(other));
  }

  private static Dataset load(Path path) {
    return new Gtsrb(path, false).load(2);
  }

  @Test
  void trainingImagesComeByClassTrackAndFrame() {
    assertEquals(SmallGtsrb.TRAIN, expected.train().size());
    assertArrayEquals(
        new int[] {2, 2, 2, 2, 2, 2, 10, 10, 10, 10, 10, 10, 42, 42, 42, 42, 42, 42},
        expected.train().labels());
    int[] tracks = expected.train().tracks();
    assertEquals(6, Arrays.stream(tracks).distinct().count(), "two tracks of each class");
    assertEquals(tracks[0], tracks[2]);
    assertNotEquals(tracks[2], tracks[3]);
  }

  @Test
  void testImagesComeByNameWithTheClassOfTheGroundTruthAndNoTrackInCommon() {
    assertEquals(SmallGtsrb.TEST, expected.test().size());
    for (int i = 0; i < SmallGtsrb.TEST; i++) {
      assertEquals(SmallGtsrb.testLabel(i), expected.test().labels()[i]);
      int track = expected.test().tracks()[i];
      assertFalse(Arrays.stream(expected.train().tracks()).anyMatch(t -> t == track));
    }
  }

  @Test
  void everyImageIsItsPictureResized() {
    Map<String, byte[]> files = SmallGtsrb.training("x");
    Picture picture = ImageFile.read("a", files.get("x/00010/00001_00002.ppm"));
    byte[] image = Resize.resize(picture, Resize.Box.all(picture), 32, 32).pixels();
    assertArrayEquals(image, imageOf(expected, 6 + 5));
  }

  private static byte[] imageOf(Dataset data, int index) {
    int bytes = data.train().imageBytes();
    return Arrays.copyOfRange(data.train().pixels(), index * bytes, (index + 1) * bytes);
  }

  @Test
  void allLayoutsGiveTheSameImagesInTheSameOrder() {
    SmallGtsrb.officialFolder(folder.resolve("official"));
    TestSets.assertSame(expected, load(folder.resolve("official")));
    TestSets.assertSame(expected, load(folder.resolve("official/..")));

    Path inside =
        SmallGtsrb.unpack(folder.resolve("b"), SmallGtsrb.training(SmallGtsrb.TRAIN_FOLDER));
    SmallGtsrb.unpack(inside, SmallGtsrb.testImages());
    SmallGtsrb.unpack(inside.resolve(SmallGtsrb.TEST_FOLDER), SmallGtsrb.truth());
    TestSets.assertSame(expected, load(inside.resolve("GTSRB")));

    Path fixed = SmallGtsrb.unpack(folder.resolve("c"), SmallGtsrb.training("GTSRB/Training"));
    SmallGtsrb.unpack(fixed, SmallGtsrb.testImages());
    SmallGtsrb.zip(fixed.resolve("GTSRB_Final_Test_GT.zip"), SmallGtsrb.truth());
    TestSets.assertSame(expected, load(fixed));
  }

  @Test
  void kagglesLayoutGivesTheSameImagesUnpackedOrNot() {
    TestSets.assertSame(
        expected, load(SmallGtsrb.unpack(folder.resolve("k"), SmallGtsrb.kaggle())));
    Path zip = SmallGtsrb.zip(folder.resolve("anything.zip"), SmallGtsrb.kaggle());
    TestSets.assertSame(expected, load(zip));
  }

  /** What other systems and programs make of Kaggle's archive and its tables. */
  @Test
  void otherSystemsArchivesAndTablesGiveTheSameImages() {
    int n = 0;
    for (UnaryOperator<String> change :
        List.<UnaryOperator<String>>of(
            table -> "," + table.replaceAll("\r\n(?=.)", "\r\n7,"), // pandas' index
            table -> table.replace("Train/", "./Train/").replace("Test/", "Test/../Test/"),
            table -> table.replace("Train/", "Train\\").replace("/0", "\\0"),
            table -> "\uFEFF" + table.replace("\r\n", "\n"),
            table -> table.replace("\r\n", "\r"),
            table -> table.replace(',', ';').replace("\r\n", ";;\r\n") + ";;;;;;;;;\r\n",
            table -> table.replace(',', '\t'),
            table -> "sep=,\r\n" + table,
            table -> table.replaceAll("(?<=[,\n])(\\d+)(?=,)", "$1.0"), // pandas' floats
            table -> table.replaceAll("([^,\r\n]+)", "\"$1\""))) {
      Map<String, byte[]> files = new LinkedHashMap<>();
      SmallGtsrb.kaggle()
          .forEach(
              (name, bytes) -> {
                boolean table = name.matches("(Train|Test).csv");
                String text = new String(bytes, StandardCharsets.UTF_8);
                files.put("./" + name, table ? SmallGtsrb.utf8(change.apply(text)) : bytes);
                files.put("__MACOSX/._" + name, new byte[] {0, 5, 22, 7});
                files.put("__MACOSX/" + name, new byte[] {0, 5, 22, 7});
              });
      Path zip = SmallGtsrb.zip(folder.resolve(n++ + ".zip"), files);
      TestSets.assertSame(expected, load(zip));
    }
    Map<String, byte[]> wide = SmallGtsrb.kaggle();
    wide.replaceAll(
        (name, bytes) ->
            name.endsWith(".csv")
                ? new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16)
                : bytes);
    TestSets.assertSame(expected, load(SmallGtsrb.zip(folder.resolve("wide.zip"), wide)));
  }

  @Test
  void officialTrainingSetWinsOverTheFixedOne() {
    Map<String, byte[]> fixed = SmallGtsrb.training("GTSRB/Training");
    fixed.keySet().removeIf(name -> name.startsWith("GTSRB/Training/00042/"));
    SmallGtsrb.zip(other.resolve("GTSRB-Training_fixed.zip"), fixed);
    TestSets.assertSame(expected, load(other));
  }

  @Test
  void unpackedFilesBesideTheirZipsAreNotCountedTwice() {
    TestSets.assertSame(expected, load(SmallGtsrb.officialFolder(other)));
  }

  @Test
  void otherZipsInTheFolderAreLeftAlone() throws IOException {
    Files.writeString(other.resolve("holiday.zip"), "not a zip");
    TestSets.assertSame(expected, load(other));
  }

  @Test
  void numberOfThreadsDoesNotChangeTheImages() {
    for (int threads : new int[] {1, 3, 8}) {
      TestSets.assertSame(expected, new Gtsrb(other, false).load(threads));
    }
  }

  @Test
  void croppedPicturesShowTheBoxOfTheSign() {
    Map<String, byte[]> files = SmallGtsrb.training("x");
    Picture picture = ImageFile.read("a", files.get("x/00002/00000_00000.ppm"));
    int side = picture.width();
    Resize.Box sign = new Resize.Box(3, 4, side - 3, side - 4);
    assertArrayEquals(
        Resize.resize(picture, sign, 32, 32).pixels(), imageOf(new Gtsrb(other, true).load(2), 0));
  }

  @Test
  void boxIsScaledWhenThePixelsWereResizedAfterTheTableWasWritten() {
    Sample sample =
        new Sample(
            "row",
            new Archive.File(new FolderArchive(folder, List.of(), List.of()), "a"),
            1,
            64,
            48,
            new Resize.Box(8, 6, 56, 42));
    Picture resized = new Picture(32, 32, 3, new byte[32 * 32 * 3]);
    assertEquals(new Resize.Box(4, 4, 28, 28), sample.signIn(resized));
  }

  @Test
  void keyChangesWithFilesAndOptionsOnly() throws IOException {
    String key = new Gtsrb(other, false).key();
    assertEquals(key, new Gtsrb(other, false).key());
    assertNotEquals(key, new Gtsrb(other, true).key());
    Path zip = other.resolve("GTSRB_Final_Test_GT.zip");
    Files.setLastModifiedTime(zip, FileTime.fromMillis(1_000_000));
    assertNotEquals(key, new Gtsrb(other, false).key());
  }
}
