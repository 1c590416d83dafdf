package engram.nn;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.graph.Tape;
import engram.nn.init.Initialiser;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.layer.Mode;
import engram.nn.layer.ParameterSpec;
import engram.nn.layer.Relu;
import engram.nn.layer.Residual;
import engram.tensor.ShapeException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private final Backend backend = new ReferenceBackend();

  private static Sequential small() {
    return Sequential.of(
        shape(4, 4, 2),
        new Conv2d(2, 3, 3, 1),
        new BatchNorm2d(3),
        new Relu(),
        new Flatten(),
        new Linear(48, 3)
            .withInitialisers(new Initialiser.XavierUniform(), Initialiser.zeros())
            .named("fc"));
  }

  @Test
  void everyParameterStartsOnACacheLineOfOneFlatBuffer() {
    Network network = Network.create(small(), backend, 1);
    Layout layout = network.parameters().layout();
    assertEquals(
        Stream.of("conv1.weight", "conv1.bias", "bn1.weight", "bn1.bias", "fc.weight", "fc.bias")
            .toList(),
        layout.slots().stream().map(slot -> slot.spec().name()).toList());
    assertTrue(layout.slots().stream().allMatch(slot -> slot.offset() % 16 == 0));
    assertEquals(54 + 3 + 3 + 3 + 144 + 3, layout.used());
    assertEquals(64 + 16 + 16 + 16 + 144 + 16, layout.elements());
    assertEquals(2, network.state().layout().slots().size());
  }

  @Test
  void theSeedDecidesTheFirstValues() {
    float[] first = Network.create(small(), backend, 1).parameters().snapshot();
    assertArrayEquals(first, Network.create(small(), backend, 1).parameters().snapshot());
    assertFalse(Arrays.equals(first, Network.create(small(), backend, 2).parameters().snapshot()));
  }

  @Test
  void firstValuesOfALayerDoNotDependOnOtherLayers() {
    Network alone =
        Network.create(
            Sequential.of(shape(4, 4, 2), new Conv2d(2, 3, 3, 1), new Flatten()), backend, 1);
    Network network = Network.create(small(), backend, 1);
    assertArrayEquals(
        alone.parameters().readTorch("conv1.weight"),
        network.parameters().readTorch("conv1.weight"));
  }

  @Test
  void growingKeepsOldRowsAndDrawsNewOnesAsTorchDoes() {
    Network network = Network.create(small(), backend, 1);
    Network grown = network.grow(40, 5);
    assertEquals(40, grown.classes());
    assertEquals(3, network.classes());
    float[] old = network.parameters().readTorch("fc.weight");
    float[] rows = grown.parameters().readTorch("fc.weight");
    assertArrayEquals(old, Arrays.copyOf(rows, old.length));
    assertArrayEquals(
        network.parameters().readTorch("conv1.weight"),
        grown.parameters().readTorch("conv1.weight"));
    assertArrayEquals(network.state().snapshot(), grown.state().snapshot());
    double bound = 1 / Math.sqrt(48);
    double largest = 0;
    for (int i = old.length; i < rows.length; i++) {
      largest = Math.max(largest, Math.abs(rows[i]));
    }
    assertTrue(largest <= bound && largest > 0.99 * bound, "largest new weight " + largest);
    float[] bias = grown.parameters().readTorch("fc.bias");
    assertArrayEquals(new float[3], Arrays.copyOf(bias, 3));
    assertTrue(Math.abs(bias[3]) > 0 && Math.abs(bias[3]) <= bound);
  }

  @Test
  void rowsDoNotDependOnHowManyAreAddedAtOnce() {
    Network network = Network.create(small(), backend, 1);
    assertArrayEquals(
        network.grow(9, 5).parameters().snapshot(),
        network.grow(6, 5).grow(9, 5).parameters().snapshot());
  }

  @Test
  void aNetworkCannotShrink() {
    Network network = Network.create(small(), backend, 1);
    assertThrows(IllegalArgumentException.class, () -> network.grow(2, 1));
  }

  @Test
  void aCopyIsIndependent() {
    Network network = Network.create(small(), backend, 1);
    Network copy = network.copy();
    float[] before = copy.parameters().snapshot();
    network.parameters().buffer("fc.bias").write(7, 8, 9);
    assertArrayEquals(before, copy.parameters().snapshot());
    network.copyFrom(copy);
    assertArrayEquals(before, network.parameters().snapshot());
  }

  @Test
  void leadingRowsAreThoseOfTheSmallerNetworkAndTheOthersStay() {
    Network smaller = Network.create(small(), backend, 1);
    Network larger = Network.create(small(), backend, 2).grow(5, 3);
    smaller.parameters().buffer("fc.bias").write(7, 8, 9);
    larger.parameters().buffer("fc.bias").write(1, 2, 3, 4, 5);
    larger.copyLeading(smaller);
    assertArrayEquals(new float[] {7, 8, 9, 4, 5}, larger.parameters().buffer("fc.bias").read());
    assertThrows(IllegalArgumentException.class, () -> smaller.copyLeading(larger));
  }

  /** From a network with more classes: all but the rows that make logits. */
  @Test
  void theStemOfANetworkWithOtherClassesIsTakenOverAndTheClassifierStays() {
    Network network = Network.create(small(), backend, 1);
    float[] rows = network.parameters().buffer("fc.weight").read();
    Network wide = Network.create(small().withClasses(5), backend, 2);
    network.copyStem(wide);
    assertArrayEquals(rows, network.parameters().buffer("fc.weight").read());
    for (Layout.Slot slot : network.parameters().layout().slots()) {
      String name = slot.spec().name();
      if (!name.startsWith("fc.")) {
        assertArrayEquals(
            wide.parameters().buffer(name).read(), network.parameters().buffer(name).read(), name);
      }
    }
    for (Layout.Slot slot : network.state().layout().slots()) {
      String name = slot.spec().name();
      assertArrayEquals(wide.state().buffer(name).read(), network.state().buffer(name).read());
    }
    Network other = Network.create(Sequential.of(shape(3), new Linear(3, 2)), backend, 1);
    var error = assertThrows(IllegalArgumentException.class, () -> other.copyStem(wide));
    assertTrue(error.getMessage().startsWith("copyStem: the other network has other layers: "));
  }

  @Test
  void otherFirstValuesReachLayersInsideOfLayersButNoNormalisation() {
    Sequential model =
        Sequential.of(
            shape(2, 2, 1),
            Residual.of(new Conv2d(1, 1, 3, 1), new BatchNorm2d(1))
                .withShortcut(Block.of(new Conv2d(1, 1, 1, 0))),
            new Flatten(),
            new Linear(4, 2).named("fc"));
    Sequential changed =
        model.initialisedBy(new Initialiser.Constant(7), new Initialiser.Constant(-3));
    assertEquals(
        model.parameters().stream().map(ParameterSpec::name).toList(),
        changed.parameters().stream().map(ParameterSpec::name).toList());
    Parameters values = Network.create(changed, backend, 1).parameters();
    for (Layout.Slot slot : values.layout().slots()) {
      String name = slot.spec().name();
      float first = values.readTorch(name)[0];
      if (name.contains(".bn")) {
        assertEquals(name.endsWith("weight") ? 1 : 0, first, name);
      } else {
        assertEquals(name.endsWith("weight") ? 7 : -3, first, name);
      }
    }
  }

  @Test
  void layersThatDoNotFitAreNamed() {
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> Sequential.of(shape(4, 4, 2), new Flatten(), new Linear(33, 5).named("head")));
    assertTrue(e.getMessage().contains("\"head\""), e.getMessage());
  }

  @Test
  void twoLayersCannotShareAName() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Sequential.of(
                shape(4, 4, 2),
                new Conv2d(2, 2, 1, 0).named("c"),
                new Conv2d(2, 2, 1, 0).named("c")));
  }

  /**
   * A classifier without a bias, whose logits are normalised, as GDumb's multi-layer perceptron.
   */
  private static Sequential normalised(int classes) {
    return Sequential.of(
        shape(5),
        new Linear(5, 4).withoutBias(),
        new BatchNorm2d(4),
        new Relu(),
        new Linear(4, classes).withoutBias().named("fc"),
        new BatchNorm2d(classes));
  }

  @Test
  void aBatchNormOfTheLogitsGrowsWithTheClassifier() {
    Network network = Network.create(normalised(3), backend, 1);
    network.parameters().buffer("bn2.weight").write(2, 3, 4);
    network.state().buffer("bn2.running_mean").write(5, 6, 7);
    Network grown = network.grow(5, 9);
    assertEquals(normalised(5), grown.model());
    assertEquals(
        Stream.of("linear1.weight", "bn1.weight", "bn1.bias", "fc.weight", "bn2.weight", "bn2.bias")
            .toList(),
        grown.parameters().layout().slots().stream().map(slot -> slot.spec().name()).toList());
    assertArrayEquals(new float[] {2, 3, 4, 1, 1}, grown.parameters().buffer("bn2.weight").read());
    assertArrayEquals(new float[5], grown.parameters().buffer("bn2.bias").read());
    assertArrayEquals(new float[] {5, 6, 7, 0, 0}, grown.state().buffer("bn2.running_mean").read());
    assertArrayEquals(new float[] {1, 1, 1, 1, 1}, grown.state().buffer("bn2.running_var").read());
    float[] old = network.parameters().buffer("fc.weight").read();
    float[] rows = grown.parameters().buffer("fc.weight").read();
    assertArrayEquals(old, Arrays.copyOf(rows, old.length));
    assertTrue(rows[old.length] != 0 && Math.abs(rows[old.length]) <= 0.5);
  }

  @Test
  void featuresAreWhatTheClassifierReadsThoughANormIsBehindIt() {
    Sequential model = normalised(3);
    assertEquals("fc", model.classifierName());
    assertEquals(4, model.classifier().in());
    Tape tape = new Tape();
    RecordedNetwork.Result result =
        Network.create(model, backend, 1)
            .on(tape)
            .forward(tape.input("x", shape(6, 5)), Mode.EVALUATION);
    assertEquals(shape(6, 4), result.features().shape());
    assertEquals(shape(6, 3), result.logits().shape());
  }

  /** A norm that is not of the logits makes features, as one behind a pool does. */
  @Test
  void onlyALinearLayerIsAClassifier() {
    assertThrows(
        IllegalStateException.class,
        () ->
            Sequential.of(shape(4), new Linear(4, 4), new Relu(), new BatchNorm2d(4)).classifier());
    assertThrows(IllegalStateException.class, () -> Sequential.of(shape(4)).classifier());
  }

  @Test
  void layersAreDrawnOtherwiseHoweverDeepTheyLie() {
    Sequential model =
        Sequential.of(
            shape(4, 4, 2),
            new Conv2d(2, 3, 3, 1).withoutBias(),
            Block.of(Residual.of(new Conv2d(3, 3, 3, 1)).withShortcut(new Conv2d(3, 3, 1, 0))),
            new BatchNorm2d(3),
            new Flatten(),
            new Linear(48, 3).named("fc"));
    Sequential drawn =
        model.initialisedBy(new Initialiser.Constant(2), new Initialiser.Constant(3));
    Network network = Network.create(drawn, backend, 1);
    assertEquals(
        model.parameters().stream().map(ParameterSpec::name).toList(),
        drawn.parameters().stream().map(ParameterSpec::name).toList());
    for (Layout.Slot slot : network.parameters().layout().slots()) {
      String name = slot.spec().name();
      float expected =
          name.equals("bn1.weight")
              ? 1
              : name.equals("bn1.bias") ? 0 : name.endsWith("weight") ? 2 : 3;
      for (float value : network.parameters().buffer(name).read()) {
        assertEquals(expected, value, name);
      }
    }
  }

  @Test
  void aLayerThatDoesNotFitIsNamedWithWhatItLiesIn() {
    Layer inner = Block.of(Residual.of(new Relu(), new Linear(9, 4).named("wide")).named("0"));
    ShapeException e =
        assertThrows(ShapeException.class, () -> Sequential.of(shape(4), inner.named("stage")));
    assertTrue(e.getMessage().startsWith("layer \"stage.0.wide\": "), e.getMessage());
  }
}
