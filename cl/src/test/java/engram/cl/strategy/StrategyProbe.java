package engram.cl.strategy;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.cl.stream.Batch;
import engram.cl.stream.Normalisation;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.data.ImageSet;
import engram.nn.Layout;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.optim.Sgd;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Takes a strategy through tasks with a small network, usually of one linear layer, so that its
 * loss can be worked out beside it. Task 1 has labels 0 1 2, task 2 has 3 4, task 3 has 5; nothing
 * is trained unless a test does it.
 */
final class StrategyProbe {
  static final int PIXELS = 6;

  /** Features of {@link #withHiddenLayer}. */
  static final int HIDDEN = 8;

  private static final int[] FIRST_LABEL = {0, 3, 5, 6};
  private static final int PER_CLASS = 4;

  final Strategy strategy;
  final Batch batch = new Batch(64, PIXELS, Normalisation.UNIT);
  final List<Further> further = new ArrayList<>();
  Network network;
  private final Backend backend = new ReferenceBackend();
  private int tasks;

  /** Training that a strategy asked for at the end of a task. */
  record Further(Objective objective, Examples examples, int epochs, float rate) {}

  /** What a loss should be for given parameters. */
  @FunctionalInterface
  interface Expected {
    double loss(LinearNet net);
  }

  /** A network of one linear layer: its features are the pixels. */
  StrategyProbe(Strategy strategy) {
    this(strategy, Sequential.of(shape(1, 2, 3), new Flatten(), new Linear(PIXELS, 3).named("fc")));
  }

  StrategyProbe(Strategy strategy, Sequential model) {
    this.strategy = strategy;
    network = Network.create(model, backend, 1);
  }

  /** A network of one linear layer that has the outputs of all tasks from the start. */
  static StrategyProbe withAllOutputs(Strategy strategy) {
    return new StrategyProbe(
        strategy, Sequential.of(shape(1, 2, 3), new Flatten(), new Linear(PIXELS, 6).named("fc")));
  }

  /** A network of two linear layers, so that a fixed classifier leaves something to train. */
  static StrategyProbe withHiddenLayer(Strategy strategy) {
    return new StrategyProbe(
        strategy,
        Sequential.of(
            shape(1, 2, 3),
            new Flatten(),
            new Linear(PIXELS, HIDDEN).named("hidden"),
            new Linear(HIDDEN, 3).named("fc")));
  }

  /** In the second task, with a network that has moved on since the first. */
  static StrategyProbe inSecondTask(Strategy strategy) {
    return new StrategyProbe(strategy).begin().end().begin().disturb(1);
  }

  /** In the third task, whose one class has label 5. */
  static StrategyProbe inThirdTask(Strategy strategy) {
    return new StrategyProbe(strategy).begin().end().begin().disturb(1).end().begin().disturb(2);
  }

  /** Task {@code index} with random images. */
  static Task task(int index) {
    int first = FIRST_LABEL[index];
    int seen = FIRST_LABEL[index + 1];
    int count = (seen - first) * PER_CLASS;
    CounterRandom random = CounterRandom.of(index, "probe");
    byte[] pixels = new byte[count * PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.below(256, i);
    }
    int[] labels = IntStream.range(0, count).map(i -> first + i % (seen - first)).toArray();
    Examples images = Examples.of(new ImageSet(1, 2, 3, pixels, labels, new int[count]));
    return new Task(index, first, seen, images, images);
  }

  /** Begins the next task; the network grows. */
  StrategyProbe begin() {
    Task task = task(tasks);
    strategy.beforeTask(network, task);
    network = network.grow(Math.max(network.classes(), task.seenClasses()), 7);
    strategy.beforeTraining(network, task);
    return this;
  }

  /** Has the next task be that of this index. */
  void continueAt(int index) {
    tasks = index;
  }

  /** Ends the task. */
  StrategyProbe end() {
    Task task = task(tasks++);
    TaskEnd end = new ProbedTask(this, task);
    strategy.remember(task.train(), end);
    strategy.afterTask(end);
    return this;
  }

  /** Fills the batch with the first images of the task and what the strategy replays. */
  TrainingStep fill(Trainer trainer, int fresh, long draw) {
    batch.clear();
    for (int i = 0; i < fresh; i++) {
      batch.add(task(tasks).train(), i);
    }
    int replayed = strategy.replay(batch, new CounterRandom(draw));
    assertEquals(fresh + replayed, batch.size());
    TrainingStep step = replayed == 0 ? trainer.step(fresh) : trainer.step(fresh, replayed);
    batch.copyTo(step);
    strategy.fill(step, batch);
    return step;
  }

  /** Checks loss and gradient of a batch with {@code fresh} new images. */
  void assertStep(int fresh, Expected expected) {
    assertStep(fresh, new TrainingOptions(), expected);
  }

  void assertStep(int fresh, TrainingOptions options, Expected expected) {
    Trainer trainer = new Trainer(network, strategy, new Sgd(0), options);
    trainer.learningRate(0);
    TrainingStep step = fill(trainer, fresh, 3);
    step.run();
    LinearNet net = LinearNet.of(network);
    assertEquals(expected.loss(net), step.loss(), 2e-5 * Math.max(1, Math.abs(step.loss())));
    assertGradient(expected, net, LinearNet.of(network, trainer.optimiser().gradients().read()));
  }

