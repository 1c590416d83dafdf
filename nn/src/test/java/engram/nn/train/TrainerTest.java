package engram.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.backend.vector.VectorBackend;
import engram.nn.Network;
import engram.nn.optim.Adam;
import engram.nn.optim.Sgd;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of training: what moves, what stays, what is shared. */
class TrainerTest {
  private final Backend backend = new ReferenceBackend();

  @Test
  void learnsToTellColoursApart() {
    Network network = Toy.network(backend);
    assertTrue(Toy.lossAfter(Toy.trainer(network, new Adam(), 0.01), 30) < 0.1);
    float[] labels = Toy.labels(50, 99);
    float[] logits = new Inference(network).logits(Toy.images(labels, 99), 16);
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      for (int k = 1; k < 3; k++) {
        best = logits[3 * i + k] > logits[3 * i + best] ? k : best;
      }
      right += best == labels[i] ? 1 : 0;
    }
    assertTrue(right >= 48, right + " of 50 right");
  }

  @Test
  void gradientDescentWithoutMomentumMovesAgainstTheGradient() {
    Network network = Toy.network(backend);
    float[] before = network.parameters().snapshot();
    Trainer trainer = Toy.trainer(network, new Sgd(0), 0.5);
    Toy.lossAfter(trainer, 1);
    float[] after = network.parameters().snapshot();
    float[] gradients = trainer.optimiser().gradients().read();
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i] - 0.5f * gradients[i], after[i], 1e-6);
    }
  }

  @Test
  void stepsOfDifferentBatchSizesShareParametersAndMoments() {
    Trainer trainer = Toy.trainer(Toy.network(backend), new Adam(), 0.01);
    Toy.lossAfter(trainer, 5);
    TrainingStep last = trainer.step(5);
    Toy.fill(last, 7);
    last.run();
    assertSame(last, trainer.step(5));
    assertEquals(6, trainer.optimiser().moments().getLast().read()[0], "steps that Adam counts");
    assertEquals(6, trainer.steps());
  }

  @Test
  void whatLiesBetweenParametersStaysZero() {
    Network network = Toy.network(backend);
    Toy.lossAfter(Toy.trainer(network, new Adam(1e-3, 0.9, 0.999, 1e-8, 0.1, true), 0.01), 3);
    float[] flat = network.parameters().snapshot();
    int end = network.parameters().layout().slot("fc.bias").offset() + 3;
    for (int i = end; i < flat.length; i++) {
      assertEquals(0f, flat[i]);
    }
  }

  @Test
  void clippingLimitsTheNormOfAllGradientsTogether() {
    Network network = Toy.network(backend);
    Trainer trainer =
        new Trainer(
            network,
            step -> step.scale(1000, Objective.crossEntropy().loss(step)),
            new Sgd(0),
            new TrainingOptions().withClip(0.25));
    Toy.lossAfter(trainer, 1);
    double squares = 0;
    for (float g : trainer.optimiser().gradients().read()) {
      squares += (double) g * g;
    }
    assertEquals(0.25, Math.sqrt(squares), 1e-5);
  }

  @Test
  void fusedAndUnfusedStepsAgree() {
    float[][] results = new float[2][];
    for (int i = 0; i < 2; i++) {
      Network network = Toy.network(backend);
      TrainingOptions options =
          i == 0 ? new TrainingOptions() : new TrainingOptions().withoutFusion();
      Trainer trainer = new Trainer(network, Objective.crossEntropy(), new Adam(), options);
      trainer.learningRate(0.01f);
      Toy.lossAfter(trainer, 5);
      results[i] = network.parameters().snapshot();
    }
    assertArrayEquals(results[0], results[1], 1e-5f);
  }

  @Test
  void numberOfThreadsChangesNoBit() {
    float[][] results = new float[2][];
    for (int threads = 1; threads <= 2; threads++) {
      try (Backend vector = VectorBackend.open(threads)) {
        Network network = Toy.network(vector);
        Toy.lossAfter(Toy.trainer(network, new Adam(), 0.01), 5);
        results[threads - 1] = network.parameters().snapshot();
      }
    }
    assertArrayEquals(results[0], results[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 3})
  void aRecordedStepAllocatesNothingBeyondItsKernels(int batch) {
    TrainingStep step = Toy.trainer(Toy.network(backend), new Adam(), 0.01).step(batch);
    float[] labels = Toy.labels(batch, 1);
    float[] images = Toy.images(labels, 1);
    // The median of many: the compiler may change between two runs what a kernel allocates.
    long[] beyond = new long[21];
    for (int i = 0; i < beyond.length; i++) {
      long kernels = allocated(step.plan()::run);
      long whole =
          allocated(
              () -> {
                step.inputs().write(0, images, 0, images.length);
                step.targets().write(0, labels, 0, labels.length);
                step.run();
                step.loss();
              });
      beyond[i] = whole - kernels;
    }
    Arrays.sort(beyond);
    assertEquals(0, beyond[beyond.length / 2], "bytes in a step beyond those of its kernels");
  }

  private static long allocated(Runnable work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
