package engram.nn.model;

import engram.nn.Sequential;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;

/** Networks by name, each fitted to the shape of the data. */
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
   * @param text one of {@link #NAMES}; {@code mlp} may be followed by its width and depth, as in
   *     {@code mlp 100 2}
   * @param input shape of one example, such as [32, 32, 3]
   * @param classes number of logits
   * @throws IllegalArgumentException if there is no such network
   * @throws ShapeException if examples of this shape do not fit
   */
  public static Sequential of(String text, Shape input, int classes) {
    List<String> words = List.of(text.strip().split("\\s+"));
    try {
      return switch (words.getFirst()) {
        case "simple" -> SimpleCnn.of(input, classes);
        case "bn" -> BatchNormCnn.of(input, classes);
        case "bn-map" -> BatchNormCnn.onMap(input, classes);
        case "bn-deep" -> BatchNormCnn.deep(input, classes);
        case "mlp" -> Mlp.of(input, number(words, 1, WIDTH), number(words, 2, DEPTH), classes);
        case "lenet" -> LeNet.of(input, classes);
        case "resnet20" -> ResNet.small(3).of(input, classes);
        case "resnet32" -> ResNet.small(5).of(input, classes);
        case "resnet18" -> ResNet.eighteen(64).of(input, classes);
        case "resnet18-slim" -> ResNet.eighteen(20).of(input, classes);
        default ->
            throw new IllegalArgumentException(
                "there is no network \"%s\"; choose from %s"
                    .formatted(text, String.join(", ", NAMES)));
      };
    } catch (ShapeException e) {
      throw new ShapeException(
          "network %s on examples of %s: %s".formatted(text, input, e.getMessage()));
    }
  }

  private static int number(List<String> words, int at, int usual) {
    return at < words.size() ? Integer.parseInt(words.get(at)) : usual;
  }
}
