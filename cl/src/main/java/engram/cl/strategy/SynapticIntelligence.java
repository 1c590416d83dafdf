package engram.cl.strategy;

import engram.cl.state.State;
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
 * where g is the gradient of the cross-entropy alone. {@link Path} says what codes do otherwise.
 */
public final class SynapticIntelligence extends ParameterPenalty {
  private final float xi;
  private final Path path;
  private Optional<Way> way = Optional.empty();

  /**
   * What of a path counts.
   *
   * @param clipped whether a parameter that raised the loss has no importance, as in the paper's
   *     code; else it lowers what it has (Hsu et al. 2018, van de Ven et al. 2022)
   * @param ofPenalty whether g is the gradient of the whole loss, the penalty too (van de Ven et
   *     al. 2022)
   */
  public record Path(boolean clipped, boolean ofPenalty) {
    /** The formula above. */
    public static final Path USUAL = new Path(true, false);
  }

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
    this(lambda, xi, Path.USUAL);
  }

  /**
   * @param lambda weight of the penalty
   * @param xi keeps the importance finite for parameters that hardly moved, above 0
   */
  public SynapticIntelligence(float lambda, float xi, Path path) {
    super(lambda);
    if (!(xi > 0)) {
      throw new IllegalArgumentException("xi is " + xi + ", expected a number above 0");
    }
    this.xi = xi;
    this.path = path;
  }

  @Override
  public void beforeTraining(Network network, Task task) {
    super.beforeTraining(network, task);
    way = Optional.of(Way.from(network));
  }

  @Override
  public void afterUpdate(StepTape step, Tensor gradients) {
    Tensor last = step.frozen(way.orElseThrow().last).flat();
    Tensor sum = step.frozen(way.orElseThrow().path).flat();
    Tensor now = step.network().flat();
    Tensor slope = path.ofPenalty ? gradients : withoutPenalty(step, gradients, last);
    Tensor gain = step.multiply(slope, step.subtract(now, last));
    step.assign(sum, step.subtract(sum, gain));
    step.assign(last, now);
  }

  @Override
  public void afterTask(TaskEnd end) {
    Way gone = way.orElseThrow();
    float[] start = gone.start.parameters().snapshot();
    float[] last = gone.last.parameters().snapshot();
    float[] sum = gone.path.parameters().snapshot();
    float[] importance = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      double moved = last[i] - start[i];
      double gain = path.clipped ? Math.max(0, sum[i]) : sum[i];
      importance[i] = (float) (gain / (moved * moved + xi));
    }
    hold(end.network(), 1, importance);
    way = Optional.empty();
  }

  /** Within a task: a way starts where {@link #beforeTraining} finds the network. */
  @Override
  public void state(State state) {
    super.state(state);
    way.ifPresent(
        gone -> {
          state.buffer("last", gone.last.parameters().buffer());
          state.buffer("path", gone.path.parameters().buffer());
        });
  }
}
