package engram.data.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.TestSets;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
  void sheetRefusesWhatItCannotDraw() {
    ImageSet images = coloured(1, 1);
    for (int[] wrong : new int[][] {{0, 1}, {1, 0}, {100, 9_999_999}}) {
      assertThrows(
          IllegalArgumentException.class, () -> ContactSheet.draw(images, wrong[0], wrong[1]));
    }
  }

  @Test
  void greyImagesOfAnySizeAreDrawnAsTheyAre() {
    byte[] pixels = {10, 20, 30, 40, 50, (byte) 255};
    ImageSet image = new ImageSet(2, 3, 1, pixels, new int[] {0}, new int[] {0});
    BufferedImage sheet = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
    ContactSheet.drawImage(sheet, image, 0, 1, 1);
    for (int i = 0; i < pixels.length; i++) {
      int grey = pixels[i] & 255;
      assertEquals(0xFF000000 | grey * 0x010101, sheet.getRGB(1 + i % 3, 1 + i / 3));
    }
    assertEquals(0xFF000000, sheet.getRGB(0, 0));
  }

  @Test
  void thousandClassesHaveLabelsOfTheirOwnAndEachItsImages() {
    ImageSet images = coloured(200, 1);
    BufferedImage sheet = ContactSheet.draw(images, 1000, 2);
    for (int label = 0; label < 200; label++) {
      assertTrue(shows(sheet, label, 0), "class " + label);
    }
    int width = (sheet.getWidth() - 2) / 3;
    int height = (sheet.getHeight() - 2) / 334;
    Set<List<Integer>> labels = new HashSet<>();
    for (int label = 0; label < 1000; label++) {
      int[] cell =
          sheet.getRGB(2 + label / 334 * width, 2 + label % 334 * height, 30, height, null, 0, 30);
      labels.add(Arrays.stream(cell).boxed().toList());
    }
    assertEquals(1000, labels.size());
  }

  @Test
  void meanAndDeviationAreOfEachChannelFromNoughtToOne() {
    byte[] pixels = {0, 51, (byte) 255, 51, 0, 51, (byte) 255, 51};
    ImageSet images = new ImageSet(1, 2, 2, pixels, new int[2], new int[2]);
    PixelStatistics statistics = PixelStatistics.of(images);
    assertArrayEquals(new double[] {0.5, 0.2}, statistics.means(), 1e-12);
    assertArrayEquals(new double[] {0.5, 0}, statistics.deviations(), 1e-7);
  }

  @Test
  void tracksAreKnownWhereAnObjectIsOnSeveralImages() {
    Dataset data =
        new Dataset("x", List.of("a"), TestSets.noise(1, 2, 3, 1), TestSets.noise(1, 4, 1, 2));
    assertTrue(ClassCounts.of(data).hasTrainTracks());
    assertFalse(ClassCounts.of(data).hasTestTracks());
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
