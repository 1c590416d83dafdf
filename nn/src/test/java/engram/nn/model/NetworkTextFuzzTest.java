package engram.nn.model;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import engram.nn.Sequential;
import engram.tensor.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written, the answer is a network or one line about what was written, and soon. */
class NetworkTextFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "conv",
          "linear",
          "bn",
          "relu",
          "leaky-relu",
          "pool",
          "global-pool",
          "dropout",
          "flatten",
          "residual",
          "block",
          "classifier",
          "(",
          ")",
          "(",
          ")",
          ",",
          ",",
          ",",
          ";",
          ":",
          "x",
          "stride",
          "pad",
          "no-bias",
          "init",
          "xavier",
          "kaiming",
          "eps",
          "momentum",
          "seed",
          "3",
          "1",
          "2",
          "5",
          "0",
          "16",
          "0.5",
          "-1",
          "1e9",
          "1000000",
          "99999999999",
          "NaN",
          "mlp",
          "resnet18",
          "\n",
          "\t",
          "\u0000",
          "\u00e9",
          "\ud83d\ude00",
          ".",
          "%s",
          "\\",
          "\"");

  private static void answered(String text, Shape input) {
    long start = System.nanoTime();
    try {
      Sequential model = Models.of(text, input, 10);
      assertEquals(shape(1, 10), model.outputShape(1), text);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.length() > 20, text + " -> " + message);
      assertTrue(message.length() < 400, text + " -> " + message);
      assertFalse(message.contains("Exception"), text + " -> " + message);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      fail("%s on %s: %s".formatted(text, input, e), e);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    assertTrue(seconds < 1, "%.1f s for %s".formatted(seconds, text));
  }

  @Test
  void anyWordsInAnyOrder() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 6_000; i++) {
      StringBuilder text = new StringBuilder();
      int words = random.nextInt(1, 14);
      for (int w = 0; w < words; w++) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
        text.append(random.nextInt(5) == 0 ? "" : " ");
      }
      answered(text.toString(), i % 2 == 0 ? shape(9, 7, 2) : shape(12));
    }
  }

  /** Characters of true networks lost, doubled, exchanged, cut off or spliced in. */
  @Test
  void damagedTexts() {
    SplittableRandom random = new SplittableRandom(2);
    List<String> texts =
        List.of(
            NetworkText.of(Models.of("bn", shape(32, 32, 3), 10)),
            NetworkText.of(Models.of("resnet20", shape(32, 32, 3), 10)),
            "3 x (conv 8 3 pad 1, bn, relu, pool 2), dropout 0.5, flatten, classifier no-bias bn",
            "residual(conv 4 3 stride 2 pad 1, relu; a: conv 4 1 stride 2 no-bias), global-pool");
    for (int i = 0; i < 800; i++) {
      StringBuilder text = new StringBuilder(texts.get(i % texts.size()));
      int damages = random.nextInt(1, 4);
      for (int d = 0; d < damages && !text.isEmpty(); d++) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(1, 6));
        switch (random.nextInt(5)) {
          case 0 -> text.delete(at, to);
          case 1 -> text.insert(at, text.substring(at, to));
          case 2 -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
          case 3 -> text.setLength(Math.max(1, at));
          default -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        }
      }
      answered(text.toString(), shape(32, 32, 3));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "residual(",
        "block(",
        "2 x (",
        "1000 x (",
        "block(conv 3 3 pad 1, ",
        "relu, ",
        "(",
        "1 ",
        "x",
        ",",
      })
  void muchOfTheSame(String piece) {
    answered(piece.repeat(19_000 / piece.length()), shape(8, 8, 3));
    answered(piece.repeat(100_000), shape(8, 8, 3));
    answered(piece.repeat(10) + "relu" + ")".repeat(10), shape(8, 8, 3));
    answered(piece.repeat(16) + "relu" + ")".repeat(16), shape(8, 8, 3));
  }

  @Test
  void nothingIsAllocatedForNetworksBeyondMeasure() {
    for (String text :
        List.of(
            "linear 1000000, linear 1000000",
            "1000 x (linear 1000000)",
            "conv 1000000 1000000",
            "conv 1 1 pad 1000000",
            "bn, linear 999999",
            "mlp 1000000 1000000",
            "mlp 15000 1000")) {
      answered(text, shape(12));
      answered("flatten, " + text, shape(500, 500, 3));
      answered(text, shape(1_000, 1_000, 3));
    }
  }
}
