package engram.cl.strategy;

import engram.cl.state.State;
import engram.cl.task.Examples;
import engram.nn.Network;
import engram.nn.Sequential;
import java.util.stream.IntStream;

/**
 * Any strategy, but images are classified by the nearest mean of features ({@link NearestMean}) in
 * place of the linear classifier. The features of old classes often survive where the classifier
 * has turned to the new ones.
 */
public final class WithNearestMean extends Delegating {
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
    super(inner);
    this.means = means;
  }

  @Override
  public void requireFits(Sequential model) {
    super.requireFits(model);
    LinearClassifier.requireIn(model);
  }

  @Override
  public void afterTask(TaskEnd end) {
    super.afterTask(end);
    TaskEnd seen = end.seenBy(super.predictor(end.network()).network());
    learn(head, seen, means == Means.OF_CLASSES ? end.trained() : exemplars(this));
  }

  static Examples exemplars(Strategy strategy) {
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
  }

  @Override
  public void state(State state) {
    super.state(state);
    head.state(state.in("head"));
  }

  @Override
  public Predictor predictor(Network trained) {
    return Predictor.linear(head.on(super.predictor(trained).network()));
  }
}
