package engram.data.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.TestSets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {

  /** Flat images, each of a colour of its own: red is the class, green the index in the class. */
  private static ImageSet coloured(int classes, int each) {
    byte[] pixels = new byte[classes * each * 12];
    int[] labels = new int[classes * each];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / each;
      for (int pixel = 0; pixel < 4; pixel++) {
        pixels[12 * i + 3 * pixel] = (byte) labels[i];
        pixels[12 * i + 3 * pixel + 1] = (byte) (i % each);
        pixels[12 * i + 3 * pixel + 2] = (byte) 255;
      }
    }
    return new ImageSet(2, 2, 3, pixels, labels, new int[labels.length]);
  }

  private static boolean shows(BufferedImage sheet, int label, int index) {
    int wanted = 0xFF000000 | label << 16 | index << 8 | 255;
    int[] all = sheet.getRGB(0, 0, sheet.getWidth(), sheet.getHeight(), null, 0, sheet.getWidth());
    return Arrays.stream(all).filter(rgb -> rgb == wanted).count() == 4;
  }

  @Test
  void sheetShowsEachClassWithImagesSpreadOverIt() {
    BufferedImage sheet = ContactSheet.draw(coloured(43, 100), 43, 4);
    for (int label = 0; label < 43; label++) {
      for (int index = 0; index < 100; index++) {
        boolean chosen = index == 12 || index == 37 || index == 62 || index == 87;
        assertEquals(chosen, shows(sheet, label, index), label + "/" + index);
      }
    }
  }

  @Test
  void smallAndEmptyClassesShowWhatTheyHave() {
    BufferedImage sheet = ContactSheet.draw(coloured(2, 3), 5, 8);
    for (int index = 0; index < 3; index++) {
      assertEquals(true, shows(sheet, 1, index));
    }
  }

  @Test
  void everyClassHasALabelOfItsOwn() {
    BufferedImage sheet = ContactSheet.draw(coloured(1, 1), 100, 1);
    int blockWidth = (sheet.getWidth() - 2) / 3;
    int rows = 34;
    int cellHeight = (sheet.getHeight() - 2) / rows;
    Set<List<Integer>> labels = new HashSet<>();
    for (int label = 0; label < 100; label++) {
      int left = 2 + label / rows * blockWidth;
      int top = 2 + label % rows * cellHeight;
      int[] cell = sheet.getRGB(left, top, 22, cellHeight, null, 0, 22);
      labels.add(Arrays.stream(cell).boxed().toList());
    }
    assertEquals(100, labels.size());
  }

  @Test
  void sheetIsWrittenAsPng(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sheet.png");
    try (OutputStream out = Files.newOutputStream(file)) {
      ContactSheet.write(out, coloured(2, 3), 2, 3);
    }
    assertEquals(true, shows(ImageIO.read(file.toFile()), 1, 2));
  }

  @Test
  void sheetRefusesWhatItCannotDraw() {
    assertThrows(IllegalArgumentException.class, () -> ContactSheet.draw(coloured(1, 1), 101, 1));
    assertThrows(IllegalArgumentException.class, () -> ContactSheet.draw(coloured(1, 1), 1, 0));
  }

  @Test
  void countsAreOfImagesAndTracks() {
    Dataset data =
        new Dataset(
            "x", List.of("a", "b", "c"), TestSets.noise(2, 5, 30, 1), TestSets.noise(3, 4, 1, 2));
    assertEquals(
        List.of(
            new ClassCounts.Row(0, "a", 150, 5, 4, 4),
            new ClassCounts.Row(1, "b", 150, 5, 4, 4),
            new ClassCounts.Row(2, "c", 0, 0, 4, 4)),
        ClassCounts.of(data).rows());
  }
}
