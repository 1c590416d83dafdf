package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.cl.state.State;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSplit;
import engram.data.ImageSet;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Streaming linear discriminant analysis (Hayes and Kanan 2020): the network learns the first task
 * and then stays as it is, and a {@link LinearDiscriminant} over its features learns all classes.
 * Nothing is forgotten, since class means and the covariance of all images met can be continued: in
 * the end they are those of all images at once. No image is kept.
 *
 * <p>Features are means over the {@link engram.cl.stream.Views} that images are measured in, which
 * takes what a pixel more or less changes out of the covariance.
 *
 * <p>Of many features random sums are taken ({@link RandomProjection}): with 640 of them 43 classes
 * keep 0.9 MB, where 4096 features would keep 34.
 *
 * <p>All depends on features that suit classes not seen yet. So the first task is learnt with
 * {@link QuarterTurns}, each turn of a class a class of its own: the loss is
 *
 * <pre>CE(features corners', label and turn)</pre>
 *
 * with a fixed {@link Simplex} in place of the classifier (Pernici et al. 2021). Features are
 * scaled by {@link FeatureScale#ROOT}. The network's own classifier takes over the discriminant's
 * rows and offsets after each task, so that a checkpoint holds them.
 */
public final class StreamingDiscriminant implements Strategy {
  private static final double SHRINKAGE = 0.1;

  /** Names the numbers of the projection among those of the simplex. */
  private static final int PROJECTION = -1;

  private final CounterRandom random;
  private final int sums;
  private final StreamingScatter scatter = new StreamingScatter();
  private Optional<LinearDiscriminant> head = Optional.empty();
  private QuarterTurns turns = new QuarterTurns(0, 0);
  private String classifier = "";
  private int classes;
  private float[] corners = {};
  private int features;

  /**
   * @param random numbers for the simplex and the projection
   * @param sums the most numbers to keep of an image's features; 0 for all features as they are
   */
  public StreamingDiscriminant(CounterRandom random, int sums) {
    this.random = random;
    this.sums = sums;
  }

  @Override
  public void requireFits(Sequential model) {
    LinearClassifier.requireIn(model);
  }

  @Override
  public void requireFits(Sequential model, TaskSplit tasks) {
    requireFits(model);
    Shape image = model.input();
    QuarterTurns all = new QuarterTurns(image.dim(0), image.dim(1));
    Simplex.require(all.directions() * tasks.sizes().sizes().getFirst(), model.classifier().in());
  }

  @Override
  public boolean learns(Task task) {
    return task.index() == 0;
  }

  @Override
  public void beforeTraining(Network network, Task task) {
    if (!learns(task)) {
      return;
    }
    ImageSet images = task.train().images();
    turns = new QuarterTurns(images.height(), images.width());
    classifier = network.model().classifierName();
    features = network.model().classifier().in();
    classes = task.newClasses();
    corners =
        LinearClassifier.of(Simplex.corners(turns.directions() * classes, features, random))
            .weight();
  }

  /** Adds no image from memory, but turned copies of those that are there. */
  @Override
  public int replay(Batch batch, CounterRandom numbers) {
    return turns.append(batch, classes, numbers);
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor fixed = step.input("simplex", shape(turns.directions() * classes, features));
    Tensor logits = step.matmul(step.forward().features(), step.transposed(fixed));
    Tensor ce = step.keep("ce", step.crossEntropy(logits, step.targets()));
    return step.add(ce, Terms.unusedLinear(step, classifier));
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    step.input("simplex").write(corners);
  }

  @Override
  public void afterTask(TaskEnd end) {
    Network network = end.network();
    Examples images = end.task().train();
    int of = network.model().classifier().in();
    RandomProjection projection =
        RandomProjection.of(of, sums == 0 ? of : sums, random.split(PROJECTION));
    scatter.add(
        Scatter.of(
            network.backend(),
            projection.apply(
                network.backend(), end.viewedFeatures(images, FeatureScale.ROOT::apply)),
            IntStream.range(0, images.size()).map(images::label).toArray()));
    LinearDiscriminant learnt =
        LinearDiscriminant.of(
                scatter.means(),
                scatter.covariance(SHRINKAGE),
                network.classes(),
                FeatureScale.ROOT)
            .before(projection);
    learnt.writeTo(network);
    head = Optional.of(learnt);
  }

  @Override
  public void state(State state) {
    scatter.state(state.in("scatter"));
    head = LinearDiscriminant.state(state.in("head"), head, FeatureScale.ROOT);
  }

  @Override
  public Predictor predictor(Network trained) {
    return head.map(lda -> new Predictor(trained, lda)).orElse(Predictor.linear(trained));
  }
}
