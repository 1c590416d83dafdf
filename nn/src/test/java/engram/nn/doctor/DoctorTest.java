package engram.nn.doctor;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.layer.Relu;
import engram.nn.optim.Adam;
import engram.nn.optim.Optimiser;
import engram.nn.optim.Sgd;
import engram.nn.train.Examples;
import engram.nn.train.Objective;
import engram.nn.train.StepTape;
import engram.nn.train.Trainer;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Twelve faults, each planted in a training that is otherwise well, are named; a well one is not.
 */
class DoctorTest {
  private static final int CLASSES = 4;
  private static final int PIXELS = 6 * 6;

  private final Backend backend = new ReferenceBackend();
  private final List<Finding> findings = new ArrayList<>();

  /** Grey pictures of 6 x 6 with a bright row or column, by which the class can be told. */
  private static float[][] pictures(int count) {
    CounterRandom random = CounterRandom.of(3, "doctor");
    float[][] pictures = new float[count][PIXELS];
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < PIXELS; p++) {
        boolean bright = p / 6 == 1 + label(i);
        pictures[i][p] = (float) (0.3 * random.normal(i * PIXELS + p) + (bright ? 1 : 0));
      }
    }
    return pictures;
  }

  private static int label(int i) {
    return i % CLASSES;
  }

  private static int[] labels(int count) {
    int[] labels = new int[count];
    Arrays.setAll(labels, DoctorTest::label);
    return labels;
  }

  private Network network() {
    return Network.create(
        Sequential.of(
            shape(6, 6, 1),
            new Conv2d(1, 8, 3, 1),
            new Relu(),
            new Flatten(),
            new Linear(288, 16),
            new Relu(),
            new Linear(16, CLASSES).named("fc")),
        backend,
        1);
  }

  private void train(Network network, Objective objective, Optimiser optimiser, Examples data) {
    train(new Trainer(network, objective, optimiser), data, 60);
  }

  private void train(Trainer trainer, Examples data, int steps) {
    Doctor doctor = new Doctor(trainer, findings::add);
    int step = 0;
    for (int epoch = 0; step < steps; epoch++) {
      for (Examples batch : data.shuffled(1, epoch).batches(16)) {
        if (step++ < steps) {
          trainer.train(batch, doctor::run);
        }
      }
      doctor.endPass(0);
    }
  }

  private void train(Network network, Examples data) {
    train(network, Objective.crossEntropy(), new Adam(3e-3), data);
  }

  private static Examples data() {
    return Examples.of(pictures(160), labels(160));
  }

  /** The first finding names the fault: those that follow from it may come behind. */
  private void assertFirst(String symptom, String where) {
    assertTrue(!findings.isEmpty(), "nothing was found");
    assertEquals(symptom, findings.getFirst().symptom(), findings.toString());
    assertEquals(where, findings.getFirst().where(), findings.toString());
  }

  @Test
  void findsNothingWhereAllIsWell() {
    train(new Trainer(network(), Objective.crossEntropy(), new Adam(3e-3)), data(), 240);
    train(network(), Objective.crossEntropy(), new Sgd(0.05, 0.9, true, 5e-4), data());
    assertEquals(List.of(), findings);
  }

  @Test
  void zeroWeights() {
    Network network = network();
    network.parameters().buffer("linear1.weight").write(new float[288 * 16]);
    train(network, data());
    assertFirst("zero-weights", "linear1.weight");
  }

  @Test
  void rateTenThousandTimesTooLarge() {
    train(network(), Objective.crossEntropy(), new Adam(3e-3 * 1e4), data());
    assertEquals("rate-too-large", findings.getFirst().symptom(), findings.toString());
  }

  @Test
  void rateTooSmallForTheNumbers() {
    train(network(), Objective.crossEntropy(), new Sgd(0), data());
    assertFirst("rate-too-small", "all layers");
  }

  @Test
  void pixelsFromZeroTo255() {
    float[][] pictures = pictures(160);
    for (float[] picture : pictures) {
      for (int p = 0; p < PIXELS; p++) {
        picture[p] = Math.clamp(Math.round(100 + 100 * picture[p]), 0, 255);
      }
    }
    train(network(), Examples.of(pictures, labels(160)));
    assertFirst("unscaled-input", "inputs");
    assertTrue(findings.getFirst().remedy().contains("divide by 255"), findings.toString());
  }

  @Test
  void aNanPixel() {
    float[][] pictures = pictures(160);
    pictures[77][2 * 6 + 5] = Float.NaN;
    train(network(), Examples.of(pictures, labels(160)));
    assertFirst("nan-in-input", "inputs");
    assertTrue(findings.getFirst().what().contains("row 2, column 5, channel 0"));
    assertEquals(1, findings.size(), "what only passes it on is not named: " + findings);
  }

  @Test
  void aLabelThatIsNoClass() {
    int[] labels = labels(160);
    labels[77] = CLASSES;
    train(network(), Examples.of(pictures(160), labels));
    assertFirst("label-out-of-range", "labels");
    assertTrue(findings.getFirst().what().contains("label 4, and the loss has classes 0 to 3"));
  }

  /** The first eight pictures are compared among classes 2 and 3, the others among 0 and 1. */
  private static final Objective HALVES =
      step -> {
        Tensor logits = step.forward().logits();
        Tensor late = step.narrow(step.narrow(logits, 0, 0, 8), 1, 2, 2);
        Tensor early = step.narrow(step.narrow(logits, 0, 8, 8), 1, 0, 2);
        Tensor targets = step.targets();
        return step.add(
            step.crossEntropy(late, step.shift(step.narrow(targets, 0, 0, 8), -2)),
            step.crossEntropy(early, step.narrow(targets, 0, 8, 8)));
      };

  private void trainHalves(int[] labels) {
    Trainer trainer = new Trainer(network(), HALVES, new Adam(3e-3));
    Doctor doctor = new Doctor(trainer, findings::add);
    for (int step = 0; step < 5; step++) {
      trainer.train(Examples.of(pictures(16), labels), doctor::run);
    }
  }

  @Test
  void eachPartOfTheLabelsIsHeldAgainstTheClassesOfItsOwnLoss() {
    int[] labels = {2, 3, 2, 3, 2, 3, 2, 3, 0, 1, 0, 1, 0, 1, 0, 1};
    trainHalves(labels);
    assertEquals(List.of(), findings);
    labels[5] = 1;
    trainHalves(labels);
    assertFirst("label-out-of-range", "labels");
    assertTrue(
        findings.getFirst().what().startsWith("picture 5 of the batch has label 1, and the"));
    assertTrue(findings.getFirst().what().endsWith("loss has classes 2 to 3."));
  }

  @Test
  void theLogarithmOfZero() {
    Objective written =
        step -> {
          Tensor shares = step.softmax(step.scale(400, step.forward().logits()));
          Tensor zeros = step.relu(step.affine(1, shares, -0.5));
          return step.scale(-0.01, step.sum(step.log(zeros)));
        };
    train(network(), written, new Adam(3e-3), data());
    assertFirst("log-of-zero", "log");
    assertTrue(findings.getFirst().what().contains("-Infinity"), findings.toString());
  }

  @Test
  void aChannelOfVarianceZero() {
    float[][] pictures = new float[160][2 * PIXELS];
    for (int i = 0; i < 160; i++) {
      float[] grey = pictures(160)[i];
      for (int p = 0; p < PIXELS; p++) {
        pictures[i][2 * p] = grey[p];
        pictures[i][2 * p + 1] = 0.5f;
      }
    }
    Sequential layers =
        Sequential.of(
            shape(6, 6, 2),
            new Conv2d(2, 4, 3, 1),
            new Relu(),
            new Flatten(),
            new Linear(144, CLASSES));
    train(Network.create(layers, backend, 1), Examples.of(pictures, labels(160)));
    assertFirst("constant-feature", "inputs");
  }

  @Test
  void aUnitOfVarianceZero() {
    Network cut =
        Network.create(
            Sequential.of(
                shape(6, 6, 1),
                new Conv2d(1, 4, 3, 1),
                new BatchNorm2d(4),
                new Relu(),
                new Flatten(),
                new Linear(144, CLASSES)),
            backend,
            1);
    float[] weights = cut.parameters().buffer("conv1.weight").read();
    for (int i = 2; i < weights.length; i += 4) {
      weights[i] = 0;
    }
    cut.parameters().buffer("conv1.weight").write(weights);
    train(cut, Objective.crossEntropy(), new Sgd(0.01), data());
    assertFirst("constant-feature", "conv1");
  }

  @Test
  void aDeadRectifier() {
    Network network = network();
    float[] low = new float[16];
    Arrays.fill(low, -50);
    network.parameters().buffer("linear1.bias").write(low);
    train(network, data());
    assertFirst("dead-rectifier", "relu behind linear1");
  }

  @Test
  void decayOfOne() {
    train(network(), Objective.crossEntropy(), new Adam(3e-3, 0.9, 0.999, 1e-8, 1, false), data());
    assertFirst("decay-eats-weights", "all layers");
    findings.clear();
    train(network(), Objective.crossEntropy(), new Sgd(0.05, 0, false, 1), data());
    assertFirst("decay-eats-weights", "all layers");
  }

  @Test
  void shuffledLabels() {
    int[] labels = new int[3200];
    CounterRandom random = CounterRandom.of(9, "shuffled");
    Arrays.setAll(labels, i -> random.below(CLASSES, i));
    Examples data = Examples.of(pictures(3200), labels);
    train(new Trainer(network(), Objective.crossEntropy(), new Adam(1e-3)), data, 200);
    assertFirst("learns-nothing", "loss");
    assertTrue(findings.getFirst().remedy().contains("may not belong"), findings.toString());
  }

  @Test
  void aFrozenLayer() {
    Objective freezing =
        new Objective() {
          @Override
          public Tensor loss(StepTape step) {
            return step.classification(step.forward().logits(), step.targets());
          }

          @Override
          public void adjust(StepTape step, Tensor gradients) {
            Tensor first = step.network().slices(gradients, "cut.").getFirst();
            step.assign(first, step.scale(0, first));
            Tensor second = step.network().slices(gradients, "cut.").get(1);
            step.assign(second, step.scale(0, second));
          }
        };
    train(network(), freezing, new Adam(3e-3), data());
    assertFirst("frozen-layer", "conv1");
  }

  @Test
  void aClassifierThatTheLossSaysItDoesNotUseIsNotFrozen() {
    Objective withoutClassifier =
        step -> {
          Tensor features = step.forward().features();
          Tensor logits = step.matmul(features, step.reshape(narrowed(step), shape(16, CLASSES)));
          Tensor ce = step.crossEntropy(logits, step.targets());
          Tensor weight = step.scale(0, step.sum(step.network().parameter("fc.weight")));
          Tensor bias = step.scale(0, step.sum(step.network().parameter("fc.bias")));
          return step.add(ce, step.add(weight, bias));
        };
    train(network(), withoutClassifier, new Adam(3e-3), data());
    assertEquals(List.of(), findings);
  }

  /** Some fixed numbers [16 classes]: the first pictures of the batch. */
  private static Tensor narrowed(StepTape step) {
    return step.narrow(step.reshape(step.inputs(), shape(16 * PIXELS)), 0, 0, 16 * CLASSES);
  }

  @Test
  void aClassWithoutAnExample() {
    int[] labels = labels(160);
    Arrays.setAll(labels, i -> labels[i] == 2 ? 1 : labels[i]);
    train(network(), Examples.of(pictures(160), labels));
    assertFirst("empty-class", "labels");
    assertTrue(findings.getFirst().what().contains("class 2 has no example"));
  }

  @Test
  void aSoftmaxThatIsCertainAndWrong() {
    Network network = network();
    float[] weights = network.parameters().buffer("fc.weight").read();
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= 10_000;
    }
    network.parameters().buffer("fc.weight").write(weights);
    train(network, Objective.crossEntropy(), new Adam(1e-6), data());
    assertEquals("saturated-softmax", findings.getFirst().symptom(), findings.toString());
  }

  @Test
  void trainsTheSameBitsWithAndWithout() {
    Network watched = network();
    train(watched, data());
    Network alone = network();
    Trainer trainer = new Trainer(alone, Objective.crossEntropy(), new Adam(3e-3));
    int step = 0;
    for (int epoch = 0; step < 60; epoch++) {
      for (Examples batch : data().shuffled(1, epoch).batches(16)) {
        if (step++ < 60) {
          trainer.train(batch);
        }
      }
    }
    assertArrayEquals(alone.parameters().snapshot(), watched.parameters().snapshot());
  }
}
