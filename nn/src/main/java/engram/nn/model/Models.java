package engram.nn.model;

import engram.base.Spelling;
import engram.nn.Sequential;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;
import java.util.stream.Stream;

/** Networks by name or in words, each fitted to the shape of the data. */
public final class Models {
  private static final int WIDTH = 400;
  private static final int DEPTH = 2;

  /** All names. */
  public static final List<String> NAMES =
      List.of(
          "simple",
          "bn",
          "bn-map",
          "bn-deep",
          "mlp",
          "lenet",
          "resnet20",
          "resnet32",
          "resnet18",
          "resnet18-slim");

  private Models() {}

  /**
   * The network that a text means.
   *
   * @param text one of {@link #NAMES}, of which {@code mlp} may be followed by its width and depth,
   *     as in {@code mlp 100 2}; or the layers, as {@link NetworkText} has them
   * @param input shape of one example, such as [32, 32, 3]
   * @param classes number of logits
   * @throws IllegalArgumentException if there is no such network; the message has the nearest name
   * @throws ShapeException if examples of this shape do not fit
   */
  public static Sequential of(String text, Shape input, int classes) {
    String name = text.strip();
    if (!NAMES.contains(name) && !name.matches("mlp(\\s[^,]*)?")) {
      return inWords(name, input, classes);
    }
    try {
      return switch (name) {
        case "simple" -> SimpleCnn.of(input, classes);
        case "bn" -> BatchNormCnn.of(input, classes);
        case "bn-map" -> BatchNormCnn.onMap(input, classes);
        case "bn-deep" -> BatchNormCnn.deep(input, classes);
        case "lenet" -> LeNet.of(input, classes);
        case "resnet20" -> ResNet.small(3).of(input, classes);
        case "resnet32" -> ResNet.small(5).of(input, classes);
        case "resnet18" -> ResNet.eighteen(64).of(input, classes);
        case "resnet18-slim" -> ResNet.eighteen(20).of(input, classes);
        default -> mlp(name, input, classes);
      };
    } catch (ShapeException e) {
      throw new ShapeException(
          "network %s on examples of %s: %s".formatted(name, input, e.getMessage()));
    }
  }

  /** {@code mlp [WIDTH [DEPTH]]}. */
  private static Sequential mlp(String text, Shape input, int classes) {
    Words words = new Words(text);
    words.next();
    int width = words.inLayer() ? words.whole("the width of the mlp", 1) : WIDTH;
    int depth = words.inLayer() ? words.whole("the depth of the mlp", 0) : DEPTH;
    if (words.inLayer()) {
      throw words.wrong(words.peek(), "an mlp has a width and a depth, no more");
    }
    return Mlp.of(input, width, depth, classes);
  }

  private static Sequential inWords(String text, Shape input, int classes) {
    boolean words = text.matches("(?s).*[,;:()].*|\\d.*") || startsLikeALayer(text);
    if (words) {
      return NetworkText.parse(text, input, classes);
    }
    String near =
        Spelling.nearest(text, NAMES)
            .or(() -> Spelling.nearest(text.split("\\s")[0], LayerParser.LAYERS))
            .map(word -> ", perhaps " + word)
            .orElse("");
    throw new IllegalArgumentException(
        "there is no network \"%s\"%s; choose from %s, or write its layers: conv 16 5, relu, pool 2"
            .formatted(Words.beginning(text), near, String.join(", ", NAMES)));
  }

  private static boolean startsLikeALayer(String text) {
    return Stream.concat(LayerParser.LAYERS.stream(), Stream.of("classifier"))
        .anyMatch(text.split("\\s")[0]::equals);
  }
}
