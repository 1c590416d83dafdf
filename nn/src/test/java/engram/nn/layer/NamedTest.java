package engram.nn.layer;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.graph.Tape;
import engram.nn.Network;
import engram.nn.RecordedNetwork;
import engram.nn.Sequential;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedTest {
  private static List<String> names(Layer... layers) {
    return Named.all(List.of(layers)).stream().map(Named::name).toList();
  }

  private static List<String> parameters(Sequential model) {
    return model.parameters().stream().map(ParameterSpec::name).toList();
  }

  private static TorchLayout torch(Sequential model, String name) {
    return model.parameters().stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow()
        .torch();
  }

  @Test
  void whatOwnsSomethingIsNumberedAndTheRestIsCalledByItsKind() {
    Layer lambda = (t, x) -> t.relu(x);
    assertEquals(
        List.of("conv1", "relu", "mine", "conv2", "relu", "dropout1", "dropout2", "layer"),
        names(
            new Conv2d(3, 4, 3, 1),
            new Relu(),
            new Conv2d(4, 4, 3, 1).named("mine"),
            new Conv2d(4, 4, 3, 1),
            new Relu(),
            new Dropout(0.5f, 1),
            new Dropout(0.5f, 1),
            lambda));
  }

  @Test
  void namesOfNestedLayersLeadToTheirParameters() {
    Sequential model =
        Sequential.of(
            shape(4, 4, 3),
            Residual.of(new Conv2d(3, 3, 3, 1), new Relu(), new Conv2d(3, 3, 3, 1)),
            Block.of(new Flatten(), Block.of(new Linear(48, 2).named("inner"))).named("outer"));
    assertEquals(
        List.of(
            "residual1.conv1.weight",
            "residual1.conv1.bias",
            "residual1.conv2.weight",
            "residual1.conv2.bias",
            "outer.block1.inner.weight",
            "outer.block1.inner.bias"),
        parameters(model));
    assertEquals(shape(5, 2), model.outputShape(5));
  }

  /** Layers that own nothing may share a name, in a block as well as in a network. */
  @Test
  void aBlockAppliesEachOfItsLayersThoughTheyShareAName() {
    Layer half = (t, x) -> t.narrow(x, 1, 0, 4);
    Layer quarter = (t, x) -> t.narrow(x, 1, 0, 2);
    Sequential model =
        Sequential.of(
            shape(8),
            Block.of(half, quarter),
            Residual.of(new LeakyRelu(0.5f), new LeakyRelu(0.1f)));
    assertEquals(shape(3, 2), model.outputShape(3));
    Tape tape = new Tape();
    Network.create(model, new ReferenceBackend(), 1)
        .on(tape)
        .forward(tape.input("x", shape(3, 8)), Mode.EVALUATION);
    assertEquals(
        List.of("LeakyRelu[slope=0.5]", "LeakyRelu[slope=0.1]"),
        tape.graph().nodes().stream()
            .map(node -> node.op().toString())
            .filter(op -> op.startsWith("LeakyRelu"))
            .toList());
  }

  @Test
  void tensorsOnTheWayAroundAreNamedAsTorchvisionNamesThem() {
    Layer residual =
        Residual.of(new Conv2d(3, 5, 3, 1), new BatchNorm2d(5))
            .withShortcut(new Conv2d(3, 5, 1, 0).withoutBias().named("0"));
    assertEquals(
        List.of(
            "residual1.conv1.weight",
            "residual1.conv1.bias",
            "residual1.bn1.weight",
            "residual1.bn1.bias",
            "residual1.downsample.0.weight"),
        parameters(Sequential.of(shape(4, 4, 3), residual)));
  }

  @Test
  void twoOwnersInOneBlockCannotShareAName() {
    Layer first = new Linear(2, 2).named("same");
    Layer second = new Linear(2, 2).named("same");
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> Block.of(first, new Relu(), second));
    assertTrue(error.getMessage().contains("\"same\""), error.getMessage());
    assertEquals(
        List.of("a.same.weight", "a.same.bias", "b.same.weight", "b.same.bias"),
        parameters(
            Sequential.of(shape(2), Block.of(first).named("a"), Block.of(second).named("b"))));
  }

  @Test
  void twoDropoutsCannotShareANameSinceItDecidesWhatTheyDrop() {
    Layer drop = new Dropout(0.5f, 1).named("drop");
    assertThrows(IllegalArgumentException.class, () -> Block.of(drop, new Relu(), drop));
  }

  @Test
  void aNameHasNoDotAndIsNotEmpty() {
    assertThrows(IllegalArgumentException.class, () -> new Relu().named("a.b"));
    assertThrows(IllegalArgumentException.class, () -> new Relu().named(""));
  }

  @Test
  void aLinearLayerBehindAFlattenedImageIsArrangedAsTorchHasIt() {
    TorchLayout flattened = new TorchLayout.FlattenedImage(shape(2, 2, 3));
    Linear linear = new Linear(12, 5);
    Sequential inside =
        Sequential.of(
            shape(2, 2, 3),
            Block.of(new Relu(), new Flatten()),
            linear.named("fc"),
            new Linear(5, 5).named("next"));
    assertEquals(flattened, torch(inside, "fc.weight"));
    assertEquals(new TorchLayout.Same(), torch(inside, "next.weight"));
    Sequential outside =
        Sequential.of(shape(2, 2, 3), new Flatten(), Block.of(new Relu(), linear.named("fc")));
    assertEquals(flattened, torch(outside, "block1.fc.weight"));
  }

  @Test
  void aLinearLayerInAResidualIsArrangedAsTorchHasIt() {
    Sequential model =
        Sequential.of(
            shape(2, 2, 3),
            new Flatten(),
            Residual.of(new Linear(12, 5)).withShortcut(new Relu(), new Linear(12, 5)),
            new Linear(5, 5).named("fc"));
    TorchLayout flattened = new TorchLayout.FlattenedImage(shape(2, 2, 3));
    assertEquals(flattened, torch(model, "residual1.linear1.weight"));
    assertEquals(flattened, torch(model, "residual1.downsample.linear1.weight"));
    assertEquals(new TorchLayout.Same(), torch(model, "fc.weight"));
  }

  @Test
  void aLinearLayerThatReadsPartOfAFlattenedImageKeepsItsOrder() {
    Layer half = (t, x) -> t.narrow(x, 1, 0, 6);
    Sequential model =
        Sequential.of(shape(2, 2, 3), new Flatten(), half, new Linear(6, 5).named("fc"));
    assertEquals(new TorchLayout.Same(), torch(model, "fc.weight"));
  }

  @Test
  void twoDropoutsOfOneSeedDropDifferentElements() {
    int elements = 4000;
    Sequential model = Sequential.of(shape(elements), new Dropout(0.5f, 1), new Dropout(0.5f, 1));
    ReferenceBackend backend = new ReferenceBackend();
    Tape tape = new Tape();
    Tensor x = tape.input("x", shape(1, elements));
    Tensor step = tape.input("step", shape(1));
    RecordedNetwork network = Network.create(model, backend, 1).on(tape, "", step);
    Tensor y = network.forward(x, Mode.TRAINING).logits();
    tape.keep(y);
    Plan plan = Plan.compile(tape.graph(), backend, network.bindings());
    float[] ones = new float[elements];
    Arrays.fill(ones, 1);
    plan.buffer(x).write(ones);
    plan.buffer(step).write(1);
    plan.run();
    int dropped = 0;
    for (float value : plan.buffer(y).read()) {
      dropped += value == 0 ? 1 : 0;
    }
    // Half with one mask, three quarters with two that are independent.
    assertEquals(0.75, (double) dropped / elements, 0.03);
  }
}
