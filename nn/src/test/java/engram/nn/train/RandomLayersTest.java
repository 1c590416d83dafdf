package engram.nn.train;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Dropout;
import engram.nn.layer.Flatten;
import engram.nn.layer.GlobalAveragePool;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.Relu;
import engram.nn.optim.Adam;
import engram.nn.optim.Sgd;
import org.junit.jupiter.api.Test;

/** Layers that act otherwise in training than in evaluation. */
class RandomLayersTest {
  private final Backend backend = new ReferenceBackend();

  @Test
  void batchNormAndDropoutLearnAndAreStillInEvaluation() {
    Sequential model =
        Sequential.of(
            shape(8, 8, 3),
            new Conv2d(3, 8, 3, 1),
            new BatchNorm2d(8),
            new Relu(),
            new GlobalAveragePool(),
            new Dropout(0.2f, 4).named("drop"),
            new Linear(8, 3).named("fc"));
    Network network = Network.create(model, backend, 1);
    float first = Toy.lossAfter(Toy.trainer(network, new Adam(), 0.05), 1);
    assertTrue(Toy.lossAfter(Toy.trainer(network, new Adam(), 0.05), 40) < 0.5 * first);
    float[] running = network.state().readTorch("bn1.running_var");
    assertNotEquals(1f, running[0]);
    float[] images = Toy.images(Toy.labels(6, 5), 5);
    assertArrayEquals(
        new Inference(network).logits(images, 6), new Inference(network).logits(images, 2), 1e-5f);
    assertArrayEquals(running, network.state().readTorch("bn1.running_var"));
  }

  @Test
  void dropoutDropsSomethingElseInEachStep() {
    Sequential model =
        Sequential.of(
            shape(8, 8, 3),
            new Flatten(),
            new Dropout(0.5f, 4).named("drop"),
            new Linear(192, 3).named("fc"),
            new LeakyRelu(0.5f),
            new Linear(3, 3).named("head"));
    TrainingStep step = Toy.trainer(Network.create(model, backend, 1), new Sgd(0), 0).step(4);
    Toy.fill(step, 1);
    step.run();
    float first = step.loss();
    step.run();
    assertNotEquals(first, step.loss());
  }
}
