package engram.cl.strategy;

import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;
import java.util.Optional;

/**
 * Synaptic intelligence (Zenke et al. 2017): a {@link ParameterPenalty} whose importance is how
 * much of the fall of the loss a parameter brought about on its way through the task,
 *
 * <pre>
 * path[i]       -= g[i] (theta[i] after the step - theta[i] before it)         at each step
 * importance[i] += max(0, path[i]) / ((theta[i] now - theta[i] at the start)^2 + xi)   after the task
 * </pre>
 *
 * where g is the gradient of the cross-entropy alone.
 */
public final class SynapticIntelligence extends ParameterPenalty {
  private final float xi;
  private Optional<Way> way = Optional.empty();

  /** Parameters at the start of the task and after the last step, and the path so far. */
  private record Way(Network start, Network last, Network path) {
    static Way from(Network network) {
      return new Way(network.copy(), network.copy(), laidOutAs(network, zeros(network)));
    }
  }

  /**
   * @param lambda weight of the penalty
   * @param xi keeps the importance finite for parameters that hardly moved, above 0
   */
  public SynapticIntelligence(float lambda, float xi) {
    super(lambda);
    if (!(xi > 0)) {
      throw new IllegalArgumentException("xi is " + xi + ", expected a number above 0");
    }
    this.xi = xi;
  }

  @Override
  public void beforeTraining(Network network, Task task) {
    super.beforeTraining(network, task);
    way = Optional.of(Way.from(network));
  }

  @Override
  public void afterUpdate(StepTape step, Tensor gradients) {
    Tensor last = step.frozen(way.orElseThrow().last).flat();
    Tensor path = step.frozen(way.orElseThrow().path).flat();
    Tensor now = step.network().flat();
    Tensor gain = step.multiply(withoutPenalty(step, gradients, last), step.subtract(now, last));
    step.assign(path, step.subtract(path, gain));
    step.assign(last, now);
  }

  @Override
  public void afterTask(TaskEnd end) {
    Way gone = way.orElseThrow();
    float[] start = gone.start.parameters().snapshot();
    float[] last = gone.last.parameters().snapshot();
    float[] path = gone.path.parameters().snapshot();
    float[] importance = new float[path.length];
    for (int i = 0; i < path.length; i++) {
      double moved = last[i] - start[i];
      importance[i] = (float) (Math.max(0, path[i]) / (moved * moved + xi));
    }
    hold(end.network(), 1, importance);
  }
}
