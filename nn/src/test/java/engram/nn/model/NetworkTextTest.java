package engram.nn.model;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.nn.Sequential;
import engram.nn.init.Initialiser;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Dropout;
import engram.nn.layer.Flatten;
import engram.nn.layer.GlobalAveragePool;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.ParameterSpec;
import engram.nn.layer.Relu;
import engram.nn.layer.Residual;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTextTest {
  private static final Shape IMAGE = shape(32, 32, 3);
  static final List<String> NAMES = Models.NAMES;

  private static Sequential parsed(String text) {
    return NetworkText.parse(text, IMAGE, 10);
  }

  @Test
  void aTextIsTheLayersThatItSays() {
    assertEquals(
        Sequential.of(
            IMAGE,
            new Conv2d(3, 16, 5, 2),
            new Relu(),
            new MaxPool2d(2),
            Residual.of(
                new Conv2d(16, 16, 3, 1),
                new BatchNorm2d(16),
                new Relu(),
                new Conv2d(16, 16, 3, 1),
                new BatchNorm2d(16)),
            new Flatten(),
            new Linear(16 * 16 * 16, 64),
            new Relu(),
            new Linear(64, 10).named("fc")),
        parsed(
            "conv 16 5 pad 2, relu, pool 2,\n"
                + " residual(conv 16 3 pad 1, bn, relu, conv 16 3 pad 1, bn), flatten, linear 64,"
                + " relu"));
  }

  @Test
  void everyWordOfTheLanguage() {
    Initialiser xavier = new Initialiser.XavierUniform();
    assertEquals(
        Sequential.of(
            IMAGE,
            new Conv2d(3, 8, 3, 1).withStride(2).withoutBias().named("first"),
            new BatchNorm2d(8, 0.25f, 1e-6f),
            new LeakyRelu(0.125f),
            new LeakyRelu(0.01f),
            new MaxPool2d(3, 1),
            Residual.of(new Conv2d(8, 4, 3, 1).withStride(2), new Relu())
                .withShortcut(
                    new Conv2d(8, 4, 1, 0).withStride(2).withoutBias().named("0"),
                    new BatchNorm2d(4).named("1")),
            new Block(List.of(new GlobalAveragePool().named("mean"))),
            new Dropout(0.5f, 7),
            new Linear(4, 6).withInitialisers(xavier, Initialiser.zeros()),
            new Relu(),
            new Linear(6, 6).withInitialisers(xavier, new Initialiser.TorchDefault()),
            new Relu(),
            new Linear(6, 6).withInitialisers(xavier, new Initialiser.TorchDefault()),
            new Relu(),
            new Linear(6, 10)
                .withoutBias()
                .withInitialisers(new Initialiser.KaimingNormal(0.5f), Initialiser.ones())
                .named("head"),
            new BatchNorm2d(10, 0.1f, 1e-6f)),
        parsed(
            """
            first: conv 8 3 stride 2 pad 1 no-bias, bn momentum 0.25 eps 1e-6, leaky-relu 0.125,
            leaky-relu, pool 3 stride 1,
            residual(conv 4 3 pad 1 stride 2, relu; 0: conv 4 1 stride 2 no-bias, 1: bn),
            block(mean: global-pool), dropout 0.5 seed 7, linear 6 init xavier zeros, relu,
            2 x (linear 6 init xavier, relu),
            head: classifier no-bias init kaiming 0.5 bn eps 1e-6
            """));
  }

  @Test
  void imagesAreFlattenedBeforeTheClassifier() {
    assertEquals(parsed("pool 2, flatten"), parsed("pool 2"));
    assertEquals(parsed("pool 2, global-pool"), parsed("pool 2, global-pool, classifier"));
    assertEquals(
        Sequential.of(IMAGE, new Flatten(), new Linear(3072, 10).named("fc")),
        parsed("classifier"));
    assertEquals(shape(4, 2), NetworkText.parse("linear 5, relu", shape(7), 2).outputShape(4));
  }

  @Test
  void repeatedLayersAreNumberedOn() {
    List<String> names =
        parsed("2x(conv 4 3, bn), flatten, 2 x (2 x (linear 5))").parameters().stream()
            .map(ParameterSpec::name)
            .filter(name -> name.endsWith(".weight"))
            .toList();
    assertEquals(
        List.of(
            "conv1.weight",
            "bn1.weight",
            "conv2.weight",
            "bn2.weight",
            "linear1.weight",
            "linear2.weight",
            "linear3.weight",
            "linear4.weight",
            "fc.weight"),
        names);
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void theTextOfANamedNetworkIsTheSameNetwork(String name) {
    for (Shape image : List.of(IMAGE, shape(28, 28, 1), shape(33, 47, 2))) {
      Sequential model = Models.of(name, image, 5);
      String text = NetworkText.of(model);
      assertEquals(model, NetworkText.parse(text, image, 5), text);
      assertNotEquals(model, NetworkText.parse(text, image, 6), text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classifier",
        "flatten, classifier no-bias bn",
        "flatten, 1: linear 4, linear 4, linear2: relu, linear 4, last: classifier init constant"
            + " 0.5 bn momentum 0.5",
        "conv 4 3 init kaiming-out, conv 4 3 no-bias init zeros, conv 4 3 init torch xavier",
        "block(block(relu, leaky-relu 0.5, leaky-relu 0.25), a: conv 3 1), dropout 0.25 seed -3",
        "residual(residual(residual(conv 3 1); conv 3 1), relu)",
        "flatten, residual(linear 3072 no-bias, relu; linear 3072, relu)",
      })
  void aTextComesBack(String text) {
    Sequential model = parsed(text);
    assertEquals(model, parsed(NetworkText.of(model)), NetworkText.of(model));
  }

  @Test
  void aLayerOfOnesOwnHasNoWords() {
    Sequential model = Sequential.of(shape(3), (t, x) -> t.exp(x), new Linear(3, 2).named("fc"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> NetworkText.of(model)).getMessage();
    assertTrue(message.contains("\"layer\""), message);
    Sequential precise =
        Sequential.of(
            shape(3),
            new Linear(3, 2)
                .withInitialisers(new Initialiser.KaimingNormal(0.1), Initialiser.zeros())
                .named("fc"));
    assertThrows(IllegalArgumentException.class, () -> NetworkText.of(precise));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cnv 16 5, relu            | column 1: there is no \"cnv\" here, perhaps conv; expected"
            + " conv, linear",
        "relu, conv 16 5 pd 2      | column 17: there is no \"pd\" here, perhaps pad; expected"
            + " stride, pad",
        "conv 16 5 pad 2 relu      | column 17: a comma is missing before \"relu\"",
        "relu 3                    | column 6: \"relu\" is whole; expected a comma or the end, here"
            + " is \"3\"",
        "conv 16                   | column 8: the side of the kernel is the end, expected a whole"
            + " number from 1",
        "conv 16 x                 | column 9: the side of the kernel is \"x\"",
        "conv 16 5 stride 0        | column 18: the stride is \"0\", expected a whole number from 1"
            + " to 1,000,000",
        "conv 16 5 pad -1          | column 15: the padding is \"-1\"",
        "conv 16 5 init kaimin     | column 16: there is no \"kaimin\" here, perhaps kaiming",
        "dropout 1                 | column 9: the probability is \"1\"",
        "leaky-relu 1              | column 12: the slope is \"1\"",
        "bn eps 0                  | column 8: eps is \"0\"",
        "residual(relu             | column 14: here is the end, expected \")\"",
        "residual relu             | column 10: here is \"relu\", expected \"(\"",
        "residual(relu;)           | column 15: there is no \")\" here; expected conv",
        "relu)                     | column 5: here is \")\", expected the end",
        "relu,                     | column 6: the text ends here; expected conv",
        "classifier, relu          | column 11: here is \",\", expected the end",
        "residual(classifier)      | column 10: the classifier is the last layer of all",
        "a.b: relu                 | column 1: a layer's name has letters, digits, - and _",
        "0 x (relu)                | column 1: the number of repeats is \"0\"",
        "a: conv 3 1, a: conv 3 1  | two layers are named \"a\"",
      })
  void whatIsNotInTheLanguageIsAnsweredWithItsPlace(String text, String answer) {
    String message = assertThrows(IllegalArgumentException.class, () -> parsed(text)).getMessage();
    assertTrue(message.contains(answer), message);
    assertFalse(message.contains("\n"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "relu, conv 16 40    | column 7, \"conv 16 40\": conv2d [[1, 32, 32, 3], [40, 40, 3, 16]]:"
            + " the 40 x 40 kernel is larger than the 32 x 32 input",
        "pool 4, pool 9      | column 9, \"pool 9\": max_pool2d [[1, 8, 8, 3]]: the 9 x 9 window is"
            + " larger than the 8 x 8 input",
        "relu, linear 10     | column 7, \"linear 10\": a linear layer takes [features], given are"
            + " [32, 32, 3]; put flatten or global-pool before it",
        "flatten, conv 4 3   | column 10, \"conv 4 3\": a convolution takes [height, width,"
            + " channels], given are [3072]",
        "flatten, pool 2     | column 10, \"pool 2\": max_pool2d [[1, 3072]]: input must have rank"
            + " 4",
        "residual(conv 4 3)  | column 1, \"residual(conv 4 3)\": the body gives [30, 30, 4] and the"
            + " way around it [32, 32, 3]; both must be equal",
        "residual(conv 4 3; conv 4 3 stride 2)| the way around it [15, 15, 4]",
        "flatten, linear 90000    | column 10, \"linear 90000\": the network would have 276,480,000"
            + " parameters with this layer; 250,000,000 are allowed",
        "1000 x (1000 x (relu))   | column 17, \"relu\": the network has more than 1,000 layers",
        "conv 1000000 1           | the layers up to this one would make 1,024,000,000 numbers of"
            + " each example",
        "conv 9 3 pad 999999      | a tensor holds at most 2^31 - 1 elements",
      })
  void whatDoesNotFitIsAnsweredWithLayerShapesAndRule(String text, String answer) {
    String message = assertThrows(ShapeException.class, () -> parsed(text)).getMessage();
    assertTrue(message.contains(answer), message);
    assertFalse(message.contains("\n"), message);
  }
}
