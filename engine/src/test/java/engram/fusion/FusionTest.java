package engram.fusion;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.backend.vector.VectorBackend;
import engram.graph.Autograd;
import engram.graph.Graph;
import engram.graph.Node;
import engram.graph.Tape;
import engram.op.MaxPool2d;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FusionTest {

  /** The network of the benchmark at a tiny size. */
  private static TrainingGraph cnn(int batch, int size) {
    return new TrainingGraph(shape(batch, size, size, 3))
        .convolution(5, 2, 6)
        .leakyRelu(0.01f)
        .pool()
        .convolution(3, 1, 9)
        .leakyRelu(0.01f)
        .pool()
        .convolution(3, 1, 5)
        .leakyRelu(0.01f)
        .linear(7);
  }

  private static TrainingGraph classify(TrainingGraph network) {
    return network.step(network.crossEntropy());
  }

  record Network(String name, Supplier<TrainingGraph> record, int before, int after) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Network network(
      String name, int before, int after, Supplier<TrainingGraph> record) {
    return new Network(name, record, before, after);
  }

  /** Each with its nodes before and after fusion; those of the update stay as they are. */
  static Stream<Network> networks() {
    return Stream.of(
        network("benchmark network", 34, 23, () -> classify(cnn(4, 8))),
        network("odd sizes", 34, 23, () -> classify(cnn(3, 11))),
        network(
            "distillation",
            42,
            31,
            () -> {
              TrainingGraph network = cnn(4, 8);
              return network.step(network.rehearsal(0.3f, 0.7f, 5));
            }),
        network(
            "distillation with weight 1 and every class old",
            40,
            29,
            () -> {
              TrainingGraph network = cnn(2, 9);
              return network.step(network.rehearsal(1, 10, 7));
            }),
        network(
            "slope 0",
            18,
            13,
            () ->
                classify(
                    new TrainingGraph(shape(3, 6, 8, 2))
                        .convolution(3, 1, 4)
                        .leakyRelu(0)
                        .pool()
                        .linear(3))),
        network(
            "pooling without a ReLU",
            16,
            12,
            () ->
                classify(
                    new TrainingGraph(shape(3, 6, 8, 2)).convolution(3, 0, 17).pool().linear(3))),
        network(
            "layers for Winograd's sums",
            25,
            18,
            () ->
                classify(
                    new TrainingGraph(shape(4, 4, 4, 3))
                        .convolution(3, 1, 16)
                        .leakyRelu(0.1f)
                        .convolution(3, 1, 16)
                        .leakyRelu(0.1f)
                        .pool()
                        .linear(11))),
        network(
            "ReLUs, one before a pool",
            25,
            18,
            () ->
                classify(
                    new TrainingGraph(shape(3, 6, 8, 2))
                        .convolution(3, 1, 17)
                        .relu()
                        .pool()
                        .convolution(3, 1, 5)
                        .relu()
                        .linear(3))),
        network(
            "residual block",
            41,
            34,
            () ->
                classify(
                    new TrainingGraph(shape(3, 5, 5, 2))
                        .normalised(6)
                        .relu()
                        .residual(block -> block.normalised(6).leakyRelu(0.1f).normalised(6))
                        .relu()
                        .linear(4))),
        network(
            "two linear layers",
            17,
            15,
            () ->
                classify(
                    new TrainingGraph(shape(5, 3, 3, 2)).linear(17).leakyRelu(0.2f).linear(4))),
        network(
            "large products",
            17,
            15,
            () ->
                classify(
                    new TrainingGraph(shape(197, 67, 3, 1)).linear(203).leakyRelu(0.2f).linear(4))),
        network(
            "nothing to fuse but the last layer",
            10,
            9,
            () -> classify(new TrainingGraph(shape(2, 4, 4, 1)).leakyRelu(0.1f).pool().linear(2))));
  }

  static Stream<Arguments> networksOnBackends() {
    return networks()
        .flatMap(
            network ->
                Stream.of(
                    Arguments.of(network, new ReferenceBackend(), 1e-12),
                    Arguments.of(network, VectorBackend.open(2), 1e-5),
                    Arguments.of(network, VectorBackend.plain(2), 1e-5)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("networksOnBackends")
  void lossGradientsAndParametersAreTheSame(Network network, Backend backend, double tolerance) {
    TrainingGraph recorded = network.record().get();
    Graph graph = recorded.graph();
    try (backend) {
      Map<Tensor, double[]> expected = recorded.run(graph, backend);
      Map<Tensor, double[]> received = recorded.run(Fusion.rewrite(graph), backend);
      assertEquals(expected.keySet(), received.keySet());
      expected.forEach(
          (tensor, values) -> {
            double error = relativeL2(values, received.get(tensor));
            assertTrue(error < tolerance, () -> tensor + ": relative error " + error);
          });
    }
  }

  static double relativeL2(double[] expected, double[] received) {
    double distance = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      distance += (received[i] - expected[i]) * (received[i] - expected[i]);
      length += expected[i] * expected[i];
    }
    return Math.sqrt(distance) / Math.max(Math.sqrt(length), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nodesBeforeAndAfter(Network network) {
    Graph graph = network.record().get().graph().withoutDeadNodes();
    assertEquals(
        network.before() + " -> " + network.after(),
        count(graph) + " -> " + count(Fusion.rewrite(graph)));
  }

  private static long count(Graph graph) {
    return graph.nodes().stream().filter(node -> node.phase() != Node.Phase.UPDATE).count();
  }

  @Test
  void aTrainingStepReadsAsItsLayers() {
    TrainingGraph network = cnn(4, 8);
    Graph fused = Fusion.rewrite(network.step(network.rehearsal(0.5f, 0.5f, 5)).graph());
    assertEquals(
        List.of(
            "fused_conv2d",
            "fused_conv2d",
            "fused_conv2d",
            "view",
            "linear",
            "cross_entropy",
            "kd_loss",
            "affine",
            "affine",
            "add"),
        names(fused, Node.Phase.FORWARD));
    assertEquals(
        List.of(
            "one",
            "affine",
            "affine",
            "kd_loss.gradient",
            "cross_entropy.gradient",
            "add",
            "sum_rows",
            "matmul",
            "matmul",
            "view",
            "leaky_relu.gradient",
            "sum_rows",
            "conv2d.input_gradient",
            "conv2d.weight_gradient",
            "leaky_relu.gradient",
            "sum_rows",
            "pooled_conv2d.input_gradient",
            "pooled_conv2d.weight_gradient",
            "leaky_relu.gradient",
            "sum_rows",
            "pooled_conv2d.weight_gradient"),
        names(fused, Node.Phase.BACKWARD));
  }

  private static List<String> names(Graph graph, Node.Phase phase) {
    return graph.nodes().stream()
        .filter(node -> node.phase() == phase)
        .map(node -> node.op().name())
        .toList();
  }

  @Test
  void anUnpooledGradientThatIsKeptIsUnpooled() {
    TrainingGraph network =
        new TrainingGraph(shape(2, 6, 6, 3)).convolution(3, 1, 4).pool().linear(3);
    Graph recorded = classify(network).graph();
    Tensor unpooled =
        recorded.nodes().stream()
            .filter(node -> node.op() instanceof MaxPool2d.Gradient)
            .findFirst()
            .orElseThrow()
            .output();
    network.tape.keep(unpooled);
    List<String> names = names(Fusion.rewrite(network.graph()), Node.Phase.BACKWARD);
    assertTrue(names.contains("max_pool2d.gradient"), names::toString);
    assertTrue(names.contains("conv2d.weight_gradient"), names::toString);
  }

  @Test
  void onlyTwoByTwoPoolingIsTakenIntoTheConvolutionsGradients() {
    Tape tape = new Tape();
    Tensor x = tape.input("x", shape(2, 6, 6, 3));
    Tensor w = tape.input("w", shape(3, 3, 3, 4));
    Tensor pooled = tape.maxPool2d(tape.conv2d(x, w, 1, 1), 3, 2);
    Tensor loss = tape.sum(pooled);
    Autograd.gradients(tape, loss, List.of(w)).forEach(tape::keep);
    List<String> names = names(Fusion.rewrite(tape.graph()), Node.Phase.BACKWARD);
    assertTrue(names.contains("max_pool2d.gradient"), names::toString);
  }

  @Test
  void fusingTwiceChangesNothing() {
    Graph fused = Fusion.rewrite(classify(cnn(4, 8)).graph());
    assertEquals(fused.toString(), Fusion.rewrite(fused).toString());
  }

  /** Whose gradient goes to the block and to what stands before it. */
  @Test
  void theReluOfAResidualBlockKeepsItsGradient() {
    Graph graph =
        classify(
                new TrainingGraph(shape(3, 5, 5, 2))
                    .residual(block -> block.normalised(2))
                    .relu()
                    .linear(4))
            .graph();
    List<String> refusals = new ArrayList<>();
    Graph fused =
        Fusion.rewrite(
            graph,
            new FusionListener() {
              @Override
              public void fired(Firing firing) {}

              @Override
              public void refused(NearMiss miss) {
                refusals.add(miss.why());
              }
            });
    assertTrue(names(fused, Node.Phase.FORWARD).contains("fused_batch_norm"));
    assertTrue(names(fused, Node.Phase.BACKWARD).contains("relu.gradient"));
    assertTrue(
        refusals.contains("the residual needs the activation's gradient, too"), refusals::toString);
  }

  @Test
  void aKeptTensorIsNotFusedAway() {
    TrainingGraph network =
        new TrainingGraph(shape(2, 4, 4, 3)).convolution(3, 1, 4).leakyRelu(0.1f);
    Tensor activation = network.value();
    network.tape.keep(activation);
    network.pool().linear(3);
    Graph fused = Fusion.rewrite(classify(network).graph());
    assertTrue(fused.kept().contains(activation));
    assertEquals("fused_conv2d", fused.producer(activation).orElseThrow().op().name());
    assertEquals(activation, fused.producer(activation).orElseThrow().output());
    assertTrue(names(fused, Node.Phase.FORWARD).contains("max_pool2d"));
  }

  @Test
  void aTensorThatSomeoneElseReadsIsNotFusedAway() {
    Tape tape = new Tape();
    Tensor x = tape.input("x", shape(2, 3));
    Tensor product = tape.matmul(x, tape.transposed(tape.input("w", shape(4, 3))));
    Tensor bias = tape.input("b", shape(4));
    tape.keep(tape.addBias(product, bias));
    tape.keep(tape.addBias(product, bias));
    assertEquals(tape.graph().toString(), Fusion.rewrite(tape.graph()).toString());
  }

  @Test
  void anOperandThatChangesInBetweenIsReadBefore() {
    Tape tape = new Tape();
    Tensor w = tape.input("w", shape(4, 3));
    Tensor product = tape.matmul(tape.input("x", shape(2, 3)), tape.transposed(w));
    tape.assign(w, tape.input("new w", shape(4, 3)));
    tape.keep(tape.addBias(product, tape.input("b", shape(4))));
    assertFalse(Fusion.rewrite(tape.graph()).toString().contains("Linear"));
  }
}
