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

/** A picture among many that is damaged or of another kind is named, or left out and counted. */
@Timeout(30)
class OddPictureTest {

  @TempDir private Path temporary;
  private final List<String> notices = new ArrayList<>();

  private Dataset load(Tree tree) {
    return new ImageFolder(tree.root(), 0, false, 1).load(2, notices::add);
  }

  private Dataset loadWithoutBad(Tree tree) {
    return new ImageFolder(tree.root(), 0, true, 1).load(2, notices::add);
  }

  private static void assertRefused(Tree tree, String where, String problem) {
    Refusal.assertRefused(tree.root(), 0, where, problem);
  }

  private static int images(Dataset data) {
    return data.train().size() + data.test().size();
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
    Dataset all = load(Tree.pets(temporary));
    Dataset fewer = loadWithoutBad(Tree.pets(temporary).put("dog/000.pgm", "no picture at all"));
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
    assertEquals(9, images(loadWithoutBad(Tree.pets(temporary).put("cat/000.pgm", ""))));
    // Its header is whole, and tells another size and more channels than all others have.
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 50, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
    byte[] half = Arrays.copyOf(jpeg.toByteArray(), jpeg.size() - 20);
    Dataset data = loadWithoutBad(Tree.pets(temporary).put("cat/000.pgm", half));
    assertEquals(9, images(data));
    assertEquals(
        List.of(3, 2, 1),
        List.of(data.train().height(), data.train().width(), data.train().channels()));
  }

  @Test
  void allOfAClassDamaged() {
    Tree tree = Tree.divided(temporary).put("test/dog/000.pgm", "x");
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
    Tree tree = Tree.pets(temporary).put("cat/anim.gif", "GIF89a......");
    assertRefused(
        tree,
        tree.root().resolve("cat/anim.gif").toString(),
        "a GIF picture, expected PNG, JPEG or PPM");
    assertEquals(10, images(loadWithoutBad(tree)));
  }

  @Test
  void sizesThatDifferAreNamedWithWhatToWrite() {
    Tree tree = Tree.pets(temporary).put("dog/x.pgm", Tree.grey(640, 480, 0));
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
  void linkToNowhereIsADamagedPicture() throws IOException {
    Tree tree = Tree.pets(temporary);
    Path link = tree.root().resolve("cat/z.pgm");
    Files.createSymbolicLink(link, temporary.resolve("nowhere.pgm"));
    assertRefused(
        tree, link.toString(), "there is no such file, or it is a link that leads nowhere");
  }

  @Test
  void pipeIsNotWaitedFor() throws Exception {
    Tree tree = Tree.pets(temporary);
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
}
