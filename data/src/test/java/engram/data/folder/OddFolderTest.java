package engram.data.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each oddity of a folder gets one clear line that names it, or is passed over as documented. Those
 * of single pictures: {@link OddPictureTest}.
 */
@Timeout(30)
class OddFolderTest {

  @TempDir private Path temporary;
  private final List<String> notices = new ArrayList<>();

  private Tree pets() {
    return Tree.pets(temporary);
  }

  private Tree divided() {
    return Tree.divided(temporary);
  }

  private Dataset load(Tree tree) {
    return new ImageFolder(tree.root(), 0, false, 1).load(2, notices::add);
  }

  private static void assertRefused(Tree tree, String where, String problem) {
    Refusal.assertRefused(tree.root(), 0, where, problem);
  }

  private static void assertRefused(Tree tree, String problem) {
    assertRefused(tree, tree.root().toString(), problem);
  }

  private static int images(Dataset data) {
    return data.train().size() + data.test().size();
  }

  @Test
  void nothingThere() {
    Path path = temporary.resolve("nowhere");
    Refusal.assertRefused(
        path, 0, path.toString(), "no such file or folder, expected a folder with");
  }

  @Test
  void fileThatIsNoZip() throws IOException {
    Path file = Files.writeString(temporary.resolve("pets.txt"), "hello");
    Refusal.assertRefused(file, 0, file.toString(), "not a whole zip (5 bytes): ");
  }

  @Test
  void noPictures() {
    assertRefused(
        new Tree(temporary.resolve("x")).folder("cat").put("cat/a.txt", "a"),
        "there are no pictures, expected");
  }

  @Test
  void picturesInNoClass() {
    Tree tree = new Tree(temporary.resolve("flat")).fill(".", 3, 0);
    assertRefused(tree, "3 pictures such as 000.pgm lie in no class");
  }

  @Test
  void onlyOneClass() {
    assertRefused(
        new Tree(temporary.resolve("x")).fill("cat", 3, 0),
        "there is one class only, \"cat\", expected two");
  }

  @Test
  void picturesBesideTheClassesAreSaid() {
    assertEquals(10, images(load(pets().put("a b.pgm", Tree.grey(2, 3, 1)))));
    assertEquals(List.of("a b.pgm lies in no class and is passed over"), notices);
  }

  @Test
  void strayPictureBesideTheClassesOfAPartIsSaidAndMakesNoClassOfThePart() {
    Tree tree = divided().put("train/overview.pgm", Tree.grey(9, 9, 9));
    assertEquals(List.of("cat", "dog"), load(tree).classNames());
    assertEquals(List.of("train/overview.pgm lies in no class and is passed over"), notices);
  }

  @Test
  void partWithClassesBesideOneWithoutIsNoClass() {
    Tree tree = new Tree(temporary.resolve("pets")).fill("train/cat", 2, 1).fill("train/dog", 2, 5);
    assertRefused(
        tree.fill("test", 3, 9),
        "there are classes in train/, but the pictures in test/ lie in no class");
    Tree other = new Tree(temporary.resolve("other")).fill("Val/cat", 2, 1).fill("Val/dog", 2, 5);
    assertRefused(
        other.fill("Train", 3, 9),
        "there are classes in Val/, but the pictures in Train/ lie in no class");
  }

  @Test
  void emptyClass() {
    assertRefused(pets().folder("bird"), "class \"bird\" is empty: there is no picture in bird");
  }

  @Test
  void emptyClassInAZip() {
    Path zip = pets().folder("bird").zip(temporary.resolve("pets.zip"), "");
    Refusal.assertRefused(
        zip, 0, zip.toString(), "class \"bird\" is empty: there is no picture in bird");
  }

  @Test
  void classWithNothingButLitter() {
    assertRefused(pets().put("bird/.DS_Store", "x"), "class \"bird\" is empty");
  }

  @Test
  void classInOnePartOnly() {
    assertRefused(
        divided().fill("train/bird", 1, 5), "class \"bird\" is not in test/, but in the other");
  }

  @Test
  void classInTheOtherPartOnly() {
    assertRefused(
        divided().fill("test/bird", 1, 5), "class \"bird\" is not in train/, but in the other");
  }

  @Test
  void classEmptyInOnePart() {
    assertRefused(
        divided().fill("train/bird", 1, 5).folder("test/bird"),
        "class \"bird\" is empty: there is no picture in test/bird");
  }

