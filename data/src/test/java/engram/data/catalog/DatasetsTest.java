package engram.data.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.TestSets;
import engram.data.gtsrb.SmallGtsrb;
import engram.data.synthetic.GeneratedSigns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void otherNamesAreRefusedWithTheRightOnes() {
    for (String spec : List.of("", "Synthetic", "cifar", ":x", "imagenet:x")) {
      String message = refusal(spec);
      assertTrue(message.startsWith("data set \"" + spec + "\": there is no such"), message);
      assertTrue(message.contains("  gtsrb:PATH  mnist:PATH  "), message);
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
