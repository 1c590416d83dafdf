package engram.cl.strategy;

import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.train.Trainer;
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
  private Optional<Network> trained = Optional.empty();
  private float[] start = {};
  private float[] last = {};
  private double[] path = {};

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
    trained = Optional.of(network);
    start = network.parameters().snapshot();
    last = start;
    path = new double[start.length];
  }

  @Override
  public void afterStep(Trainer trainer) {
    float[] now = trained.orElseThrow().parameters().snapshot();
    float[] gradient = trainer.optimiser().gradients().read();
    float[] ofPenalty = penaltyGradient(last);
    for (int i = 0; i < path.length; i++) {
      path[i] -= (double) (gradient[i] - ofPenalty[i]) * (now[i] - last[i]);
    }
    last = now;
  }

  @Override
  public void afterTask(TaskEnd end) {
    float[] importance = importance().orElseGet(() -> new float[path.length]);
    for (int i = 0; i < path.length; i++) {
      double way = last[i] - start[i];
      importance[i] += (float) (Math.max(0, path[i]) / (way * way + xi));
    }
    hold(end.network(), importance);
  }
}
