package engram.bench.export;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.nn.Network;
import engram.nn.Parameters;
import engram.nn.Sequential;
import engram.nn.layer.Flatten;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.model.Models;
import engram.nn.train.Inference;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read by ONNX Runtime, which must give the same logits. */
class OnnxModelTest {
  private static final Shape IMAGE = shape(32, 32, 3);
  private static final Shape ODD = shape(17, 19, 3);
  private static final OnnxModel.Form FOLDED = new OnnxModel.Form(true, false);
  private static final OnnxModel.Form KEPT = new OnnxModel.Form(false, false);
  static final List<String> NAMES = Models.NAMES;

  /** Together each word of the language. */
  static final List<String> TEXTS =
      List.of(
          "conv 6 5 stride 2 pad 2, bn eps 0.01, leaky-relu 0.2, pool 3 stride 2, flatten,"
              + " linear 20 no-bias, bn, relu, dropout 0.5, linear 11",
          "first: conv 8 3 pad 1 no-bias, residual(conv 8 3 pad 1, bn, relu, conv 8 3 pad 1, bn),"
              + " relu, residual(conv 12 3 stride 2 pad 1, bn; conv 12 1 stride 2 no-bias, bn),"
              + " relu, block(conv 5 1, bn, leaky-relu), 2 x (conv 5 3 pad 1, relu), global-pool",
          "conv 3 3, relu_2: relu, relu, relu, flatten",
          "conv 7 3, pool 2, bn, relu, conv 4 3, flatten, classifier no-bias bn");

  /** A network in which nothing is what it was created with, running statistics least of all. */
  private static Network network(Sequential model, Backend backend) {
    Network network = Network.create(model, backend, 3);
    CounterRandom random = CounterRandom.of(5, "test");
    for (Parameters part : List.of(network.parameters(), network.state())) {
      float[] values = part.snapshot();
      for (int i = 0; i < values.length; i++) {
        values[i] += 0.1f * random.uniform(i);
      }
      part.restore(values);
    }
    return network;
  }

  private static float[] images(Shape image, int count) {
    float[] images = new float[count * image.elements()];
    CounterRandom random = CounterRandom.of(7, "images");
    for (int i = 0; i < images.length; i++) {
      images[i] = 2 * random.uniform(i) - 1;
    }
    return images;
  }

