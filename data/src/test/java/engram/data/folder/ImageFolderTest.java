package engram.data.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.TestSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {

  @TempDir private Path temporary;

  private Tree tree() {
    return new Tree(temporary.resolve("pets"));
  }

  private Dataset load(Tree tree) {
    return load(tree.root(), 0);
  }

  private static Dataset load(Path path, int side) {
    return new ImageFolder(path, side, false, 1)
        .load(2, line -> assertTrue(line.isEmpty(), "a notice: " + line));
  }

  /** First sample of each image: which picture it is. */
  private static int[] values(ImageSet set) {
    return IntStream.range(0, set.size())
        .map(i -> set.pixels()[i * set.imageBytes()] & 255)
        .toArray();
  }

  private static int[] sorted(int... values) {
    int[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "val", "valid", "Validation", "testing"})
  void dividedFoldersAreTheTwoParts(String test) {
    Tree tree = tree().fill("train/cat", 3, 10).fill("train/dog", 2, 20);
    tree.fill(test + "/cat", 1, 30).fill(test + "/dog", 2, 40);
    Dataset data = load(tree);
    assertEquals(List.of("cat", "dog"), data.classNames());
    assertArrayEquals(new int[] {10, 11, 12, 20, 21}, values(data.train()));
    assertArrayEquals(new int[] {0, 0, 0, 1, 1}, data.train().labels());
    assertArrayEquals(new int[] {30, 40, 41}, values(data.test()));
    assertArrayEquals(new int[] {0, 1, 1}, data.test().labels());
    assertEquals(
        8,
        IntStream.concat(Arrays.stream(data.train().tracks()), Arrays.stream(data.test().tracks()))
            .distinct()
            .count());
    assertEquals(
        List.of(3, 2, 1),
        List.of(data.train().height(), data.train().width(), data.train().channels()));
    assertEquals("pictures in " + tree.root(), data.description());
  }

  @Test
  void testFolderWinsOverValidationFolderWhichIsSaid() {
    Tree tree = tree();
    int value = 0;
    for (String part : List.of("train", "test", "val")) {
      tree.fill(part + "/a", 1, value++).fill(part + "/b", 1, value++);
    }
    List<String> notices = new ArrayList<>();
    Dataset data = new ImageFolder(tree.root(), 0, false, 1).load(1, notices::add);
    assertArrayEquals(new int[] {2, 3}, values(data.test()));
    assertEquals(List.of("val/ is passed over: train/ and test/ are used"), notices);
  }

  @Test
  void picturesTogetherAreDividedAFifthOfEachClassBySeed() {
    Tree tree = tree().fill("cat", 10, 0).fill("dog", 20, 100);
    Dataset data = load(tree);
    assertEquals(8 + 16, data.train().size());
    assertEquals(2 + 4, data.test().size());
    assertEquals(2, Arrays.stream(data.test().labels()).filter(label -> label == 0).count());
    int[] all =
        IntStream.concat(Arrays.stream(values(data.train())), Arrays.stream(values(data.test())))
            .toArray();
    assertArrayEquals(
        IntStream.concat(IntStream.range(0, 10), IntStream.range(100, 120)).toArray(), sorted(all));
    TestSets.assertSame(data, load(tree));
    Dataset other = new ImageFolder(tree.root(), 0, false, 2).load(2, line -> {});
    assertNotEquals(Arrays.toString(values(data.test())), Arrays.toString(values(other.test())));
  }

  @Test
  void classesCalledTrainAndTestAreClasses() {
    Tree tree = tree().fill("train", 5, 0).fill("test", 5, 10).fill("plane", 5, 20);
    assertEquals(List.of("plane", "test", "train"), load(tree).classNames());
  }

  @Test
  void onlyATrainingFolderIsDivided() {
    Tree tree = tree().fill("train/a", 5, 0).fill("train/b", 5, 10);
    Dataset data = load(tree);
    assertEquals(List.of("a", "b"), data.classNames());
    assertEquals(2, data.test().size());
  }

  @Test
  void numbersAreOrderedAsNumbersAndOtherNamesByCodePoint() {
    Tree numbers = tree();
    for (String name : List.of("10", "2", "1", "007")) {
      numbers.fill(name, 2, 0);
    }
    assertEquals(List.of("1", "2", "007", "10"), load(numbers).classNames());
    Tree names = new Tree(temporary.resolve("names"));
    for (String name : List.of("z", "Zebra", "ärger", "10", "2", "a b", "\uD83D\uDE00", "\uFF21")) {
      names.fill(name, 2, 0);
    }
    assertEquals(
        List.of("10", "2", "Zebra", "a b", "z", "ärger", "\uFF21", "\uD83D\uDE00"),
        load(names).classNames());
  }

  @Test
  void namesWithSpacesAndUmlautsAreReadHoweverTheUmlautIsWritten() {
    Tree tree = tree().fill("train/Bär groß", 1, 1).fill("train/b", 1, 2);
    tree.put("test/Ba\u0308r groß/süß bild 1.pgm", Tree.grey(2, 3, 3)).fill("test/b", 1, 4);
    Dataset data = load(tree);
    assertEquals(List.of("Bär groß", "b"), data.classNames());
    assertArrayEquals(new int[] {3, 4}, values(data.test()));
  }

  @Test
  void deeperFoldersBelongToTheirClass() {
    Tree tree = tree().fill("cat/2019/may", 3, 0).fill("cat", 2, 10).fill("dog", 5, 20);
    Dataset data = load(tree);
    assertEquals(List.of("cat", "dog"), data.classNames());
    assertEquals(10, data.train().size() + data.test().size());
  }

  @Test
  void zipGivesTheSameAsTheFolderWhateverFolderIsAroundIt(@TempDir Path zips) {
    Tree tree = tree().fill("train/cat", 3, 10).fill("train/dog", 2, 20);
    tree.fill("test/cat", 1, 30)
        .fill("test/dog", 2, 40)
        .put("tracks.csv", "Path,Track\ntrain/cat/000.pgm,x\ntrain/cat/001.pgm,x\n");
    Dataset expected = load(tree);
    TestSets.assertSame(expected, load(tree.zip(zips.resolve("a.zip"), ""), 0));
    TestSets.assertSame(expected, load(tree.zip(zips.resolve("b.zip"), "outer/pets/"), 0));
    TestSets.assertSame(expected, load(temporary, 0));
  }

  @Test
  void windowsZipWithBackslashesIsRead() throws IOException {
    Path zip = temporary.resolve("a.zip");
    try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("a\\1.pgm", "a\\2.pgm", "b\\1.pgm", "b\\2.pgm")) {
        out.putNextEntry(new java.util.zip.ZipEntry(name));
        out.write(Tree.grey(1, 1, 5));
      }
    }
    assertEquals(List.of("a", "b"), load(zip, 0).classNames());
  }

  @Test
  void everythingDependsOnNamesAndNotOnThreads() {
    Tree tree = tree();
    for (int i = 0; i < 60; i++) {
      tree.put("a/" + i + ".pgm", Tree.grey(5 + i % 3, 4, i));
      tree.put("b/" + i + ".ppm", Tree.colour(5, 4 + i % 7, 100 + i));
    }
    Dataset one = new ImageFolder(tree.root(), 6, false, 1).load(1, line -> {});
    Dataset many = new ImageFolder(tree.root(), 6, false, 1).load(7, line -> {});
    TestSets.assertSame(one, many);
  }

  @Test
  void greyAmongColourBecomesColour() {
    Tree tree =
        tree().put("train/a/1.pgm", Tree.grey(2, 2, 7)).put("train/b/1.ppm", Tree.colour(2, 2, 8));
    tree.fill("test/a", 0, 0)
        .put("test/a/1.pgm", Tree.grey(2, 2, 9))
        .put("test/b/1.pgm", Tree.grey(2, 2, 10));
    Dataset data = load(tree);
    assertEquals(3, data.train().channels());
    assertEquals(3, data.test().channels());
    for (int i = 0; i < 12; i++) {
      assertEquals(7, data.train().pixels()[i]);
      assertEquals(8, data.train().pixels()[12 + i]);
      assertEquals(9, data.test().pixels()[i]);
    }
  }

  @Test
  void colourOnlyInTheTestPartMakesTheTrainingPartColourToo() {
    Tree tree = tree().fill("train/a", 1, 1).fill("train/b", 1, 2).fill("test/a", 1, 3);
    tree.put("test/b/1.ppm", Tree.colour(2, 3, 4));
    Dataset data = load(tree);
    assertEquals(List.of(3, 3), List.of(data.train().channels(), data.test().channels()));
  }

  @Test
  void sideResizesWholePictures() {
    Tree tree = tree();
    for (String part : List.of("train", "test")) {
      tree.put(part + "/a/1.pgm", Tree.grey(40, 20, 50))
          .put(part + "/b/1.ppm", Tree.colour(3, 9, 60));
    }
    Dataset data = load(tree.root(), 8);
    assertEquals(
        List.of(8, 8, 3),
        List.of(data.train().height(), data.train().width(), data.train().channels()));
    assertArrayEquals(new int[] {50, 60}, values(data.train()));
    assertEquals("pictures in " + tree.root() + ", resized to 8 x 8", data.description());
  }

  @Test
  void tracksKeepPicturesOfOneObjectOnOneSide() {
    Tree tree = tree();
    StringBuilder table = new StringBuilder("\uFEFFTrack;Note;Path\r\n");
    for (int i = 0; i < 40; i++) {
      String label = i % 2 == 0 ? "a" : "b";
      tree.put(label + "/bild ä " + i + ".pgm", Tree.grey(1, 1, i));
      table.append("obj%d;\"x;y\";%s\\bild ä %d.pgm\r\n".formatted(i / 8, label, i));
    }
    Dataset data = load(tree.put("tracks.csv", table.toString()));
    Map<Integer, Integer> trackOf = new TreeMap<>();
    for (ImageSet set : List.of(data.train(), data.test())) {
      for (int i = 0; i < set.size(); i++) {
        trackOf.put(values(set)[i], set.tracks()[i]);
      }
    }
    for (int i = 0; i < 40; i++) {
      assertEquals(trackOf.get(i / 8 * 8 + i % 2), trackOf.get(i), "object of picture " + i);
    }
    assertEquals(10, trackOf.values().stream().distinct().count());
    assertEquals(8, data.test().size()); // one of five objects of each class, four pictures each
    assertEquals(2, Arrays.stream(data.test().tracks()).distinct().count());
  }

  @Test
  void pictureNameAloneDoesWhereItIsUnique() {
    Tree tree = tree().put("a/x.pgm", Tree.grey(2, 3, 1)).put("a/y.pgm", Tree.grey(2, 3, 2));
    tree.put("a/z.pgm", Tree.grey(2, 3, 3)).fill("b", 2, 4);
    tree.put("tracks.csv", "filename,track\nx.pgm,1\ny.pgm,1\n");
    Dataset data = load(tree);
    int[] tracks =
        IntStream.concat(Arrays.stream(data.train().tracks()), Arrays.stream(data.test().tracks()))
            .distinct()
            .toArray();
    assertEquals(4, tracks.length);
  }

  @Test
  void keyChangesWithFilesAndOptions() throws IOException {
    Tree tree = tree().fill("a", 2, 0).fill("b", 2, 0);
    String key = new ImageFolder(tree.root(), 0, false, 1).key();
    assertEquals(key, new ImageFolder(tree.root(), 0, false, 1).key());
    assertNotEquals(key, new ImageFolder(tree.root(), 8, false, 1).key());
    assertNotEquals(key, new ImageFolder(tree.root(), 0, true, 1).key());
    assertNotEquals(key, new ImageFolder(tree.root(), 0, false, 2).key());
    Files.setLastModifiedTime(tree.root().resolve("a/000.pgm"), FileTime.fromMillis(1));
    assertNotEquals(key, new ImageFolder(tree.root(), 0, false, 1).key());
    String touched = new ImageFolder(tree.root(), 0, false, 1).key();
    tree.put("tracks.csv", "Path,Track\n");
    String table = new ImageFolder(tree.root(), 0, false, 1).key();
    assertNotEquals(touched, table);
    tree.put("a/.DS_Store", "x").put("Thumbs.db", "x");
    assertEquals(table, new ImageFolder(tree.root(), 0, false, 1).key(), "litter is no picture");
    tree.folder("c");
    assertNotEquals(table, new ImageFolder(tree.root(), 0, false, 1).key(), "an empty class");
  }
}
