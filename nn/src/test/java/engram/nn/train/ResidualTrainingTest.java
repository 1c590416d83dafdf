package engram.nn.train;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.opencl.OpenClBackend;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.backend.reference.ReferenceBackend;
import engram.backend.vector.VectorBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.model.Models;
import engram.nn.model.NetworkText;
import engram.nn.optim.Sgd;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of two ways, strided and 1 x 1 convolutions, norms of features: on odd sizes. */
class ResidualTrainingTest {
  private static final int IMAGES = 6;
  private static final Shape ODD = shape(7, 5, 2);

  /** Everything that residual networks are made of, in small. */
  private static final String SMALL =
      """
      conv 4 3 pad 1 no-bias, bn, relu,
      residual(conv 4 3 pad 1 no-bias, bn, relu, conv 4 3 pad 1 no-bias, bn), relu,
      residual(conv 5 3 stride 2 pad 1 no-bias, bn, relu, conv 5 3 pad 1; conv 5 1 stride 2, bn),
      relu, pool 2 stride 1, global-pool, residual(linear 5 no-bias, bn, leaky-relu, linear 5),
      classifier no-bias bn
      """;

  private static Examples batch(Shape input) {
    CounterRandom random = CounterRandom.of(3, "images");
    float[][] images = new float[IMAGES][input.elements()];
    for (int i = 0; i < IMAGES * input.elements(); i++) {
      images[i / input.elements()][i % input.elements()] = (float) random.normal(i);
    }
    return Examples.of(images, 0, 1, 2, 0, 1, 2);
  }

  private static float[] trained(Sequential model, Backend backend, int steps) {
    Network network = Network.create(model, backend, 1);
    Trainer trainer = new Trainer(network, Objective.crossEntropy(), new Sgd(0.05));
    for (int i = 0; i < steps; i++) {
      trainer.train(batch(model.input()));
    }
    return network.parameters().snapshot();
  }

  /** With this seed no ReLU comes so near to its bend that a finite difference steps over it. */
  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Network network = Network.create(NetworkText.parse(SMALL, ODD, 3), new ReferenceBackend(), 2);
    List<ObjectiveCheck.Entry> entries =
        ObjectiveCheck.of(network, Objective.crossEntropy(), batch(ODD));
    assertTrue(entries.size() > 500, "entries: " + entries.size());
    assertTrue(entries.stream().filter(entry -> Math.abs(entry.analytic()) > 1e-2).count() > 250);
    for (ObjectiveCheck.Entry entry : entries) {
      assertTrue(entry.error() < 1e-6, entry.toString());
    }
  }

  @Test
  void everyProcessorBackendLearnsWhatTheReferenceLearns() {
    Sequential model = NetworkText.parse(SMALL, ODD, 3);
    float[] expected = trained(model, new ReferenceBackend(), 3);
    try (Backend vector = VectorBackend.open(2);
        Backend plain = VectorBackend.plain(2)) {
      assertArrayEquals(expected, trained(model, vector, 3), 1e-4f);
      assertArrayEquals(expected, trained(model, plain, 3), 1e-4f);
    }
  }

  /** Skipped, with the package to install, where there is no OpenCL device. */
  @Tag("device")
  @Test
  void openClLearnsWhatTheReferenceLearns() {
    OpenClDevice device;
    try {
      device = OpenClDevices.preferred();
    } catch (OpenClException e) {
      device = Assumptions.abort(e.getMessage());
    }
    Sequential model = NetworkText.parse(SMALL, ODD, 3);
    try (Backend backend = OpenClBackend.open(device, _ -> {})) {
      assertArrayEquals(
          trained(model, new ReferenceBackend(), 3), trained(model, backend, 3), 1e-4f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp 50 2", "lenet", "resnet20", "resnet18-slim", "bn-map"})
  void twoThreadsLearnTheSameBitsAsOne(String name) {
    Sequential model = Models.of(name, shape(15, 13, 1), 3);
    try (Backend one = VectorBackend.open(1);
        Backend two = VectorBackend.open(2)) {
      float[] expected = trained(model, one, 2);
      assertArrayEquals(expected, trained(model, two, 2));
    }
  }
}