  private static float[] channelsFirst(Shape image, float[] images) {
    int channels = image.dim(2);
    int pixels = image.dim(0) * image.dim(1);
    float[] moved = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int within = i % image.elements();
      moved[i - within + within % channels * pixels + within / channels] = images[i];
    }
    return moved;
  }

  /** Version 1.29 takes the JVM with it where the command line of the process is longer. */
  private static final int LONGEST_COMMAND_LINE = 4000;

  private static OrtSession session(byte[] file) throws OrtException {
    try {
      Path line = Path.of("/proc/self/cmdline");
      int length = Files.exists(line) ? Files.readAllBytes(line).length : 0;
      assumeTrue(
          length < LONGEST_COMMAND_LINE,
          "ONNX Runtime 1.29 ends a process whose command line has %d bytes; give the class path in the environment or an argument file"
              .formatted(length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return OrtEnvironment.getEnvironment().createSession(file);
  }

  /** What ONNX Runtime gives for images [N, H, W, C]. */
  static float[] run(byte[] file, Shape image, float[] images) throws OrtException {
    long count = images.length / image.elements();
    try (OrtSession session = session(file);
        OnnxTensor input =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                FloatBuffer.wrap(channelsFirst(image, images)),
                new long[] {count, image.dim(2), image.dim(0), image.dim(1)});
        OrtSession.Result result = session.run(Map.of("images", input))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] floats = new float[values.remaining()];
      values.get(floats);
      return floats;
    }
  }

  static double distance(float[] expected, float[] received) {
    assertEquals(expected.length, received.length);
    double gap = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      gap += Math.pow(expected[i] - received[i], 2);
      length += Math.pow(expected[i], 2);
    }
    return Math.sqrt(gap / length);
  }

  private static void sameLogits(Sequential model) throws OrtException {
    try (Backend backend = VectorBackend.open(1)) {
      Network network = network(model, backend);
      for (OnnxModel.Form form : List.of(FOLDED, KEPT)) {
        byte[] file = OnnxModel.of(network, form, Map.of()).bytes();
        for (int count : List.of(1, 5)) {
          float[] images = images(model.input(), count);
          float[] expected = new Inference(network).logits(images, count);
          double distance = distance(expected, run(file, model.input(), images));
          assertTrue(distance < 1e-5, "%s, %d images: %s".formatted(form, count, distance));
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyNamedNetworkGivesTheSameLogits(String name) throws OrtException {
    sameLogits(Models.of(name, IMAGE, 10));
  }

  @ParameterizedTest
  @FieldSource("TEXTS")
  void everyWordGivesTheSameLogits(String text) throws OrtException {
    sameLogits(Models.of(text, ODD, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp 30 1", "lenet"})
  void greyImagesToo(String name) throws OrtException {
    sameLogits(Models.of(name, shape(28, 28, 1), 10));
  }

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() throws OrtException {
    Shape image = shape(4, 4, 1);
    try (Backend backend = VectorBackend.open(1)) {
      Network network = network(Models.of("mlp 8 1", image, 3), backend);
      float[] images = images(image, 2);
      float[] logits = run(OnnxModel.of(network, FOLDED, Map.of()).bytes(), image, images);
      float[] expected = new float[6];
      for (int i = 0; i < 6; i++) {
        int row = i - i % 3;
        double sum = Math.exp(logits[row]) + Math.exp(logits[row + 1]) + Math.exp(logits[row + 2]);
        expected[i] = (float) (Math.exp(logits[i]) / sum);
      }
      OnnxModel soft = OnnxModel.of(network, new OnnxModel.Form(true, true), Map.of());
      assertEquals("probabilities [N, 3]", soft.output().toString());
      assertArrayEquals(expected, run(soft.bytes(), image, images), 1e-6f);
    }
  }

  @Test
  void theBatchIsFreeAndTheRestIsSaid() throws OrtException {
    try (Backend backend = VectorBackend.open(1)) {
      Network network = network(Models.of("mlp 8 1", shape(4, 6, 3), 5), backend);
      Map<String, String> notes = Map.of("pixels", "unit", "classes", "[\"stop\",\"Überholen\"]");
      OnnxModel model = OnnxModel.of(network, FOLDED, notes);
      assertEquals("images [N, 3, 4, 6]", model.input().toString());
      try (OrtSession session = session(model.bytes())) {
        NodeInfo images = session.getInputInfo().get("images");
        NodeInfo logits = session.getOutputInfo().get("logits");
        assertArrayEquals(new long[] {-1, 3, 4, 6}, ((TensorInfo) images.getInfo()).getShape());
        assertArrayEquals(new long[] {-1, 5}, ((TensorInfo) logits.getInfo()).getShape());
        assertEquals(notes, session.getMetadata().getCustomMetadata());
        assertEquals("engram", session.getMetadata().getProducerName());
      }
    }
  }

  @Test
  void normsAreFoldedIntoWhatIsBeforeThem() {
    try (Backend backend = VectorBackend.open(1)) {
      Network network = network(Models.of(TEXTS.get(1), ODD, 7), backend);
      OnnxModel folded = OnnxModel.of(network, FOLDED, Map.of());
      OnnxModel kept = OnnxModel.of(network, KEPT, Map.of());
      assertEquals(List.of(5, 0), List.of(folded.folded(), folded.kept()));
      assertEquals(List.of(0, 5), List.of(kept.folded(), kept.kept()));
      assertTrue(folded.bytes().length < kept.bytes().length);
      // Behind a pool nothing takes it.
      Network pooled = network(Models.of(TEXTS.getLast(), ODD, 7), backend);
      OnnxModel mixed = OnnxModel.of(pooled, FOLDED, Map.of());
      assertEquals(List.of(1, 1), List.of(mixed.folded(), mixed.kept()));
    }
  }

  @Test
  void layersOfOnesOwnAreNamed() {
    Layer own = (t, x) -> t.scale(2, x);
    refused(
        "layer \"twice\"",
        Sequential.of(
            shape(4, 4, 1), own.named("twice"), new Flatten(), new Linear(16, 2).named("fc")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flatten, named: bn, linear 4", "flatten, named: residual(linear 12)"})
  void onlyALinearLayerReadsFlattenedPixels(String text) {
    refused("layer \"named\" reads flattened pixels", Models.of(text, shape(2, 2, 3), 3));
  }

  private static void refused(String message, Sequential model) {
    try (Backend backend = VectorBackend.open(1)) {
      Network network = Network.create(model, backend, 1);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> OnnxModel.of(network, FOLDED, Map.of()));
      assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
  }
}
