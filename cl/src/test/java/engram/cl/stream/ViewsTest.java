package engram.cl.stream;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import engram.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ViewsTest {

  @Test
  void oneFiveOrNine() {
    assertEquals(
        List.of("1", "5", "9"), Arrays.stream(Views.values()).map(Views::toString).toList());
    assertEquals(List.of(1, 5, 9), Arrays.stream(Views.values()).map(Views::count).toList());
  }

  @Test
  void anImageIsMovedByAPixelAndItsBorderGoesOn() {
    float[] image = {
      1, 2, 3, //
      4, 5, 6
    };
    assertArrayEquals(new float[] {4, 5, 6, 4, 5, 6}, moved(Views.FIVE, 1, image), "up");
    assertArrayEquals(new float[] {2, 3, 3, 5, 6, 6}, moved(Views.FIVE, 2, image), "left");
    assertArrayEquals(new float[] {1, 1, 2, 4, 4, 5}, moved(Views.FIVE, 3, image), "right");
    assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3}, moved(Views.FIVE, 4, image), "down");
    assertArrayEquals(new float[] {5, 6, 6, 5, 6, 6}, moved(Views.NINE, 1, image), "up and left");
    assertArrayEquals(
        new float[] {1, 1, 2, 1, 1, 2}, moved(Views.NINE, 8, image), "down and right");
  }

  private static float[] moved(Views views, int n, float[] image) {
    float[] into = new float[6];
    views.move(n, image, 1, shape(2, 3, 1), into);
    return into;
  }

  /** Against the definition, pixel by pixel; what lies behind the images is left as it is. */
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "2,1,4,3", "3,5,1,2", "2,4,5,3"})
  void eachPixelIsThatOfItsNeighbour(int images, int height, int width, int channels) {
    Shape image = shape(height, width, channels);
    float[] pixels = new float[(images + 1) * image.elements()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i + 1;
    }
    Views views = Views.NINE;
    for (int n = 1; n < views.count(); n++) {
      // The moves in reading order, without the middle one.
      int place = n <= 4 ? n - 1 : n;
      int down = place / 3 - 1;
      int right = place % 3 - 1;
      float[] into = new float[pixels.length];
      Arrays.fill(into, Float.NaN);
      views.move(n, pixels, images, image, into);
      for (int i = 0; i < images * image.elements(); i++) {
        int channel = i % channels;
        int x = i / channels % width;
        int y = i / channels / width % height;
        int of = i / image.elements();
        int fromY = Math.clamp(y - down, 0, height - 1);
        int fromX = Math.clamp(x - right, 0, width - 1);
        float expected = pixels[((of * height + fromY) * width + fromX) * channels + channel];
        assertEquals(expected, into[i], "move " + n + ", value " + i);
      }
      assertEquals(
          image.elements(),
          IntStream.range(images * image.elements(), into.length)
              .filter(i -> Float.isNaN(into[i]))
              .count());
    }
  }

  @ParameterizedTest
  @EnumSource(Views.class)
  void noMoveComesTwice(Views views) {
    float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    for (int a = 1; a < views.count(); a++) {
      for (int b = 0; b < a; b++) {
        assertNotEquals(
            Arrays.toString(seen(views, a, image)), Arrays.toString(seen(views, b, image)));
      }
    }
  }

  private static float[] seen(Views views, int n, float[] image) {
    float[] into = image.clone();
    if (n > 0) {
      views.move(n, image, 1, shape(3, 3, 1), into);
    }
    return into;
  }
}
