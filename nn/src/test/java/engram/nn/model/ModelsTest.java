package engram.nn.model;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.ParameterSpec;
import engram.nn.summary.Summary;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ModelsTest {
  static final List<String> NAMES = Models.NAMES;

  /** Digits, signs, pictures, an odd size, more or fewer channels. */
  private static final List<Shape> IMAGES =
      List.of(
          shape(28, 28, 1), shape(32, 32, 3), shape(64, 64, 3), shape(33, 47, 2), shape(12, 12, 4));

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyNameFitsImagesOfAnyShape(String name) {
    for (Shape image : IMAGES) {
      Sequential model = Models.of(name, image, 7);
      assertEquals(shape(5, 7), model.outputShape(5), name + " on " + image);
      assertEquals("fc", model.classifierName());
      assertEquals(7, model.classifier().out());
    }
  }

  /**
   * The numbers that others count: LeNet-5 on digits 61,706; ResNet-18 for CIFAR-10 11,173,962
   * parameters and 0.56 billion multiply-adds; the slim one 1,094,750.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet,          28, 1,     61706,    416520",
    "mlp,            28, 1,    478410,    477600",
    "mlp 100,        28, 1,     89610,     89400",
    "mlp 1000 0,     28, 1,      7850,      7840",
    "mlp  256  3,    28, 1,    335114,    334336",
    "resnet20,       32, 3,    272474,  40813184",
    "resnet32,       32, 3,    466906,  69124736",
    "resnet18,       32, 3,  11173962, 555422720",
    "resnet18-slim,  32, 3,   1094750,  54621760",
  })
  void sizes(String text, int side, int channels, long parameters, long multiplyAdds) {
    Summary summary = Summary.of(Models.of(text, shape(side, side, channels), 10), 1);
    assertEquals(parameters, summary.parameters());
    assertEquals(multiplyAdds, summary.multiplyAdds());
  }

  /** Hashes of the first values as they were when these networks knew one shape only. */
  @ParameterizedTest
  @CsvSource({
    "simple,   1817453864",
    "bn,       1282581863",
    "bn-map,  -1449476868",
    "bn-deep,  1102563444",
  })
  void firstValuesOnColourImagesOf32StayAsTheyWere(String name, int hash) {
    Sequential model = Models.of(name, shape(32, 32, 3), 43);
    Network network = Network.create(model, new ReferenceBackend(), 7);
    assertEquals(hash, Arrays.hashCode(network.parameters().snapshot()));
  }

  @Test
  void residualNetworksNameTheirTensorsAsTorchvisionDoes() {
    List<String> names =
        Models.of("resnet18", shape(32, 32, 3), 10).parameters().stream()
            .map(ParameterSpec::name)
            .toList();
    assertEquals(62, names.size());
    assertEquals(
        List.of(
            "conv1.weight",
            "bn1.weight",
            "bn1.bias",
            "layer1.0.conv1.weight",
            "layer1.0.bn1.weight",
            "layer1.0.bn1.bias",
            "layer1.0.conv2.weight",
            "layer1.0.bn2.weight",
            "layer1.0.bn2.bias",
            "layer1.1.conv1.weight"),
        names.subList(0, 10));
    assertTrue(
        names.containsAll(
            List.of(
                "layer2.0.downsample.0.weight",
                "layer2.0.downsample.1.weight",
                "layer4.1.bn2.bias",
                "fc.weight",
                "fc.bias")),
        names.toString());
    assertTrue(names.stream().noneMatch(name -> name.startsWith("layer1.0.downsample")));
  }

  @Test
  void anMlpTakesFeatures() {
    assertEquals(shape(2, 3), Models.of("mlp 5 1", shape(4), 3).outputShape(2));
  }

  @ParameterizedTest
  @CsvSource({"simple, 3", "bn, 7", "bn-deep, 7", "lenet, 11"})
  void anImageThatIsTooSmallIsAnsweredWithLayerShapesAndRule(String name, int side) {
    String message =
        assertThrows(ShapeException.class, () -> Models.of(name, shape(side, side, 1), 2))
            .getMessage();
    assertTrue(
        message.startsWith(
            "network %s on examples of [%d, %d, 1]: layer \"".formatted(name, side, side)),
        message);
    assertTrue(message.contains("larger than the"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resnet-18    | there is no network \"resnet-18\", perhaps resnet18; choose from simple,",
        "bn-dep       | perhaps bn-deep",
        "bn_map       | perhaps bn-map",
        "relo         | perhaps relu",
        "''           | there is no network \"\"; choose from simple,",
        "mlp wide     | column 5: the width of the mlp is \"wide\", expected a whole number from 1",
        "mlp 9 9 9    | column 9: an mlp has a width and a depth, no more",
        "mlp 1000000 9| would have 784,000,000 parameters with this layer; 250,000,000 are allowed",
        "3 x relu     | column 5: here is \"relu\", expected \"(\"",
      })
  void whatIsNoNetworkIsAnsweredWithTheNearestWord(String text, String answer) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Models.of(text, shape(28, 28, 1), 10))
            .getMessage();
    assertTrue(message.contains(answer), message);
  }

  /** {@code bn} alone is a network, and the first layer of a longer text. */
  @Test
  void aNameIsTheWholeText() {
    Shape image = shape(32, 32, 3);
    assertEquals(BatchNormCnn.of(image, 3), Models.of(" bn ", image, 3));
    assertEquals(NetworkText.parse("bn, relu", image, 3), Models.of("bn, relu", image, 3));
  }

  /** However long: its length is no depth of a search. */
  @Test
  void aLongTextIsAnErrorInWords() {
    String text = "mlp " + "9 ".repeat(20_000);
    assertThrows(IllegalArgumentException.class, () -> Models.of(text, shape(28, 28, 1), 10));
    String words = text + ", relu";
    assertThrows(IllegalArgumentException.class, () -> Models.of(words, shape(28, 28, 1), 10));
  }
}
