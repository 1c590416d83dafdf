package engram.nn.model;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.nn.Network;
import engram.nn.io.Checkpoint;
import engram.nn.layer.Mode;
import engram.nn.optim.Adam;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchNormCnnTest {
  private static final int IMAGES = 6;
  private final Backend backend = VectorBackend.open(2);

  @AfterEach
  void close() {
    backend.close();
  }

  /** A network whose running statistics are no longer those it began with. */
  private Network trained() {
    Network network = Network.create(BatchNormCnn.of(shape(32, 32, 3), 5), backend, 1);
    train(network, Objective.crossEntropy());
    return network;
  }

  private static void train(Network network, Objective objective) {
    Trainer trainer = new Trainer(network, objective, new Adam());
    trainer.learningRate(1e-3f);
    TrainingStep step = trainer.step(IMAGES);
    step.inputs().write(images());
    step.targets().write(new float[] {0, 1, 2, 3, 4, 0});
    for (int i = 0; i < 4; i++) {
      step.run();
    }
  }

  private static float[] images() {
    float[] images = new float[IMAGES * 32 * 32 * 3];
    CounterRandom random = CounterRandom.of(3, "images");
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) (0.3 + 1.2 * random.normal(i));
    }
    return images;
  }

  private static Inference.Batch ran(Network network, TrainingOptions options) {
    Inference.Batch batch = new Inference(network, options).batch(IMAGES);
    batch.inputs().write(images());
    batch.run();
    return batch;
  }

  @Test
  void ends256FeaturesWideWhateverTheNumberOfClasses() {
    assertEquals(shape(7, 43), BatchNormCnn.of(shape(32, 32, 3), 43).outputShape(7));
    assertEquals(256, BatchNormCnn.of(shape(32, 32, 3), 43).classifier().in());
    assertEquals(shape(7, 43), BatchNormCnn.onMap(shape(32, 32, 3), 43).outputShape(7));
    assertEquals(4 * 4 * 128, BatchNormCnn.onMap(shape(32, 32, 3), 43).classifier().in());
    // Weights and biases of the convolutions, two numbers a channel of the norms, two linear
    // layers.
    long convolutions = 75 * 32 + 32 + 288 * 64 + 64 + 576 * 128 + 128;
    long linear = 2048 * 256 + 256 + 256 * 43 + 43;
    Network network = Network.create(BatchNormCnn.of(shape(32, 32, 3), 43), backend, 1);
    assertEquals(convolutions + 2 * (32 + 64 + 128) + linear, network.parameters().layout().used());
    assertEquals(2 * (32 + 64 + 128), network.state().layout().used());
  }

  /**
   * What the heads read as features is the input of the classifier in evaluation mode, fused or
   * not, in the reference network and in this one: features . weight + bias are the logits.
   */
  @Test
  void featuresTimesTheClassifierAreTheLogits() {
    Network simple = Network.create(SimpleCnn.of(shape(32, 32, 3), 5), backend, 1);
    train(simple, Objective.crossEntropy());
    for (Network network : new Network[] {simple, trained()}) {
      for (TrainingOptions options :
          new TrainingOptions[] {new TrainingOptions(), new TrainingOptions().withoutFusion()}) {
        Inference.Batch ran = ran(network, options);
        float[] features = ran.features().read();
        float[] weight = network.parameters().buffer("fc.weight").read();
        float[] bias = network.parameters().buffer("fc.bias").read();
        int columns = features.length / IMAGES;
        float[] logits = new float[IMAGES * 5];
        for (int i = 0; i < logits.length; i++) {
          double sum = bias[i % 5];
          for (int c = 0; c < columns; c++) {
            sum += (double) features[i / 5 * columns + c] * weight[i % 5 * columns + c];
          }
          logits[i] = (float) sum;
        }
        assertArrayEquals(logits, ran.logits().read(), 2e-4f);
      }
    }
  }

  /** In evaluation an image's answer does not depend on those beside it. */
  @Test
  void inUseItNormalisesByRunningStatistics() {
    Network network = trained();
    float[] together = new Inference(network).logits(images(), IMAGES);
    float[] oneByOne = new Inference(network).logits(images(), 1);
    assertArrayEquals(together, oneByOne, 1e-4f);
  }

  @Test
  void aTeacherKeepsItsRunningStatisticsAndTheStudentMovesItsOwn() {
    Network teacher = trained();
    Network student = teacher.grow(7, 2);
    float[] before = teacher.state().snapshot();
    train(
        student,
        step -> {
          Tensor old = step.frozen(teacher).forward(step.inputs(), Mode.EVALUATION).logits();
          return step.kd(step.forward().logits(), old, 2);
        });
    assertArrayEquals(before, teacher.state().snapshot());
    assertFalse(Arrays.equals(before, student.state().snapshot()));
  }

  @Test
  void aLargerClassifierAnswersAsBeforeAboutTheOldClasses() {
    Network network = trained();
    float[] before = new Inference(network).logits(images(), IMAGES);
    float[] after = new Inference(network.grow(7, 2)).logits(images(), IMAGES);
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i], after[i / 5 * 7 + i % 5], 1e-5f);
    }
  }

  @Test
  void aCheckpointHoldsTheRunningStatistics(@TempDir Path folder) throws Exception {
    Network network = trained();
    Path file = folder.resolve("bn.safetensors");
    Checkpoint.save(network, Map.of(), file);
    Network loaded = Network.create(BatchNormCnn.of(shape(32, 32, 3), 5), backend, 9);
    Checkpoint.load(file, loaded);
    assertArrayEquals(
        new Inference(network).logits(images(), IMAGES),
        new Inference(loaded).logits(images(), IMAGES));
    assertEquals(
        Stream.of(1, 2, 3)
            .flatMap(i -> Stream.of("bn" + i + ".running_mean", "bn" + i + ".running_var"))
            .toList(),
        loaded.state().layout().slots().stream().map(slot -> slot.spec().name()).toList());
  }
}
