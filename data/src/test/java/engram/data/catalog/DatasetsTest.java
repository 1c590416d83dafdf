package engram.data.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.TestSets;
import engram.data.gtsrb.Gtsrb;
import engram.data.gtsrb.SmallGtsrb;
import engram.data.synthetic.GeneratedSigns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

  private static final GeneratedSigns.Size TINY = new GeneratedSigns.Size(1, 1);

  @TempDir private Path folder;
  private final List<String> log = new ArrayList<>();

  private Datasets datasets(long seed, boolean crop) {
    ImageCache cache = new ImageCache(folder.resolve("cache"), log::add);
    return new Datasets(cache, 2, new DataOptions(0, 0, crop, false), TINY, seed);
  }

  private long cacheFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.count();
    }
  }

  @Test
  void syntheticIsGeneratedOnceForEachSeed() throws IOException {
    Dataset first = datasets(1, false).open("synthetic");
    assertEquals(43 * 30, first.train().size());
    Files.setLastModifiedTime(cacheFile(), FileTime.fromMillis(1_000_000));
    TestSets.assertSame(first, datasets(1, false).open("synthetic"));
    assertEquals(1_000_000, Files.getLastModifiedTime(cacheFile()).toMillis(), "was made again");
    datasets(2, false).open("synthetic");
    assertEquals(2, cacheFiles());
    assertEquals(List.of(), log);
  }

  private Path cacheFile() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void gtsrbIsDecodedOnceForEachOption() throws IOException {
    Path path = Files.createDirectories(folder.resolve("gtsrb"));
    SmallGtsrb.officialZips(path);
    Dataset whole = datasets(1, false).open("gtsrb:" + path);
    assertEquals("GTSRB, " + path, whole.description());
    TestSets.assertSame(whole, datasets(1, false).open("gtsrb:" + path));
    Dataset cropped = datasets(1, true).open("gtsrb:" + path);
    assertNotEquals(whole.train().pixels()[0], cropped.train().pixels()[0]);
    assertEquals(2, cacheFiles());
    assertEquals(List.of(), log);
  }

  @Test
  void changedFilesAreDecodedAnewIntoTheSameSlot() throws IOException {
    Path path = SmallGtsrb.officialFolder(folder.resolve("gtsrb"));
    datasets(1, false).open("gtsrb:" + path);
    Path truth = path.resolve(SmallGtsrb.TRUTH);
    Files.writeString(truth, Files.readString(truth).replaceFirst(";2\n", ";42\n"));
    assertEquals(42, datasets(1, false).open("gtsrb:" + path).test().labels()[0]);
    assertEquals(1, cacheFiles());
    assertEquals(1, log.size(), log.toString());
  }

  private Dataset open(DataOptions options, String spec) {
    ImageCache cache = new ImageCache(folder.resolve("cache"), log::add);
    return new Datasets(cache, 2, options, TINY, 1).open(spec);
  }

  @Test
  void sideAndPadGoToEveryDataSet() throws IOException {
    Dataset signs = open(new DataOptions(8, 2, false, false), "synthetic");
    assertEquals(12, signs.train().height());
    assertEquals(12, signs.test().width());
    assertEquals(0, signs.train().pixels()[0]);
    String how = signs.description();
    assertTrue(how.endsWith(", resized to 8 x 8, padded by 2"), how);
    Path path = SmallGtsrb.officialFolder(folder.resolve("gtsrb"));
    Dataset photographs = open(new DataOptions(20, 0, false, false), "gtsrb:" + path);
    assertEquals(20, photographs.train().height());
    TestSets.assertSame(
        photographs,
        new Gtsrb(path, false, 20, false, log::add).load(1)); // resized once, not twice
    assertEquals("GTSRB, " + path + ", resized to 20 x 20", photographs.description());
  }

  @Test
  void damagedPictureIsLeftOutAndCountedWhereAPersonSaysSo() throws IOException {
    Path path = SmallGtsrb.officialFolder(folder.resolve("gtsrb"));
    Dataset whole = open(DataOptions.NONE, "gtsrb:" + path);
    Path picture = path.resolve(SmallGtsrb.TRAIN_FOLDER + "/00010/00001_00000.ppm");
    Files.write(picture, new byte[3]);
    assertThrows(DataException.class, () -> open(DataOptions.NONE, "gtsrb:" + path));
    DataOptions skip = new DataOptions(0, 0, false, true);
    log.clear();
    Dataset rest = open(skip, "gtsrb:" + path);
    assertEquals(whole.train().size() - 1, rest.train().size());
    assertEquals(whole.test().size(), rest.test().size());
    assertEquals("GTSRB, " + path + ", without 1 damaged picture", rest.description());
    assertEquals(2, log.size(), log.toString());
    assertTrue(log.getFirst().startsWith(picture + ": no picture: "), log.getFirst());
    assertEquals("1 damaged picture left out", log.getLast());
    DataException e = assertThrows(DataException.class, () -> open(skip, "synthetic"));
    assertTrue(String.valueOf(e.getMessage()).contains("--skip-bad"), e.getMessage());
    DataOptions crop = new DataOptions(0, 0, true, false);
    e = assertThrows(DataException.class, () -> open(crop, "synthetic"));
    assertTrue(String.valueOf(e.getMessage()).contains("--crop"), e.getMessage());
  }

  /** What a folder passes over is told whenever it is opened, not only when it is decoded. */
  @Test
  void whatIsPassedOverIsToldWhereTheCacheHasThePictures() throws IOException {
    Path pets = folder.resolve("pets");
    for (String name : List.of("cat/1", "cat/2", "dog/1", "dog/2")) {
      Path file = pets.resolve(name + ".pgm");
      Files.createDirectories(file.getParent());
      Files.write(file, "P5 1 1 255\nx".getBytes(StandardCharsets.US_ASCII));
    }
    Files.writeString(pets.resolve("notes.txt"), "x");
    List<String> told = List.of("notes.txt is no picture and is passed over");
    open(DataOptions.NONE, "folder:" + pets);
    assertEquals(told, log, "decoded");
    log.clear();
    open(DataOptions.NONE, "folder:" + pets);
    assertEquals(told, log, "from the cache");
  }

  @Test
  void homeFolderIsWrittenAsTilde() {
    DataException e =
        assertThrows(DataException.class, () -> open(DataOptions.NONE, "mnist:~/no such folder"));
    String home =
        Optional.ofNullable(System.getenv("HOME")).orElse(System.getProperty("user.home"));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(Path.of(home, "no such folder") + ": no such"),
        e.getMessage());
  }

  @Test
  void namesAreThereOnceAndWhatLiesSomewhereSaysWhoseItIs() {
    assertEquals(
        Datasets.TABLE.size(), Datasets.TABLE.stream().map(DataEntry::name).distinct().count());
    for (DataEntry entry : Datasets.TABLE) {
      assertEquals(
          entry, Datasets.entry(entry.place().isEmpty() ? entry.name() : entry.name() + ":x"));
      if (entry.origin().isPresent()) {
        assertTrue(!entry.terms().isEmpty(), entry.name());
      }
    }
  }

  /** Each row of the table of {@code data/README.md} says what the program's says. */
  @Test
  void theReadmeListsThem() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("README.md"));
    for (DataEntry entry : Datasets.TABLE) {
      String row =
          "| `%s` | %s | %s | %s |"
              .formatted(
                  entry.form(),
                  entry.what(),
                  entry.origin().map(o -> o.megabytes() + " MB").orElse(""),
                  entry.terms());
      assertTrue(lines.contains(row), "data/README.md lacks " + row);
    }
  }

  @Test
  void otherNamesAreRefusedWithTheRightOnes() {
    for (String spec : List.of("", "Synthetic", "cifar", ":x", "imagenet:x")) {
      String message = refusal(spec);
      assertTrue(message.startsWith("data set \"" + spec + "\": there is no such"), message);
      assertTrue(message.contains("  gtsrb:PATH  folder:PATH  mnist:PATH  "), message);
    }
    assertTrue(refusal("cifra10:x").contains("perhaps cifar10."));
    assertTrue(refusal("Synthetic").contains("perhaps synthetic."));
  }

  @Test
  void pathThatIsMissingOrOneTooManyIsRefusedWithTheForm() {
    for (String spec : List.of("gtsrb", "gtsrb:", "gtsrb:a\0b")) {
      assertTrue(refusal(spec).endsWith("Write  --data gtsrb:PATH"), refusal(spec));
    }
    assertTrue(refusal("emnist").endsWith("Write  --data emnist:PATH[/PART]"), refusal("emnist"));
    assertTrue(refusal("synthetic:x").endsWith("Write  --data synthetic"), refusal("synthetic:x"));
  }

  private String refusal(String spec) {
    DataException e = assertThrows(DataException.class, () -> datasets(1, false).open(spec), spec);
    return String.valueOf(e.getMessage());
  }
}
