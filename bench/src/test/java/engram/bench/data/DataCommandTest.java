package engram.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.catalog.DataEntry;
import engram.data.catalog.Datasets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(new DataCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  /** Two grey images of each of ten classes, black and white, 2 x 2. */
  private String mnist() throws IOException {
    for (String part : List.of("train", "t10k")) {
      ByteBuffer images = ByteBuffer.allocate(16 + 80);
      images.putInt(0x803).putInt(20).putInt(2).putInt(2);
      ByteBuffer labels = ByteBuffer.allocate(8 + 20);
      labels.putInt(0x801).putInt(20);
      for (int i = 0; i < 20; i++) {
        images.putInt(i < 10 ? 0 : -1);
        labels.put((byte) (i % 10));
      }
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
    return "mnist:" + folder;
  }

  @Test
  void inspectSaysSizesCountsMeanAndDeviationAndNoTracksThatNobodyKnows() throws IOException {
    assertEquals(0, execute("inspect", mnist()), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertEquals("MNIST, " + folder, lines.get(0));
    assertEquals("20 training images, 20 test images, 1 x 2 x 2, 10 classes", lines.get(1));
    assertEquals("mean 0.5000, deviation 0.5000 (of the training images, 0 to 1)", lines.get(2));
    assertTrue(lines.get(3).matches("class  name +train +test"), lines.get(3));
    assertTrue(lines.get(13).matches(" +9  9 +2 +2"), lines.get(13));
    execute("inspect", mnist(), "--side=4", "--pad=1");
    assertTrue(out.toString().contains("1 x 6 x 6"), out.toString());
  }

  @Test
  void inspectWritesAPictureWhereItIsToldAndNoneUnasked() throws IOException {
    String data = mnist();
    Path sheet = folder.resolve("a sheet.png");
    assertEquals(0, execute("inspect", data));
    assertFalse(Files.exists(Path.of("contact-sheet.png")));
    assertTrue(out.toString().contains("--sheet FILE"), out.toString());
    assertEquals(0, execute("inspect", data, "--sheet", sheet.toString(), "--per-class=3"));
    assertEquals(3 * (22 + 3 * 4 + 2) + 2, ImageIO.read(sheet.toFile()).getWidth());
  }

  @Test
  void moreImagesThanAnyoneLooksAtAreRefused() throws IOException {
    assertEquals(2, execute("inspect", mnist(), "--per-class=99999"));
    assertTrue(
        err.toString().startsWith("--per-class is 99999, expected 1 to 1000"), err.toString());
  }

  @Test
  void helpNamesEveryDataSetAndThoseThatCanBeFetched() {
    execute("inspect", "--help");
    String inspect = out.toString().replaceAll("\\s+", "");
    execute("fetch", "--help");
    // The names alone: "folder" is a data set and a word.
    String fetch = out.toString().replaceAll("(?s).*  NAME(.*?)--to=.*", "$1");
    for (DataEntry entry : Datasets.TABLE) {
      assertTrue(inspect.contains(entry.form()), entry.form());
      assertEquals(
          entry.origin().isPresent(), fetch.matches("(?s).*[ ,]" + entry.name() + "[,\\s].*"));
    }
  }

  @Test
  void whatCannotBeFetchedIsRefusedWithTheNearestName() {
    assertEquals(2, execute("fetch", "mnst"));
    assertTrue(
        err.toString().startsWith("there is no data set to fetch \"mnst\", perhaps mnist;"),
        err.toString());
    assertEquals(2, execute("fetch", "mnist", "--from=file:x"));
    assertTrue(err.toString().startsWith("--from is file:x/, expected an address"), err.toString());
  }
}
