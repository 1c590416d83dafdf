package engram.nn.verify;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.opencl.OpenClBackend;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.backend.reference.ReferenceBackend;
import engram.backend.vector.VectorBackend;
import engram.nn.io.SafeTensors;
import engram.nn.verify.Outcome.Verdict;
import engram.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final Path GOLDEN = FOLDER.resolve("libtorch-2.10.safetensors");

  /**
   * More from libtorch: strides, odd sizes, padded pools, cold and hot distillation, Nesterov,
   * AdamW, and a training run in which a pool meets a tie but for a rounding error.
   */
  private static final Path MORE = FOLDER.resolve("libtorch-2.10-more.safetensors");

  /**
   * The parts of networks, and networks trained by their texts for five steps: batch norms,
   * residual sums, multi-layer perceptrons, and a residual network with a way around.
   */
  private static final Path NETWORKS = FOLDER.resolve("libtorch-2.10-networks.safetensors");

  /**
   * Single ops in double precision: strides, 512, 6 and 1 channels, odd numbers of them, one image.
   * Operands are drawn and results sketched; {@code VectorMain} of the peers writes it.
   */
  static final Path SHAPES = FOLDER.resolve("libtorch-2.10-shapes.safetensors");

  @TempDir Path folder;

  @Tag("slow")
  @Timeout(600)
  @Test
  void theReferenceComputesWhatTorchComputes() throws IOException {
    everyCasePasses(19, GOLDEN, new ReferenceBackend());
    everyCasePasses(47, SHAPES, new ReferenceBackend());
  }

  @Test
  void theVectorBackendComputesWhatTorchComputes() throws IOException {
    try (Backend backend = VectorBackend.open(2)) {
      everyCasePasses(19, GOLDEN, backend);
      everyCasePasses(26, MORE, backend);
      everyCasePasses(47, SHAPES, backend);
      networksAgree(backend);
    }
  }

  @Test
  void thePlainLoopsComputeWhatTorchComputes() throws IOException {
    try (Backend backend = VectorBackend.plain(2)) {
      everyCasePasses(47, SHAPES, backend);
    }
  }

  /** Skipped, with the package to install, where there is no OpenCL device. */
  @Tag("device")
  @Timeout(300)
  @Test
  void theOpenClBackendComputesWhatTorchComputes() throws IOException {
    OpenClDevice device;
    try {
      device = OpenClDevices.preferred();
    } catch (OpenClException e) {
      device = Assumptions.abort(e.getMessage());
    }
    try (Backend backend = OpenClBackend.open(device, _ -> {})) {
      everyCasePasses(19, GOLDEN, backend);
      everyCasePasses(26, MORE, backend);
      everyCasePasses(12, everyFourth(SHAPES), backend);
      networksAgree(backend);
    }
  }

  /** For a device whose compiler takes seconds for each shape; engram verify runs all. */
  private Path everyFourth(Path all) throws IOException {
    SafeTensors vectors = SafeTensors.read(all);
    Map<String, SafeTensors.Entry> tensors = new LinkedHashMap<>();
    Map<String, String> cases = new LinkedHashMap<>();
    List<String> names = vectors.metadata().keySet().stream().sorted().toList();
    for (int i = 0; i < names.size(); i += 4) {
      String name = names.get(i).substring("case.".length());
      cases.put(names.get(i), vectors.metadata().get(names.get(i)));
      VectorCase.below(vectors.tensors(), name)
          .forEach((role, entry) -> tensors.put(name + "/" + role, entry));
    }
    Path some = folder.resolve("some.safetensors");
    new SafeTensors(tensors, cases).write(some);
    return some;
  }

  private static void everyCasePasses(int cases, Path file, Backend backend) throws IOException {
    List<Outcome> outcomes = Verification.run(file, backend);
    assertEquals(cases, outcomes.size());
    for (Outcome outcome : outcomes) {
      assertTrue(outcome.passed(), outcome.toString());
    }
  }

  /** Closer than a case has to be: their rates are small, so that rounding errors hardly grow. */
  private static void networksAgree(Backend backend) throws IOException {
    everyCasePasses(14, NETWORKS, backend);
    for (Outcome outcome : Verification.run(NETWORKS, backend)) {
      assertTrue(outcome.error() <= 1e-4, outcome.toString());
    }
  }

  /** Runs one case on the reference backend. */
  private Outcome run(String attributes, Map<String, SafeTensors.Entry> roles) throws IOException {
    Map<String, SafeTensors.Entry> tensors = new LinkedHashMap<>();
    roles.forEach((role, entry) -> tensors.put("one/" + role, entry));
    Path file = folder.resolve("vectors.safetensors");
    new SafeTensors(tensors, Map.of("case.one", attributes)).write(file);
    List<Outcome> outcomes = Verification.run(file, new ReferenceBackend());
    assertEquals(1, outcomes.size());
    return outcomes.getFirst();
  }

  private static SafeTensors.Entry row(float... values) {
    return new SafeTensors.Entry(shape(1, values.length), values);
  }

  @Test
  void aWrongExpectationFailsAndNamesTheResult() throws IOException {
    Map<String, SafeTensors.Entry> roles =
        Map.of("x", row(-1, 2), "y", row(-0.1f, 2), "dy", row(1, 1), "dx", row(0.1f, 1.001f));
    Outcome outcome = run("op=leaky_relu;slope=0.1", roles);
    assertEquals(Verdict.FAIL, outcome.verdict());
    assertEquals("dx", outcome.detail());
    assertEquals(1e-3, outcome.error(), 1e-5);
  }

  /** On the reference backend a case can take minutes: whoever waits hears of each. */
  @Test
  void eachCaseIsToldWhenItBeginsAndWhenItEnds() throws IOException {
    Path file = folder.resolve("vectors.safetensors");
    new SafeTensors(
            Map.of("a/x", row(1), "a/y", row(1), "stray", row(1)), Map.of("case.a", "op=relu"))
        .write(file);
    List<String> told = new ArrayList<>();
    Verification.run(
        file,
        new ReferenceBackend(),
        new Verification.Listener() {
          @Override
          public void begins(String name, int number, int cases) {
            told.add("%s begins, %d of %d".formatted(name, number, cases));
          }

          @Override
          public void ends(Outcome outcome) {
            told.add("%s: %s".formatted(outcome.name(), outcome.verdict()));
          }
        });
    assertEquals(List.of("a begins, 1 of 1", "a: PASS", "stray: NOT_UNDERSTOOD"), told);
  }

  /** Operands by their seed, y by its sketch: one element in 2,000 that is wrong fails. */
  @Test
  void drawnOperandsAndSketchedResultsStandForTensors() throws IOException {
    Shape shape = shape(20, 100);
    float[] y = Drawn.values(3, "x", shape);
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(0, y[i]);
    }
    String attributes = "op=relu;seed=3;" + Drawn.attribute("x", shape);
    assertEquals("draw.x=20x100", Drawn.attribute("x", shape));
    assertTrue(run(attributes, sketched(y)).passed());
    y[1234] += 1e-3f;
    Outcome outcome = run(attributes, sketched(y));
    assertEquals(Verdict.FAIL, outcome.verdict());
    double length = Sketch.of(y.length, i -> y[i]).length();
    assertEquals(1e-3 / length, outcome.error(), 1e-6 / length);
    assertEquals(Verdict.NOT_UNDERSTOOD, run(attributes + ";draw.z=3", sketched(y)).verdict());
  }

  private static Map<String, SafeTensors.Entry> sketched(float... y) {
    return Map.of("y" + Sketch.SUFFIX, Sketch.of(y.length, i -> y[i]).entry());
  }

  @Test
  void resultsThatAreNotNumbersFail() throws IOException {
    Outcome outcome = run("op=relu", Map.of("x", row(1, Float.NaN), "y", row(1, 0)));
    assertEquals(Verdict.FAIL, outcome.verdict());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "op=gelu",
        "op=relu;threshold=1",
        "op=relu;bias",
        "op=relu;a=1;a=1",
        "op=leaky_relu;slope=steep",
        "op=leaky_relu;slope=2",
        "op=max_pool2d;kernel=2",
        "op=adam"
      })
  void whatIsNotUnderstoodIsSaidAndDoesNotPass(String attributes) throws IOException {
    Outcome outcome = run(attributes, Map.of("x", row(1, 2), "y", row(1, 2)));
    assertEquals(Verdict.NOT_UNDERSTOOD, outcome.verdict(), outcome.toString());
    assertTrue(outcome.toString().startsWith("FAIL"), outcome.toString());
  }

  @Test
  void tensorsThatNobodyLooksAtAreNotUnderstood() throws IOException {
    Outcome outcome = run("op=relu", Map.of("x", row(1), "y", row(1), "mask", row(1)));
    assertEquals(Verdict.NOT_UNDERSTOOD, outcome.verdict());
  }

  @Test
  void plainAttributesOfTorchGoWithoutSaying() throws IOException {
    Map<String, SafeTensors.Entry> roles = Map.of("x", row(1, -2), "y", row(1, 0));
    assertTrue(run("op=relu;inplace=False;seed=3", roles).passed());
  }

  @Test
  void poolsOverlapAndPadAsInTorch() throws IOException {
    Map<String, SafeTensors.Entry> roles = new LinkedHashMap<>();
    roles.put(
        "x",
        new SafeTensors.Entry(shape(1, 1, 3, 3), new float[] {-1, -2, -3, -4, -9, -5, -6, -7, -8}));
    roles.put("y", new SafeTensors.Entry(shape(1, 1, 2, 2), new float[] {-1, -2, -4, -5}));
    roles.put("dy", new SafeTensors.Entry(shape(1, 1, 2, 2), new float[] {1, 2, 3, 4}));
    roles.put(
        "dx", new SafeTensors.Entry(shape(1, 1, 3, 3), new float[] {1, 2, 0, 3, 0, 4, 0, 0, 0}));
    Outcome outcome = run("op=max_pool2d;kernel=(3,3);stride=2;padding=1", roles);
    assertTrue(outcome.passed(), outcome.toString());
  }

  @Test
  void softmaxOverAnOuterAxisIsRearranged() throws IOException {
    float half = 0.5f;
    SafeTensors.Entry x = new SafeTensors.Entry(shape(2, 2), new float[] {1, 5, 1, 5});
    SafeTensors.Entry y = new SafeTensors.Entry(shape(2, 2), new float[] {half, half, half, half});
    assertTrue(run("op=softmax;dim=0", Map.of("x", x, "y", y)).passed());
    assertEquals(Verdict.FAIL, run("op=softmax;dim=1", Map.of("x", x, "y", y)).verdict());
  }

  @Test
  void nesterovMomentumAndWeightDecayFollowTheirFormula() throws IOException {
    // d = 0.5 + 0.1 * 2 = 0.7, velocity 0.7, p = 2 - 0.1 * (0.7 + 0.9 * 0.7) = 1.867
    Map<String, SafeTensors.Entry> roles =
        Map.of("p0", row(2), "grads", row(0.5f), "p", row(1.867f));
    String attributes = "op=sgd;lr=0.1;momentum=0.9;weight_decay=0.1;nesterov=";
    assertTrue(run(attributes + "True", roles).passed());
    assertEquals(Verdict.FAIL, run(attributes + "False", roles).verdict());
  }

  @Test
  void decoupledWeightDecayShrinksTheParameter() throws IOException {
    // p = 2 - 0.1 * 0.01 * 2 - 0.1 * 0.5 / (0.5 + 1e-8) = 1.898
    Map<String, SafeTensors.Entry> roles =
        Map.of("p0", row(2), "grads", row(0.5f), "p", row(1.898f));
    assertTrue(run("op=adamw;lr=0.1;betas=0.9,0.999;steps=1", roles).passed());
    assertEquals(Verdict.FAIL, run("op=adam;lr=0.1;weight_decay=0.01", roles).verdict());
  }

  @Test
  void batchNormUpdatesItsRunningStatistics() throws IOException {
    // Mean 2 and variance 1; the unbiased variance is 2 * 1 / (2 - 1) = 2.
    SafeTensors.Entry x = new SafeTensors.Entry(shape(2, 1, 1, 1), new float[] {1, 3});
    SafeTensors.Entry y = new SafeTensors.Entry(shape(2, 1, 1, 1), new float[] {-1, 1});
    Map<String, SafeTensors.Entry> roles = new LinkedHashMap<>();
    roles.put("x", x);
    roles.put("gamma", new SafeTensors.Entry(shape(1), new float[] {1}));
    roles.put("beta", new SafeTensors.Entry(shape(1), new float[] {0}));
    roles.put("running_mean", new SafeTensors.Entry(shape(1), new float[] {0}));
    roles.put("running_var", new SafeTensors.Entry(shape(1), new float[] {1}));
    roles.put("y", y);
    roles.put("running_mean_after", new SafeTensors.Entry(shape(1), new float[] {0.5f}));
    roles.put("running_var_after", new SafeTensors.Entry(shape(1), new float[] {1.25f}));
    String attributes = "op=batch_norm;eps=1e-12;momentum=0.25;training=";
    Outcome outcome = run(attributes + "True", roles);
    assertTrue(outcome.passed(), outcome.toString());
    assertEquals(Verdict.FAIL, run(attributes + "False", roles).verdict());
  }

  /** One step of a linear classifier: the gradient of the bias is p - 1 and p. */
  @Test
  void aNetworkIsTrainedByItsText() throws IOException {
    float[] zeros = new float[4];
    Map<String, SafeTensors.Entry> roles = new LinkedHashMap<>();
    roles.put("init/fc.weight", new SafeTensors.Entry(shape(2, 2), zeros));
    roles.put("init/fc.bias", new SafeTensors.Entry(shape(2), new float[2]));
    roles.put("x", new SafeTensors.Entry(shape(1, 1, 2, 1, 1), new float[] {1, 0}));
    roles.put("labels", row(0));
    roles.put("losses", row((float) Math.log(2)));
    roles.put("final/fc.weight", new SafeTensors.Entry(shape(2, 2), new float[] {2, 0, -2, 0}));
    roles.put("final/fc.bias", new SafeTensors.Entry(shape(2), new float[] {2, -2}));
    roles.put("final/bn1.num_batches_tracked", row(1));
    roles.put("logits", row(4, -4));
    String train = "op=network_train;optimizer=sgd;lr=4;network=";
    Outcome outcome = run(train + "flatten", roles);
    assertTrue(outcome.passed(), outcome.toString());
    // A semicolon within parentheses is the network's: this one sees twice the pixels.
    assertEquals(Verdict.FAIL, run(train + "residual(flatten; flatten)", roles).verdict());
    for (String wrong : List.of("flaten", "flatten, a: classifier", "flatten;nesterow=True")) {
      assertEquals(Verdict.NOT_UNDERSTOOD, run(train + wrong, roles).verdict(), wrong);
    }
  }

  @Test
  void aFileWithoutCasesIsNoVectorFile() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    new SafeTensors(Map.of("w", row(1)), Map.of()).write(file);
    IOException e =
        assertThrows(IOException.class, () -> Verification.run(file, new ReferenceBackend()));
    assertTrue(e.getMessage().contains("not a vector file"), e.getMessage());
  }

  @Test
  void aTensorWithoutItsCaseIsAnOutcomeOfItsOwn() throws IOException {
    Path file = folder.resolve("vectors.safetensors");
    Map<String, SafeTensors.Entry> tensors = new LinkedHashMap<>();
    tensors.put("a/x", row(1));
    tensors.put("a/y", row(1));
    tensors.put("b/x", row(1));
    new SafeTensors(tensors, Map.of("case.a", "op=relu")).write(file);
    List<Outcome> outcomes = Verification.run(file, new ReferenceBackend());
    assertEquals(
        List.of(Verdict.PASS, Verdict.NOT_UNDERSTOOD),
        outcomes.stream().map(Outcome::verdict).toList());
  }
}
