package engram.data.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engram.data.DataException;
import engram.data.Dataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each oddity gets one clear line that names it, or is passed over as documented. */
@Timeout(30)
class OddFolderTest {

  @TempDir private Path temporary;
  private final List<String> notices = new ArrayList<>();

  /** Two classes of five whole pictures each, together. */
  private Tree pets() {
    return new Tree(temporary.resolve("pets")).fill("cat", 5, 10).fill("dog", 5, 20);
  }

  /** The same of one picture each, divided. */
  private Tree divided() {
    Tree tree = new Tree(temporary.resolve("pets"));
    return tree.fill("train/cat", 1, 1)
        .fill("train/dog", 1, 2)
        .fill("test/cat", 1, 3)
        .fill("test/dog", 1, 4);
  }

  private Dataset load(Tree tree) {
    return new ImageFolder(tree.root(), 0, false, 1).load(2, notices::add);
  }

  private Dataset loadWithoutBad(Tree tree) {
    return new ImageFolder(tree.root(), 0, true, 1).load(2, notices::add);
  }

  private void assertRefused(Path path, int side, String where, String problem) {
    DataException e =
        assertThrows(
            DataException.class, () -> new ImageFolder(path, side, false, 1).load(2, notices::add));
    assertTrue(e.getMessage().startsWith(where + ": " + problem), e.getMessage());
    assertEquals(2, e.getMessage().lines().count(), "a line, and what to do: " + e.getMessage());
  }

  private void assertRefused(Tree tree, String where, String problem) {
    assertRefused(tree.root(), 0, where, problem);
  }

  private void assertRefused(Tree tree, String problem) {
    assertRefused(tree, tree.root().toString(), problem);
  }

  private static int images(Dataset data) {
    return data.train().size() + data.test().size();
  }

  @Test
  void nothingThere() {
    Path path = temporary.resolve("nowhere");
    assertRefused(path, 0, path.toString(), "no such file or folder, expected a folder with");
  }

