package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.nn.Network;
import engram.nn.train.StepTape;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Any strategy, but images are classified by the nearest mean of features ({@link NearestMean}) in
 * place of the linear classifier. The features of old classes often survive where the classifier
 * has turned to the new ones.
 */
public final class WithNearestMean implements Strategy {
  private final Strategy inner;
  private final Means means;
  private final NearestMean head = new NearestMean();

  /** What the mean of a class is taken over. */
  public enum Means {
    /** NME: its images in memory, seen through the network of today. */
    OF_EXEMPLARS,
    /** NCM: all its images, seen through the network that learnt it; needs no memory. */
    OF_CLASSES
  }

  public WithNearestMean(Strategy inner, Means means) {
    this.inner = inner;
    this.means = means;
  }

  @Override
  public void beforeTask(Network before, Task task) {
    inner.beforeTask(before, task);
  }

  @Override
  public Examples trainingSet(TaskSequence sequence, Task task) {
    return inner.trainingSet(sequence, task);
  }

  @Override
  public boolean startsAnew() {
    return inner.startsAnew();
  }

  @Override
  public void beforeTraining(Network network, Task task) {
    inner.beforeTraining(network, task);
  }

  @Override
  public int replay(Batch batch, CounterRandom random) {
    return inner.replay(batch, random);
  }

  @Override
  public Tensor loss(StepTape step) {
    return inner.loss(step);
  }

  @Override
  public void adjust(StepTape step, Tensor gradients) {
    inner.adjust(step, gradients);
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    inner.fill(step, batch);
  }

  @Override
  public void afterStep(Trainer trainer) {
    inner.afterStep(trainer);
  }

  @Override
  public void remember(Examples seen, Readout network) {
    inner.remember(seen, network);
  }

  @Override
  public void afterTask(TaskEnd end) {
    inner.afterTask(end);
    learn(head, end, means == Means.OF_CLASSES ? end.trained() : exemplars(inner));
  }

  private static Examples exemplars(Strategy strategy) {
    return strategy
        .memory()
        .orElseThrow(() -> new IllegalStateException("nme: the strategy keeps no images"))
        .stored()
        .examples();
  }

  /** Takes the mean of each class of {@code examples} as the network sees them now. */
  static void learn(NearestMean head, TaskEnd end, Examples examples) {
    head.learn(
        end.features(examples), IntStream.range(0, examples.size()).map(examples::label).toArray());
    head.expect(end.network().classes());
  }

  @Override
  public Predictor predictor(Network trained) {
    return new Predictor(inner.predictor(trained).network(), head);
  }

  @Override
  public Optional<MemoryBuffer> memory() {
    return inner.memory();
  }
}
