package engram.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {

  private static final Supplier<Dataset> NEVER = () -> fail("the cache should have had it");

  @TempDir private Path folder;
  private final List<String> log = new ArrayList<>();

  private ImageCache cache() {
    return new ImageCache(folder.resolve("new/cache"), log::add);
  }

  private Path file() {
    return folder.resolve("new/cache/signs.images");
  }

  @Test
  void secondGetReadsWhatTheFirstMade() {
    Dataset made = TestSets.dataset(1);
    cache().get("signs", "key", () -> made);
    Dataset read = cache().get("signs", "key", NEVER);
    TestSets.assertSame(made, read);
    assertEquals(made.description(), read.description());
    assertEquals(List.of(), log);
  }

  @Test
  void anotherKeyReplacesTheDataInItsSlotWithOneLine() {
    cache().get("signs", "key 1", () -> TestSets.dataset(1));
    Dataset second = cache().get("signs", "key 2", () -> TestSets.dataset(2));
    TestSets.assertSame(TestSets.dataset(2), second);
    TestSets.assertSame(second, cache().get("signs", "key 2", NEVER));
    assertEquals(
        List.of("cache " + file() + " is rebuilt: the source data or the options have changed"),
        log);
  }

  @Test
  void otherNamesAreOtherSlots() {
    cache().get("signs", "key", () -> TestSets.dataset(1));
    cache().get("others", "key", () -> TestSets.dataset(2));
    TestSets.assertSame(TestSets.dataset(1), cache().get("signs", "key", NEVER));
  }

  @Test
  void damageInAnyByteIsNoticed() throws IOException {
    cache().get("signs", "key", () -> TestSets.dataset(1));
    byte[] whole = Files.readAllBytes(file());
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file(), damaged);
      assertThrows(IOException.class, () -> CacheFile.read(file(), "key"), "byte " + at);
    }
  }

  @Test
  void missingOrSurplusBytesAreNoticed() throws IOException {
    cache().get("signs", "key", () -> TestSets.dataset(1));
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length <= whole.length + 1; length++) {
      if (length != whole.length) {
        Files.write(file(), Arrays.copyOf(whole, length));
        assertThrows(IOException.class, () -> CacheFile.read(file(), "key"), "length " + length);
      }
    }
  }

  @Test
  void damagedFileIsRepairedWithOneLine() throws IOException {
    Dataset made = TestSets.dataset(1);
    cache().get("signs", "key", () -> made);
    byte[] whole = Files.readAllBytes(file());
    byte[] flipped = whole.clone();
    flipped[whole.length - 100] ^= 1;
    for (byte[] damaged : List.of(flipped, Arrays.copyOf(whole, whole.length / 2))) {
      Files.write(file(), damaged);
      log.clear();
      TestSets.assertSame(made, cache().get("signs", "key", () -> made));
      TestSets.assertSame(made, cache().get("signs", "key", NEVER));
      assertEquals(1, log.size(), log.toString());
      assertTrue(log.getFirst().startsWith("cache " + file() + " is rebuilt: "), log.getFirst());
    }
  }

  @Test
  void nothingButTheCacheFileStaysBehind() throws IOException {
    cache().get("signs", "key", () -> TestSets.dataset(1));
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void folderThatCannotBeMadeCostsOneLineOnly() throws IOException {
    Files.writeString(folder.resolve("new"), "a file where the cache folder should be");
    TestSets.assertSame(
        TestSets.dataset(1), cache().get("signs", "key", () -> TestSets.dataset(1)));
    assertEquals(1, log.size());
    assertTrue(log.getFirst().contains("could not be written"), log.getFirst());
  }
}
