package engram.cl.strategy;

import engram.cl.state.State;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.train.Objective;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What strategies share that keep important parameters where they were after the last task:
 *
 * <pre>
 * loss = CE(logits, labels) + lambda sum over parameters i of importance[i] (theta[i] - anchor[i])^2.
 * </pre>
 *
 * They keep no images. In class-incremental learning this does not help the classifier: the loss
 * compares an old class with a new one on new images alone, so the new classes win on nearly every
 * image and accuracy on old ones falls to near 0, as for fine-tuning. The task-aware accuracy shows
 * what they do keep.
 */
abstract class ParameterPenalty implements Strategy {
  /** Images that are looked at where nothing else is said. */
  static final int IMAGES = 200;

  private final float lambda;
  private Optional<Held> held = Optional.empty();

  /** Parameters after the last task, and their importance laid out as a network of its own. */
  private record Held(Network anchor, Network importance) {}

  /**
   * @param lambda weight of the penalty
   */
  ParameterPenalty(float lambda) {
    this.lambda = lambda;
  }

  /** Rows of new classes may move freely: their importance is 0. */
  @Override
  public void beforeTraining(Network network, Task task) {
    held =
        held.map(
            last -> {
              Network importance = laidOutAs(network, zeros(network));
              importance.copyLeading(last.importance);
              Network anchor = network.copy();
              anchor.copyLeading(last.anchor);
              return new Held(anchor, importance);
            });
  }

  @Override
  public void state(State state) {
    Optional<Network> anchor = state.network("anchor", held.map(Held::anchor));
    Optional<Network> importance = state.network("importance", held.map(Held::importance));
    held = anchor.flatMap(a -> importance.map(i -> new Held(a, i)));
  }

  @Override
  public final Tensor loss(StepTape step) {
    Tensor ce = step.keep("ce", step.hardClassification(step.forward().logits(), step.targets()));
    if (held.isEmpty()) {
      return ce;
    }
    Tensor anchor = step.frozen(held.get().anchor).flat();
    Tensor importance = step.frozen(held.get().importance).flat();
    Tensor moved = step.subtract(step.network().flat(), anchor);
    Tensor cost = step.multiply(importance, step.multiply(moved, moved));
    Tensor sum = step.sum(cost);
    return step.add(ce, step.keep("penalty", step.scale(lambda, sum)));
  }

  /**
   * Holds the parameters of a network from now on; their importance becomes {@code share} times
   * what it was, plus that in the task just learnt.
   *
   * @param network as it was trained
   * @param fresh importance of each parameter in this task, 0 or more, laid out as its parameters
   */
  final void hold(Network network, float share, float[] fresh) {
    float[] importance = fresh.clone();
    if (held.isPresent()) {
      float[] before = held.get().importance.parameters().snapshot();
      for (int i = 0; i < importance.length; i++) {
        importance[i] += share * before[i];
      }
    }
    held = Optional.of(new Held(network.copy(), laidOutAs(network, importance)));
  }

  /** Numbers of which there is one for each parameter of a network. */
  static Network laidOutAs(Network network, float[] values) {
    Network container = network.copy();
    container.parameters().restore(values);
    return container;
  }

  static float[] zeros(Network network) {
    return new float[network.parameters().layout().elements()];
  }

  /**
   * Takes the gradient of the penalty at {@code theta}, {@code 2 lambda importance (theta -
   * anchor)}, from the gradient of the loss; what is left is that of the cross-entropy.
   */
  final Tensor withoutPenalty(StepTape step, Tensor gradient, Tensor theta) {
    if (held.isEmpty()) {
      return gradient;
    }
    Tensor anchor = step.frozen(held.get().anchor).flat();
    Tensor importance = step.frozen(held.get().importance).flat();
    Tensor pull = step.multiply(importance, step.subtract(theta, anchor));
    return step.subtract(gradient, step.scale(2 * lambda, pull));
  }

  /**
   * So many examples, evenly spaced in what was trained on.
   *
   * @param images 0 for all
   */
  static Examples spaced(Examples all, int images) {
    int count = images == 0 ? all.size() : Math.min(images, all.size());
    return all.select(
        IntStream.range(0, count).map(i -> (int) ((long) i * all.size() / count)).toArray());
  }

  /** What is taken of the gradient of a batch, one number for each parameter. */
  @FunctionalInterface
  interface Measure {
    /**
     * Appends it.
     *
     * @param loss of the batch, [1]
     * @param gradient of the loss, laid out as the parameters
     */
    Tensor of(StepTape step, Tensor loss, Tensor gradient);
  }

  /** Adds up a measure of the gradients, where they are computed: no step reads one. */
  private static final class Sum implements Objective {
    private final Objective objective;
    private final Measure measure;
    private final Network sums;
    private Optional<Tensor> loss = Optional.empty();

    Sum(Objective objective, Measure measure, Network sums) {
      this.objective = objective;
      this.measure = measure;
      this.sums = sums;
    }

    @Override
    public Tensor loss(StepTape step) {
      Tensor ofBatch = objective.loss(step);
      loss = Optional.of(ofBatch);
      return ofBatch;
    }

    @Override
    public void afterUpdate(StepTape step, Tensor gradients) {
      Tensor sum = step.frozen(sums).flat();
      step.assign(sum, step.add(sum, measure.of(step, loss.orElseThrow(), gradients)));
    }
  }

  /**
   * Mean over batches of a measure of the gradient: one value for each parameter.
   *
   * @param batch images in a batch
   */
  static float[] meanGradient(
      TaskEnd end, Objective objective, Examples examples, int batch, Measure measure) {
    Network sums = laidOutAs(end.network(), zeros(end.network()));
    end.gradients(new Sum(objective, measure, sums), examples, batch);
    float[] means = sums.parameters().snapshot();
    int batches = Math.ceilDiv(examples.size(), batch);
    for (int i = 0; i < means.length; i++) {
      means[i] /= batches;
    }
    return means;
  }
}
