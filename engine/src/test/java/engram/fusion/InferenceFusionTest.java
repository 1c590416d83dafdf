package engram.fusion;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.backend.vector.VectorBackend;
import engram.graph.Autograd;
import engram.graph.Graph;
import engram.graph.Tape;
import engram.op.BatchNorm;
import engram.op.BatchNormInference;
import engram.op.Op;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch normalisation with fixed statistics, and sums, behind convolutions. */
class InferenceFusionTest {
  private static final Op FIXED = new BatchNormInference(1e-5f);

  /** A convolution and its normalisation, recorded as layers do it. */
  private static final class Recorded {
    final Tape tape = new Tape();
    final Map<Tensor, float[]> values = new HashMap<>();
    final List<Tensor> parameters = new ArrayList<>();

    Tensor input(String name, Shape shape, float... values) {
      Tensor tensor = tape.input(name, shape);
      if (values.length > 0) {
        this.values.put(tensor, values);
      }
      return tensor;
    }

    Tensor convolution(Tensor x, int kernel, int stride, int channels) {
      Tensor w = input("weight", shape(kernel, kernel, x.shape().dim(3), channels));
      parameters.add(w);
      return tape.conv2d(x, w, stride, kernel / 2);
    }

    /** The variance takes turns between {@code variances}, and so does gamma. */
    Tensor normalised(Tensor x, Op norm, float[] variances, float[] gammas) {
      Shape channels = shape(x.shape().dim(3));
      Tensor gamma = input("gamma", channels, gammas);
      Tensor beta = input("beta", channels);
      Tensor mean = input("mean", channels);
      Tensor variance = input("variance", channels, variances);
      parameters.addAll(List.of(gamma, beta));
      return tape.record("", norm, List.of(x, gamma, beta, mean, variance)).getFirst();
    }

    Tensor normalised(Tensor x) {
      return normalised(x, FIXED, VARIANCES, new float[] {1, -0.7f, 0.3f});
    }

    Graph graph(Tensor... kept) {
      Stream.of(kept).forEach(tape::keep);
      return tape.graph();
    }

    /** What is kept, then all that came from outside, after two runs. */
    List<float[]> run(Graph graph, Backend backend) {
      Plan plan = Plan.compile(graph, backend, Map.of());
      for (Tensor external : graph.externals()) {
        plan.buffer(external).write(drawn(external));
      }
      plan.run();
      plan.run();
      backend.finish();
      List<float[]> results = new ArrayList<>();
      graph.kept().forEach(tensor -> results.add(plan.buffer(tensor).read()));
      graph.externals().forEach(tensor -> results.add(plan.buffer(tensor).read()));
      return results;
    }

