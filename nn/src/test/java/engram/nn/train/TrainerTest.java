package engram.nn.train;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.backend.vector.VectorBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Dropout;
import engram.nn.layer.Flatten;
import engram.nn.layer.GlobalAveragePool;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.Mode;
import engram.nn.layer.Relu;
import engram.nn.optim.Adam;
import engram.nn.optim.Optimiser;
import engram.nn.optim.Sgd;
import engram.op.Assign;
import engram.op.CrossEntropy;
import engram.op.Elementwise;
import engram.op.KdLoss;
import engram.op.Reduce;
import engram.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private final Backend backend = new ReferenceBackend();

  private static Trainer trainer(Network network, Optimiser optimiser, double rate) {
    Trainer trainer = new Trainer(network, Objective.crossEntropy(), optimiser);
    trainer.learningRate((float) rate);
    return trainer;
  }

  private static float lossAfter(Trainer trainer, int steps) {
    TrainingStep step = trainer.step(16);
    for (int i = 0; i < steps; i++) {
      Toy.fill(step, i);
      step.run();
    }
    return step.loss();
  }

  @Test
  void learnsToTellColoursApart() {
    Network network = Toy.network(backend);
    assertTrue(lossAfter(trainer(network, new Adam(), 0.01), 30) < 0.1);
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
    Trainer trainer = trainer(network, new Sgd(), 0.5);
    lossAfter(trainer, 1);
    float[] after = network.parameters().snapshot();
    float[] gradients = trainer.optimiser().gradients().read();
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i] - 0.5f * gradients[i], after[i], 1e-6);
    }
  }

  @Test
  void stepsOfDifferentBatchSizesShareParametersAndMoments() {
    Trainer trainer = trainer(Toy.network(backend), new Adam(), 0.01);
    lossAfter(trainer, 5);
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
    lossAfter(trainer(network, new Adam(0.9, 0.999, 1e-8, 0.1, true), 0.01), 3);
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
            new Sgd(),
            new TrainingOptions().withClip(0.25));
    lossAfter(trainer, 1);
    double squares = 0;
    for (float g : trainer.optimiser().gradients().read()) {
      squares += (double) g * g;
    }
    assertEquals(0.25, Math.sqrt(squares), 1e-5);
  }

  /** The adjustment here: gradients plus three times those of the same loss, taken once more. */
  @Test
  void anObjectiveMayAdjustTheGradientsBeforeTheUpdate() {
    Objective plain = Objective.crossEntropy();
    Objective adjusted =
        new Objective() {
          @Override
          public Tensor loss(StepTape step) {
            return plain.loss(step);
          }

          @Override
          public void adjust(StepTape step, Tensor gradients) {
            Tensor again = step.gradients("again", plain.loss(step));
            Tensor sum = step.add(gradients, step.scale(3, again));
            step.tape().record("", new Assign(), List.of(gradients, sum));
          }
        };
    float[] once = gradientsOf(plain);
    float[] fourTimes = gradientsOf(adjusted);
    for (int i = 0; i < once.length; i++) {
      assertEquals(4 * once[i], fourTimes[i], 1e-5);
    }
  }

  private float[] gradientsOf(Objective objective) {
    Trainer trainer = new Trainer(Toy.network(backend), objective, new Sgd());
    TrainingStep step = trainer.step(5);
    Toy.fill(step, 1);
    step.run();
    return trainer.optimiser().gradients().read();
  }

  @Test
  void aTeacherIsAskedButNotTrained() {
    Network teacher = Toy.network(backend);
    Network student = teacher.grow(5, 2);
    float[] before = teacher.parameters().snapshot();
    Trainer trainer =
        new Trainer(
            student,
            step -> {
              Tensor logits = step.forward().logits();
              Tensor old = step.frozen(teacher).forward(step.images(), Mode.EVALUATION).logits();
              Tensor ce = step.apply(new CrossEntropy(), logits, step.labels());
              Tensor kd = step.keep("kd", step.apply(new KdLoss(2), logits, old));
              return step.add(step.keep("ce", ce), kd);
            },
            new Adam());
    trainer.learningRate(0.01f);
    TrainingStep step = trainer.step(16);
    Toy.fill(step, 1);
    step.run();
    assertEquals(0, step.value("kd"), 1e-9, "student and teacher agree at first");
    assertEquals(step.loss(), step.value("ce") + step.value("kd"), 1e-6);
    step.run();
    assertTrue(step.value("kd") > 0);
    assertArrayEquals(before, teacher.parameters().snapshot());
  }

  @Test
  void aPenaltyOnAllParametersAddsToTheirGradients() {
    Network network = Toy.network(backend);
    float[] parameters = network.parameters().snapshot();
    Trainer plain = trainer(network.copy(), new Sgd(), 0);
    lossAfter(plain, 1);
    Trainer penalised =
        new Trainer(
            network,
            step -> {
              Tensor flat = step.network().flat();
              Tensor square = step.apply(Elementwise.multiply(), flat, flat);
              Tensor norm = step.apply(Reduce.sumOfAll(square.shape()), square);
              return step.add(Objective.crossEntropy().loss(step), step.scale(3, norm));
            },
            new Sgd());
    lossAfter(penalised, 1);
    float[] expected = plain.optimiser().gradients().read();
    float[] received = penalised.optimiser().gradients().read();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] + 6 * parameters[i], received[i], 1e-5);
    }
  }

  @Test
  void aBatchOfPartsCanWeighThemApart() {
    Trainer trainer =
        new Trainer(
            Toy.network(backend),
            step -> {
              Tensor logits = step.forward().logits();
              Tensor fresh =
                  step.apply(new CrossEntropy(), step.part(0, logits), step.part(0, step.labels()));
              Tensor memory =
                  step.apply(new CrossEntropy(), step.part(1, logits), step.part(1, step.labels()));
              return step.add(step.keep("fresh", fresh), step.keep("memory", memory));
            },
            new Sgd());
    TrainingStep step = trainer.step(5, 2);
    Toy.fill(step, 3);
    step.run();
    assertEquals(7, step.labels().elements());
    assertEquals(step.loss(), step.value("fresh") + step.value("memory"), 1e-6);
    assertNotEquals(step.value("fresh"), step.value("memory"));
  }

  @Test
  void furtherInputsAreFilledByName() {
    Trainer trainer =
        new Trainer(
            Toy.network(backend),
            step ->
                step.apply(
                    Elementwise.multiply(),
                    Objective.crossEntropy().loss(step),
                    step.input("weight", shape(1))),
            new Sgd());
    TrainingStep step = trainer.step(4);
    Toy.fill(step, 3);
    step.input("weight").write(0);
    step.run();
    assertEquals(0, step.loss());
    assertThrows(IllegalArgumentException.class, () -> step.input("wait"));
  }

  @Test
  void batchNormAndDropoutLearnAndAreStillInEvaluation() {
    Sequential model =
        Sequential.of(
            shape(8, 8, 3),
            new Conv2d("conv1", 3, 8, 3, 1),
            new BatchNorm2d("bn1", 8),
            new Relu(),
            new GlobalAveragePool(),
            new Dropout("drop", 0.2f, 4),
            new Linear("fc", 8, 3));
    Network network = Network.create(model, backend, 1);
    float first = lossAfter(trainer(network, new Adam(), 0.05), 1);
    assertTrue(lossAfter(trainer(network, new Adam(), 0.05), 40) < 0.5 * first);
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
            new Dropout("drop", 0.5f, 4),
            new Linear("fc", 192, 3),
            new LeakyRelu(0.5f),
            new Linear("head", 3, 3));
    TrainingStep step = trainer(Network.create(model, backend, 1), new Sgd(), 0).step(4);
    Toy.fill(step, 1);
    step.run();
    float first = step.loss();
    step.run();
    assertNotEquals(first, step.loss());
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
      lossAfter(trainer, 5);
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
        lossAfter(trainer(network, new Adam(), 0.01), 5);
        results[threads - 1] = network.parameters().snapshot();
      }
    }
    assertArrayEquals(results[0], results[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 3})
  void aRecordedStepAllocatesNothingBeyondItsKernels(int batch) {
    TrainingStep step = trainer(Toy.network(backend), new Adam(), 0.01).step(batch);
    float[] labels = Toy.labels(batch, 1);
    float[] images = Toy.images(labels, 1);
    // The median of many: the compiler may change between two runs what a kernel allocates.
    long[] beyond = new long[21];
    for (int i = 0; i < beyond.length; i++) {
      long kernels = allocated(step.plan()::run);
      long whole =
          allocated(
              () -> {
                step.images().write(0, images, 0, images.length);
                step.labels().write(0, labels, 0, labels.length);
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