  /** The same for a network of any layers; the loss is one of the flat parameters. */
  void assertFlatStep(int fresh, ToDoubleFunction<double[]> expected) {
    Trainer trainer = new Trainer(network, strategy, new Sgd(0));
    trainer.learningRate(0);
    TrainingStep step = fill(trainer, fresh, 3);
    step.run();
    double[] flat = flatParameters();
    assertEquals(expected.applyAsDouble(flat), step.loss(), 1e-4);
    float[] gradient = trainer.optimiser().gradients().read();
    double largest = 0;
    for (Layout.Slot slot : network.parameters().layout().slots()) {
      for (int p = slot.offset(); p < slot.offset() + slot.spec().shape().elements(); p++) {
        double numeric = numeric(expected, flat, p);
        assertEquals(numeric, gradient[p], 1e-4, slot.spec().name() + " " + p);
        largest = Math.max(largest, Math.abs(numeric));
      }
    }
    assertTrue(largest > 1e-2, "the case has no gradient to speak of");
  }

  private static double numeric(ToDoubleFunction<double[]> loss, double[] flat, int p) {
    double by = 1e-5;
    double at = flat[p];
    flat[p] = at + by;
    double above = loss.applyAsDouble(flat);
    flat[p] = at - by;
    double below = loss.applyAsDouble(flat);
    flat[p] = at;
    return (above - below) / (2 * by);
  }

  double[] flatParameters() {
    float[] flat = network.parameters().snapshot();
    double[] wide = new double[flat.length];
    Arrays.setAll(wide, p -> flat[p]);
    return wide;
  }

  /** Output of layer "hidden", behind the pixels, for flat parameters. */
  double[][] hidden(double[] flat, double[][] images) {
    int weights = network.parameters().layout().slot("hidden.weight").offset();
    int biases = network.parameters().layout().slot("hidden.bias").offset();
    double[][] hidden = new double[images.length][HIDDEN];
    for (int i = 0; i < images.length; i++) {
      for (int f = 0; f < HIDDEN; f++) {
        hidden[i][f] = flat[biases + f];
        for (int c = 0; c < PIXELS; c++) {
          hidden[i][f] += flat[weights + f * PIXELS + c] * images[i][c];
        }
      }
    }
    return hidden;
  }

  /** Row {@code k} of the classifier behind layer "hidden", for flat parameters. */
  double[] row(double[] flat, int k) {
    int from = network.parameters().layout().slot("fc.weight").offset() + k * HIDDEN;
    return Arrays.copyOfRange(flat, from, from + HIDDEN);
  }

  static void assertGradient(Expected expected, LinearNet net, LinearNet gradient) {
    double largest = 0;
    for (int p = 0; p < net.size(); p++) {
      double by = 1e-5;
      double numeric =
          (expected.loss(net.moved(p, by)) - expected.loss(net.moved(p, -by))) / (2 * by);
      assertEquals(
          numeric, gradient.get(p), 2e-5 * Math.max(1, Math.abs(numeric)), "parameter " + p);
      largest = Math.max(largest, Math.abs(numeric));
    }
    assertTrue(largest > 1e-3, "the case has no gradient to speak of");
  }

  /** What the strategy answers to one image now. */
  float[] scores(float... pixels) {
    Predictor predictor = strategy.predictor(network);
    Inference.Batch one = new Inference(predictor.network()).batch(1);
    one.inputs().write(pixels);
    one.run();
    return predictor.head().scores(one, 1);
  }

  /** Images of the batch as rows. */
  double[][] images() {
    return rows(batch);
  }

  int[] labels() {
    return IntStream.range(0, batch.size()).map(i -> batch.labels()[i]).toArray();
  }

  private static double[][] rows(Batch batch) {
    double[][] rows = new double[batch.size()][PIXELS];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < PIXELS; c++) {
        rows[i][c] = batch.pixels()[i * PIXELS + c];
      }
    }
    return rows;
  }

  /** Examples as rows of pixels. */
  static double[][] rows(Examples examples) {
    Batch all = new Batch(Math.max(1, examples.size()), PIXELS, Normalisation.UNIT);
    for (int i = 0; i < examples.size(); i++) {
      all.add(examples, i);
    }
    return rows(all);
  }

  static int[] labels(Examples examples) {
    return IntStream.range(0, examples.size()).map(examples::label).toArray();
  }

  /** Adds the same small numbers to all parameters: a network that has moved on. */
  StrategyProbe disturb(long seed) {
    float[] values = network.parameters().snapshot();
    CounterRandom random = CounterRandom.of(seed, "disturb");
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.5 * random.normal(i));
    }
    float[] moved = new float[values.length]; // what lies between parameters stays zero
    for (Layout.Slot slot : network.parameters().layout().slots()) {
      System.arraycopy(values, slot.offset(), moved, slot.offset(), slot.spec().shape().elements());
    }
    network.parameters().restore(moved);
    return this;
  }
}