  @Test
  void classesThatDifferInCaseOnly() {
    Path zip = pets().fill("Cat", 1, 0).zip(temporary.resolve("pets.zip"), "");
    Refusal.assertRefused(
        zip, 0, zip.toString(), "classes \"Cat\" and \"cat\" differ in case only");
    Tree tree = new Tree(temporary.resolve("parts"));
    tree.fill("train/cat", 1, 1)
        .fill("train/dog", 1, 2)
        .fill("test/Cat", 1, 3)
        .fill("test/dog", 1, 4);
    assertRefused(tree, "classes \"Cat\" and \"cat\" differ in case only");
  }

  @Test
  void classWithOnePicture() {
    assertRefused(pets().fill("bird", 1, 0), "class \"bird\" has pictures of one object only");
  }

  @Test
  void litterOfSystemsIsPassedOverInSilence() {
    Tree tree = pets();
    for (String name :
        List.of(
            ".DS_Store",
            "cat/.DS_Store",
            "cat/Thumbs.db",
            "dog/desktop.ini",
            "cat/._000.pgm",
            "__MACOSX/cat/._000.pgm",
            "__MACOSX/x.png",
            ".git/a/b.png",
            "cat/@eaDir/000.pgm")) {
      tree.put(name, "x");
    }
    assertEquals(10, images(load(tree)));
    assertEquals(List.of(), notices);
    Path zip = tree.zip(temporary.resolve("pets.zip"), "");
    assertEquals(10, images(new ImageFolder(zip, 0, false, 1).load(2, notices::add)));
    assertEquals(List.of(), notices);
  }

  @Test
  void strangersAreSaid() {
    load(pets().put("cat/notes.txt", "x"));
    assertEquals(List.of("cat/notes.txt is no picture and is passed over"), notices);
    notices.clear();
    load(pets().put("LICENSE", "x"));
    assertEquals(List.of("2 files are no pictures and are passed over, such as LICENSE"), notices);
  }

  @Test
  void linksThatGoRoundAreSaid() throws IOException {
    Tree tree = pets();
    Files.createSymbolicLink(tree.root().resolve("cat/round"), tree.root());
    assertEquals(10, images(load(tree)));
    assertEquals(List.of("cat/round is passed over: it leads back to a folder above it"), notices);
  }

  @Test
  void tableOfTracksIsCheckedLineByLine() {
    Tree tree = pets();
    String table = tree.root().resolve("tracks.csv").toString();
    tree.put("tracks.csv", "Path,Object\ncat/000.pgm,1\n");
    assertRefused(tree, table + ", line 1", "there is no column Track, found Path, Object");
    tree.put("tracks.csv", "Track\n1\n");
    assertRefused(tree, table + ", line 1", "there is no column Path or Filename, found Track");
    tree.put("tracks.csv", "Path,Track\ncat/000.pgm,1\ncat\\nine.pgm,1\n");
    assertRefused(
        tree, table + ", line 3", "there is no picture cat\\nine.pgm in the class folders");
    tree.put("tracks.csv", "Path,Track\n000.pgm,1\n");
    assertRefused(tree, table + ", line 2", "000.pgm is the name of several pictures");
    tree.put("tracks.csv", "Path,Track\ncat/000.pgm\n");
    assertRefused(tree, table + ", line 2", "1 values, expected 2 as in the header");
    tree.put("tracks.csv", "");
    assertRefused(tree, table + ", line 1", "there is no column Path or Filename, found nothing");
    tree.put("tracks.csv", "Path,Track\ncat/000.pgm,1\ncat\\000.pgm,1\n./cat/000.pgm,2\n");
    assertRefused(tree, table + ", line 4", "./cat/000.pgm is of track 2, and of track 1 before");
  }

  @Test
  void tableOfTracksThatLiesElsewhereIsSaid() {
    Tree tree = new Tree(temporary.resolve("pets")).fill("in/cat", 5, 10).fill("in/dog", 5, 20);
    load(tree.put("tracks.csv", "Path,Track\nin/cat/000.pgm,1\nin/cat/001.pgm,1\n"));
    assertEquals(
        List.of(
            "tracks.csv is passed over: the table of tracks is expected beside the classes,"
                + " in/tracks.csv"),
        notices);
  }

  @Test
  void trackOnBothSidesIsSaid() {
    load(divided().put("tracks.csv", "Path,Track\ntrain/cat/000.pgm,7\ntest/cat/000.pgm,7\n"));
    assertEquals(
        List.of("tracks with pictures in both parts: 1, on which accuracy says little"), notices);
  }
}