  @Test
  void fileThatIsNoZip() throws IOException {
    Path file = Files.writeString(temporary.resolve("pets.txt"), "hello");
    assertRefused(file, 0, file.toString(), "not a whole zip (5 bytes): ");
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
    assertRefused(zip, 0, zip.toString(), "class \"bird\" is empty: there is no picture in bird");
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
    assertRefused(zip, 0, zip.toString(), "classes \"Cat\" and \"cat\" differ in case only");
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
  void corruptPictureAmongManyIsNamedOrLeftOutAndCounted() {
    Tree tree = new Tree(temporary.resolve("pets")).fill("cat", 200, 0).fill("dog", 200, 0);
    byte[] whole = Tree.grey(2, 3, 1);
    tree.put("cat/100.pgm", Arrays.copyOf(whole, whole.length - 1));
    Path bad = tree.root().resolve("cat/100.pgm");
    assertRefused(tree, bad + ", byte 11", "5 bytes of pixels follow, expected 6");
    Dataset data = loadWithoutBad(tree);
    assertEquals(399, images(data));
    assertEquals("pictures in " + tree.root() + ", without 1 damaged picture", data.description());
    assertEquals(2, notices.size());
    assertTrue(notices.getFirst().startsWith(bad + ", byte 11: 5 bytes"), notices.getFirst());
    assertEquals("1 damaged picture left out", notices.getLast());
  }

  @Test
  void leavingAPictureOutMovesNoOtherToTheOtherPart() {
    Dataset all = load(pets());
    Dataset fewer = loadWithoutBad(pets().put("dog/000.pgm", "no picture at all"));
    List<Byte> tested = new ArrayList<>();
    for (int i = 0; i < all.test().size(); i++) {
      tested.add(all.test().pixels()[6 * i]);
    }
    tested.remove(Byte.valueOf((byte) 20));
    for (int i = 0; i < fewer.test().size(); i++) {
      assertEquals(tested.get(i), fewer.test().pixels()[6 * i]);
    }
  }

  @Test
  void firstPictureBeingDamagedDoesNotMatter() throws IOException {
    assertEquals(9, images(loadWithoutBad(pets().put("cat/000.pgm", ""))));
    // Its header is whole, and tells another size and more channels than all others have.
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 50, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
    byte[] half = Arrays.copyOf(jpeg.toByteArray(), jpeg.size() - 20);
    Dataset data = loadWithoutBad(pets().put("cat/000.pgm", half));
    assertEquals(9, images(data));
    assertEquals(
        List.of(3, 2, 1),
        List.of(data.train().height(), data.train().width(), data.train().channels()));
  }

  @Test
  void allOfAClassDamaged() {
    Tree tree = divided().put("test/dog/000.pgm", "x");
    DataException e = assertThrows(DataException.class, () -> loadWithoutBad(tree));
    assertTrue(e.getMessage().contains("class 1, \"dog\", has no test images"), e.getMessage());
  }

  @Test
  void everythingDamaged() {
    Tree tree = new Tree(temporary.resolve("x"));
    for (String name : List.of("a/1", "a/2", "b/1", "b/2")) {
      tree.put(name + ".png", "x");
    }
    DataException e = assertThrows(DataException.class, () -> loadWithoutBad(tree));
    assertTrue(e.getMessage().contains("no picture can be read"), e.getMessage());
  }

  @Test
  void picturesOfFormatsThatAreNotReadAreNotLostInSilence() {
    Tree tree = pets().put("cat/anim.gif", "GIF89a......");
    assertRefused(
        tree,
        tree.root().resolve("cat/anim.gif").toString(),
        "a GIF picture, expected PNG, JPEG or PPM");
    assertEquals(10, images(loadWithoutBad(tree)));
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
  void sizesThatDifferAreNamedWithWhatToWrite() {
    Tree tree = pets().put("dog/x.pgm", Tree.grey(640, 480, 0));
    assertRefused(
        tree,
        tree.root().resolve("dog/x.pgm").toString(),
        "the picture is 640 x 480, but %s is 2 x 3".formatted(tree.root().resolve("cat/000.pgm")));
    assertEquals(11, images(new ImageFolder(tree.root(), 4, false, 1).load(2, notices::add)));
  }

  @Test
  void pictureOf12000PixelsIsReadIfItIsResized() {
    Tree tree = new Tree(temporary.resolve("wide"));
    for (String name : List.of("a/1", "a/2", "b/1", "b/2")) {
      tree.put(name + ".pgm", Tree.grey(12_000, 30, 9));
    }
    assertRefused(
        tree,
        tree.root().resolve("a/1.pgm").toString(),
        "the picture is 12000 x 30, too large for a network");
    Dataset data = new ImageFolder(tree.root(), 16, false, 1).load(2, notices::add);
    assertArrayEquals(new byte[] {9, 9, 9}, Arrays.copyOf(data.train().pixels(), 3));
  }

  @Test
  void linksThatGoRoundAreSaid() throws IOException {
    Tree tree = pets();
    Files.createSymbolicLink(tree.root().resolve("cat/round"), tree.root());
    assertEquals(10, images(load(tree)));
    assertEquals(List.of("cat/round is passed over: it leads back to a folder above it"), notices);
  }

  @Test
  void linkToNowhereIsADamagedPicture() throws IOException {
    Tree tree = pets();
    Path link = tree.root().resolve("cat/z.pgm");
    Files.createSymbolicLink(link, temporary.resolve("nowhere.pgm"));
    assertRefused(
        tree, link.toString(), "there is no such file, or it is a link that leads nowhere");
  }

  @Test
  void pipeIsNotWaitedFor() throws Exception {
    Tree tree = pets();
    Path pipe = tree.root().resolve("cat/pipe.png");
    try {
      Process make = new ProcessBuilder("mkfifo", pipe.toString()).start();
      assumeTrue(make.waitFor(10, TimeUnit.SECONDS) && make.exitValue() == 0, "no mkfifo here");
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo here");
    }
    assertRefused(tree, pipe.toString(), "no regular file, but a pipe");
    assertEquals(10, images(loadWithoutBad(tree)));
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
