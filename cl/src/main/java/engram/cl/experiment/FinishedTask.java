package engram.cl.experiment;

import engram.backend.Buffer;
import engram.cl.settings.Settings;
import engram.cl.strategy.TaskEnd;
import engram.cl.stream.Batch;
import engram.cl.stream.Batches;
import engram.cl.stream.ImageInput;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.optim.Sgd;
import engram.nn.train.Inference;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The end of a task in an experiment.
 *
 * @param groups of classes that are compared among themselves
 */
record FinishedTask(
    Task task,
    Examples trained,
    Network network,
    Settings settings,
    List<Integer> groups,
    ImageInput input,
    long seed,
    ForwardPass forward,
    StopRequest stop)
    implements TaskEnd {

  /** Keeps the order of further training apart from that of the task's own epochs. */
  private static final int FURTHER = 1_000_000;

  /** The images of the task, in the order of the last pass. */
  Examples inOrderOfTraining() {
    int last = settings.training().length(trained.size()).passes() - 1;
    return Batches.shuffled(task.train(), settings.training().batch(), seed, task.index(), last)
        .examples();
  }

  @Override
  public IntStream compared() {
    return IntStream.range(0, network.classes())
        .filter(k -> groups.isEmpty() || groups.get(k).equals(groups.get(task.firstLabel())));
  }

  @Override
  public TaskEnd seenBy(Network other) {
    return new FinishedTask(task, trained, other, settings, groups, input, seed, forward, stop);
  }

  @Override
  public float[][] features(Examples examples) {
    return rows(forward, examples, Inference.Batch::features);
  }

  @Override
  public float[][] variedFeatures(Examples examples, int copies) {
    int size = examples.size();
    int[] repeated = IntStream.range(0, copies * size).map(i -> i % size).toArray();
    Batch varied = input.variedBatch(ForwardPass.BATCH);
    CounterRandom random = CounterRandom.of(seed, "varied-features").split(task.index());
    return rows(
        new ForwardPass(varied, random, stop),
        examples.select(repeated),
        Inference.Batch::features);
  }

  @Override
  public float[][] logits(Examples examples) {
    return rows(forward, examples, Inference.Batch::logits);
  }

  @Override
  public float[][] viewedFeatures(Examples examples, UnaryOperator<float[]> scaled) {
    ViewedPass viewed = new ViewedPass(settings.recipe().views(), input.image());
    float[][] rows = new float[examples.size()][];
    int[] done = {0};
    forward.run(
        network,
        examples,
        (batch, ran) -> {
          float[] mean =
              viewed.mean(batch, ran, seen -> scaled(seen.features(), batch.size(), scaled));
          int columns = mean.length / batch.size();
          for (int i = 0; i < batch.size(); i++) {
            rows[done[0]++] = Arrays.copyOfRange(mean, i * columns, (i + 1) * columns);
          }
        });
    return rows;
  }

  /** The first rows of features, each scaled, one after the other. */
  private static float[] scaled(Buffer features, int images, UnaryOperator<float[]> scaled) {
    float[] all = features.read();
    int columns = all.length / images;
    for (int i = 0; i < images; i++) {
      float[] row = scaled.apply(Arrays.copyOfRange(all, i * columns, (i + 1) * columns));
      System.arraycopy(row, 0, all, i * columns, columns);
    }
    return all;
  }

  private float[][] rows(
      ForwardPass pass, Examples examples, Function<Inference.Batch, Buffer> output) {
    float[][] rows = new float[examples.size()][];
    int[] done = {0};
    pass.run(
        network,
        examples,
        (batch, ran) -> {
          ForwardPass.read(output.apply(ran), batch.size(), rows, done[0], batch.size());
          done[0] += batch.size();
        });
    return rows;
  }

  @Override
  public void train(Objective objective, Examples examples, int epochs, float rate) {
    int size = settings.training().batch();
    Trainer trainer =
        new Trainer(
            network,
            objective,
            settings.training().optimisation().optimiser(),
            settings.furtherTrainingOptions().withGroups(groups));
    trainer.learningRate(rate * settings.training().learningRate());
    for (int epoch = 0; epoch < epochs; epoch++) {
      steps(trainer, size, Batches.shuffled(examples, size, seed, task.index(), FURTHER + epoch));
    }
  }

  @Override
  public void gradients(Objective objective, Examples examples, int size) {
    Trainer trainer = new Trainer(network, objective, new Sgd(0), options());
    trainer.learningRate(0);
    steps(trainer, size, Batches.inOrder(examples, size));
  }

  private TrainingOptions options() {
    return new TrainingOptions().withGroups(groups);
  }

  private void steps(Trainer trainer, int size, Batches batches) {
    Batch batch = input.batch(size);
    for (int i = 0; i < batches.count(); i++) {
      stop.endIfMade();
      batch.clear();
      batches.appendTo(batch, i);
      TrainingStep step = trainer.step(batch.size());
      batch.copyTo(step);
      step.run();
      if (i == batches.count() - 1 && !Float.isFinite(step.loss())) {
        throw new Diverged(task.index(), 0, "the loss is " + step.loss());
      }
    }
  }
}
