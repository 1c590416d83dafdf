package engram.data.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engram.data.Dataset;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that never end or unpack to too much are refused; what other systems write is read. */
@Timeout(30)
class ForeignFilesTest {

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

  private static void assertRefused(Path path, int side, String where, String problem) {
    Refusal.assertRefused(path, side, where, problem);
  }

  private static int images(Dataset data) {
    return data.train().size() + data.test().size();
  }

  @Test
  void linkToADeviceIsNotRead() throws IOException {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "no /dev/zero here");
    Tree tree = Tree.pets(temporary);
    Path link = Files.createSymbolicLink(tree.root().resolve("cat/zero.png"), device);
    assertRefused(tree, link.toString(), "this is a pipe or a device, expected a regular file");
    assertEquals(10, images(loadWithoutBad(tree)));
  }

  @Test
  void sparsePictureOfThreeGigabytesIsNotRead() throws IOException {
    Tree tree = Tree.pets(temporary);
    Path sparse = tree.root().resolve("cat/sparse.png");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(3_000_000_000L);
    }
    assertRefused(tree, sparse.toString(), "3,000,000,000 bytes, expected at most 67,108,864");
    assertEquals(10, images(loadWithoutBad(tree)));
  }

  @Test
  void zipThatUnpacksToAThousandTimesItsSizeIsNotUnpacked() throws IOException {
    Path zip = temporary.resolve("bomb.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        out.putNextEntry(new ZipEntry("cat/%d.png".formatted(i)));
        out.write(zeros);
      }
    }
    assertRefused(
        zip,
        0,
        zip.toString(),
        "a zip of %,d bytes with 314,572,800 in it, expected at most 200 times its size"
            .formatted(Files.size(zip)));
  }

  @Test
  void namesInAZipMayBeginWithADotAndASlash() {
    Path zip = Tree.pets(temporary).zip(temporary.resolve("dots.zip"), "./pets/./");
    Dataset data = new ImageFolder(zip, 0, false, 1).load(2, notices::add);
    assertEquals(List.of("cat", "dog"), data.classNames());
  }

  @Test
  void whatSystemsLeaveBehindIsNoClassAndNotMentioned() {
    Tree tree =
        Tree.pets(temporary)
            .put("__MACOSX/cat/._000.pgm", "twin")
            .put("cat/._000.pgm", "twin")
            .put("cat/.DS_Store", "x")
            .put("cat/Thumbs.db", "x")
            .put("$RECYCLE.BIN/old.pgm", "x")
            .put("lost+found/old.pgm", "x")
            .put("@eaDir/000.pgm", "x");
    assertEquals(List.of("cat", "dog"), load(tree).classNames());
    Path zip = tree.zip(temporary.resolve("mac.zip"), "");
    assertEquals(
        List.of("cat", "dog"),
        new ImageFolder(zip, 0, false, 1).load(2, notices::add).classNames());
    assertEquals(List.of(), notices);
  }

  @Test
  void archivesThatAreNoZipAreNamed() throws IOException {
    Path tar = temporary.resolve("pets.tar.gz");
    Files.write(tar, new byte[] {0x1f, (byte) 0x8b, 8, 0});
    assertRefused(tar, 0, tar.toString(), "this is a gzip file, expected a zip or a folder");
    Path seven = temporary.resolve("pets.7z");
    Files.write(seven, new byte[] {0x37, 0x7a, (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c, 0, 4});
    assertRefused(seven, 0, seven.toString(), "this is a 7z file, expected a zip or a folder");
  }

  @Test
  void zipWithAPasswordIsSaidToHaveOne() throws IOException {
    Path zip = Tree.pets(temporary).zip(temporary.resolve("secret.zip"), "");
    byte[] bytes = Files.readAllBytes(zip);
    for (int i = 0; i + 9 < bytes.length; i++) {
      if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) {
        bytes[i + 8] |= 1; // "encrypted" in the directory
      }
    }
    Files.write(zip, bytes);
    assertRefused(zip, 0, zip.toString(), "the zip has a password");
  }

  @Test
  void tableOfTracksIsReadAsSpreadsheetsWriteIt() {
    Tree tree = Tree.pets(temporary);
    for (String table :
        List.of(
            ",Path,Track\n0,./cat/000.pgm,1\n1,cat\\001.pgm,1\n",
            "\uFEFFpath;TRACK;;\r\ncat/000.pgm;1;;\r\n;;;\r\ncat//001.pgm;1;;\r\n",
            "sep=;\nTrack;Path\n1;cat/000.pgm\n1;001.pgm\n".replace("001.pgm", "cat/001.pgm"))) {
      tree.put("Tracks.csv", table);
      assertEquals(
          9, distinctTracks(load(tree)), "the first two pictures are of one object: " + table);
    }
    assertEquals(List.of(), notices);
  }

  private static long distinctTracks(Dataset data) {
    return IntStream.concat(
            Arrays.stream(data.train().tracks()), Arrays.stream(data.test().tracks()))
        .distinct()
        .count();
  }
}