    private float[] drawn(Tensor external) {
      CounterRandom random = CounterRandom.of(external.id(), "inference fusion test");
      float[] given = values.getOrDefault(external, new float[0]);
      float[] drawn = new float[external.shape().elements()];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = given.length > 0 ? given[i % given.length] : 0.3f * (float) random.normal(i);
      }
      return drawn;
    }
  }

  private static List<String> names(Graph graph) {
    return graph.nodes().stream().map(node -> node.op().name()).toList();
  }

  private static List<String> refusals(Graph graph) {
    List<String> why = new ArrayList<>();
    Fusion.rewrite(
        graph,
        new FusionListener() {
          @Override
          public void fired(Firing firing) {}

          @Override
          public void refused(NearMiss miss) {
            why.add(miss.why());
          }
        });
    return why;
  }

  private static final List<String> FOLDED =
      List.of("affine", "batch_norm_inference", "batch_norm_inference", "fused_conv2d");

  @Test
  void aNormalisationAndAReluBecomePartOfTheConvolution() {
    Recorded r = new Recorded();
    Tensor x = r.input("x", shape(2, 6, 5, 3));
    Tensor y = r.tape.relu(r.normalised(r.convolution(x, 3, 1, 4)));
    Graph fused = Fusion.rewrite(r.graph(y));
    assertEquals(FOLDED, names(fused));
    assertEquals(
        "FusedConv2d[stride=1, padding=1, slope=0.0, pool=1, residual=false]",
        fused.nodes().getLast().op().toString());
    assertEquals(y, fused.nodes().getLast().output());
    assertEquals(fused.toString(), Fusion.rewrite(fused).toString());
  }

  @Test
  void aBiasAndAPoolingBecomePartOfIt() {
    Recorded r = new Recorded();
    Tensor x = r.input("x", shape(4, 6, 5, 3));
    Tensor z = r.tape.addBias(r.convolution(x, 3, 2, 4), r.input("bias", shape(4)));
    Tensor y = r.tape.maxPool2d(r.tape.leakyRelu(r.normalised(z), 0.1f), 2, 2);
    Graph fused = Fusion.rewrite(r.graph(y));
    assertEquals(FOLDED, names(fused));
    assertEquals(
        "FusedConv2d[stride=2, padding=1, slope=0.1, pool=2, residual=false]",
        fused.nodes().getLast().op().toString());
    same(r, new ReferenceBackend(), 1e-6);
  }

  private static final float[] VARIANCES = {0.5f, 2, 1};

  /** A residual block; where channels become more, the images become smaller. */
  private static Recorded block(
      int batch, int size, int channels, int out, float[] variances, float... x) {
    Recorded r = new Recorded();
    Tensor images = r.input("x", shape(batch, size, size, channels), x);
    float[] gammas = {1, 0, -0.7f, 0.3f};
    int stride = out / channels;
    Tensor first = r.tape.relu(r.normalised(r.convolution(images, 3, stride, out)));
    Tensor second = r.normalised(r.convolution(first, 3, 1, out), FIXED, variances, gammas);
    Tensor shortcut =
        stride == 1
            ? images
            : r.normalised(r.convolution(images, 1, stride, out), FIXED, variances, gammas);
    r.tape.keep(r.tape.relu(r.tape.add(second, shortcut)));
    return r;
  }

  static Stream<Arguments> blocks() {
    float[] tiny = {1e-12f, 0, 1};
    float[] unknown = {1, Float.NaN, Float.POSITIVE_INFINITY};
    float[] image = new float[2 * 9 * 9 * 8];
    for (int i = 0; i < image.length; i++) {
      image[i] = i % 7 - 3;
    }
    image[100] = Float.NaN;
    image[900] = Float.NEGATIVE_INFINITY;
    return Stream.of(
        Arguments.of("16 channels", block(2, 32, 16, 16, VARIANCES)),
        Arguments.of("to 32 channels", block(2, 32, 16, 32, VARIANCES)),
        Arguments.of("32 channels", block(2, 16, 32, 32, VARIANCES)),
        Arguments.of("to 64 channels", block(9, 16, 32, 64, VARIANCES)),
        Arguments.of("odd sizes", block(2, 13, 7, 7, VARIANCES)),
        Arguments.of("one channel", block(2, 5, 1, 1, VARIANCES)),
        Arguments.of("variances 0 and next to it", block(2, 16, 8, 8, tiny)),
        Arguments.of("variances that are no number and infinite", block(2, 16, 8, 8, unknown)),
        Arguments.of("pixels that are not finite", block(2, 9, 8, 8, VARIANCES, image)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void aResidualBlockIsItsConvolutionsAndGivesTheSame(String name, Recorded r) {
    Graph fused = Fusion.rewrite(r.tape.graph());
    List<String> rest = new ArrayList<>(names(fused));
    rest.removeAll(FOLDED);
    assertEquals(List.of(), rest, name);
    assertTrue(fused.nodes().getLast().op().toString().contains("residual=true"), name);
    same(r, new ReferenceBackend(), 1e-6);
    same(r, VectorBackend.open(2), 1e-5);
    same(r, VectorBackend.plain(2), 1e-5);
  }

  /** The results, without those that are not finite, which stand in the same places. */
  private static void same(Recorded r, Backend backend, double tolerance) {
    Graph recorded = r.tape.graph();
    try (backend) {
      List<float[]> expected = r.run(recorded, backend);
      List<float[]> received = r.run(Fusion.rewrite(recorded), backend);
      double error =
          FusionTest.relativeL2(finite(expected.getFirst()), finite(received.getFirst()));
      assertTrue(error < tolerance, () -> backend.name() + ": relative error " + error);
      assertArrayEquals(infinite(expected.getFirst()), infinite(received.getFirst()));
      for (int i = 1; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i), received.get(i), "what came from outside is as it was");
      }
    }
  }

  private static double[] finite(float[] values) {
    double[] finite = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      finite[i] = Float.isFinite(values[i]) ? values[i] : 0;
    }
    return finite;
  }

  private static float[] infinite(float[] values) {
    float[] infinite = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      infinite[i] = Float.isFinite(values[i]) ? 0 : values[i];
    }
    return infinite;
  }

  @Test
  void theBitsAreThoseOfOneThread() {
    Recorded r = block(2, 32, 16, 32, VARIANCES);
    Graph fused = Fusion.rewrite(r.tape.graph());
    try (Backend one = VectorBackend.open(1);
        Backend three = VectorBackend.open(3)) {
      assertArrayEquals(r.run(fused, one).getFirst(), r.run(fused, three).getFirst());
    }
  }

  @Test
  void aConvolutionThatSomeoneElseReadsStays() {
    Recorded r = new Recorded();
    Tensor z = r.convolution(r.input("x", shape(2, 6, 5, 3)), 3, 1, 4);
    Graph graph = r.graph(r.normalised(z), r.tape.relu(z));
    assertEquals(List.of("conv2d", "batch_norm_inference", "relu"), names(Fusion.rewrite(graph)));
    assertTrue(
        refusals(graph).stream().anyMatch(why -> why.contains("is read by relu")),
        () -> refusals(graph).toString());
  }

  @Test
  void aConvolutionThatIsKeptStays() {
    Recorded r = new Recorded();
    Tensor z = r.convolution(r.input("x", shape(2, 6, 5, 3)), 3, 1, 4);
    Graph graph = r.graph(r.normalised(z), z);
    assertEquals(List.of("conv2d", "batch_norm_inference"), names(Fusion.rewrite(graph)));
  }

  @Test
  void aNormalisationInTrainingStays() {
    Recorded r = new Recorded();
    Tensor z = r.convolution(r.input("x", shape(2, 6, 5, 3)), 3, 1, 4);
    Tensor y = r.normalised(z, new BatchNorm(0.1f, 1e-5f), new float[] {1}, new float[] {1});
    assertEquals(List.of("conv2d", "batch_norm"), names(Fusion.rewrite(r.graph(y))));
  }

  /** As where the layers before frozen statistics are trained. */
  @Test
  void aNormalisationThroughWhichAGradientFlowsStays() {
    Recorded r = new Recorded();
    Tensor z = r.convolution(r.input("x", shape(2, 6, 5, 3)), 3, 1, 4);
    Tensor loss = r.tape.sum(r.tape.relu(r.normalised(z)));
    Autograd.gradients(r.tape, loss, r.parameters.subList(0, 1)).forEach(r.tape::keep);
    Graph graph = r.graph(loss);
    List<String> names = names(Fusion.rewrite(graph));
    assertEquals(List.of("conv2d", "batch_norm_inference", "relu"), names.subList(0, 3));
    assertTrue(
        refusals(graph).stream().anyMatch(why -> why.contains("is read by multiply")),
        () -> refusals(graph).toString());
  }

  @Test
  void aWeightThatIsLargerThanTheResultStays() {
    Recorded r = new Recorded();
    Tensor z = r.convolution(r.input("x", shape(1, 4, 4, 8)), 3, 1, 8);
    Graph graph = r.graph(r.normalised(z));
    assertEquals(List.of("conv2d", "batch_norm_inference"), names(Fusion.rewrite(graph)));
    assertTrue(
        refusals(graph).getFirst().startsWith("the weight has more elements than the result"),
        () -> refusals(graph).toString());
  }

  @Test
  void aSumTakesInItsSecondOperandWhereTheFirstHasAnActivation() {
    Recorded r = new Recorded();
    Tensor x = r.input("x", shape(2, 6, 5, 3));
    Tensor a = r.tape.addBias(r.convolution(x, 3, 1, 4), r.input("bias", shape(4)));
    Tensor b = r.tape.addBias(r.convolution(x, 3, 1, 4), r.input("bias", shape(4)));
    Graph graph = r.graph(r.tape.add(r.tape.relu(a), b));
    assertEquals(List.of("fused_conv2d", "fused_conv2d"), names(Fusion.rewrite(graph)));
  }

  @Test
  void aSumLeavesAConvolutionThatIsReadTwice() {
    Recorded r = new Recorded();
    Tensor x = r.input("x", shape(2, 6, 5, 3));
    Tensor a = r.tape.addBias(r.convolution(x, 3, 1, 4), r.input("bias", shape(4)));
    Tensor active = r.tape.relu(a);
    Tensor b = r.tape.addBias(r.convolution(x, 3, 1, 4), r.input("bias", shape(4)));
    Graph graph = r.graph(r.tape.add(active, b), r.tape.add(b, active));
    assertEquals(
        List.of("fused_conv2d", "fused_conv2d", "add", "add"), names(Fusion.rewrite(graph)));

    Recorded one = new Recorded();
    Tensor image = one.input("x", shape(2, 6, 5, 3));
    Tensor c = one.tape.addBias(one.convolution(image, 3, 1, 4), one.input("bias", shape(4)));
    assertEquals(
        List.of("fused_conv2d", "add"), names(Fusion.rewrite(one.graph(one.tape.add(c, c)))));
  }
}
