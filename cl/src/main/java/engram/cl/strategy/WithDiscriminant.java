package engram.cl.strategy;

import engram.cl.state.State;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.nn.Network;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Any strategy, but images are classified by {@link LinearDiscriminant}: the means are those of the
 * images in memory, as the network of today sees them; the covariance is the mean of two, that of
 * the images of the task just learnt, of which there are many, and that of the images in memory,
 * varied as in training.
 */
public final class WithDiscriminant extends Delegating {
  /** Beyond this the covariance of features is no longer small. */
  private static final int MOST_FEATURES = 1024;

  /** How often each image of the memory is varied. */
  private static final int COPIES = 16;

  private static final double SHRINKAGE = 0.3;

  private Optional<LinearDiscriminant> head = Optional.empty();

  public WithDiscriminant(Strategy inner) {
    super(inner);
  }

  @Override
  public void beforeTask(Network before, Task task) {
    int features = before.model().classifier().in();
    if (features > MOST_FEATURES) {
      throw new IllegalArgumentException(
          "lda: the network has %d features, and a covariance needs their square; up to %d will do:"
                  .formatted(features, MOST_FEATURES)
              + " use --network bn");
    }
    super.beforeTask(before, task);
  }

  @Override
  public void afterTask(TaskEnd trained) {
    super.afterTask(trained);
    TaskEnd end = trained.seenBy(super.predictor(trained.network()).network());
    Examples memory = WithNearestMean.exemplars(this);
    double[][] ofTask = covariance(end, end.features(end.trained()), labels(end.trained(), 1));
    double[][] ofMemory =
        covariance(end, end.variedFeatures(memory, COPIES), labels(memory, COPIES));
    head =
        Optional.of(
            LinearDiscriminant.of(
                Scatter.means(FeatureScale.UNIT.apply(end.features(memory)), labels(memory, 1)),
                mean(ofTask, ofMemory),
                end.network().classes(),
                FeatureScale.UNIT));
  }

  private static double[][] covariance(TaskEnd end, float[][] features, int[] labels) {
    return Scatter.of(end.network().backend(), FeatureScale.UNIT.apply(features), labels)
        .covariance(SHRINKAGE);
  }

  private static double[][] mean(double[][] a, double[][] b) {
    double[][] mean = new double[a.length][a.length];
    for (int r = 0; r < mean.length; r++) {
      for (int c = 0; c < mean.length; c++) {
        mean[r][c] = (a[r][c] + b[r][c]) / 2;
      }
    }
    return mean;
  }

  private static int[] labels(Examples examples, int copies) {
    return IntStream.range(0, copies * examples.size())
        .map(i -> examples.label(i % examples.size()))
        .toArray();
  }

  @Override
  public void state(State state) {
    super.state(state);
    head = LinearDiscriminant.state(state.in("head"), head, FeatureScale.UNIT);
  }

  @Override
  public Predictor predictor(Network trained) {
    Predictor usual = super.predictor(trained);
    return head.map(lda -> new Predictor(usual.network(), lda)).orElse(usual);
  }
}
