package engram.nn.train;

import engram.backend.Buffer;
import engram.graph.Graph;
import engram.graph.Node;
import engram.graph.Tape;
import engram.nn.Network;
import engram.nn.optim.Optimiser;
import engram.nn.optim.OptimiserState;
import engram.op.ClipGradientNorm;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains one network towards one objective. A step is recorded when a batch of its size is first
 * seen and replayed from then on; steps of all sizes share parameters and moments.
 */
public final class Trainer {
  private final Network network;
  private final Objective objective;
  private final TrainingOptions options;
  private final OptimiserState optimiser;
  private final Buffer counter;
  private final float[] number = new float[1];
  private final List<Signature> signatures = new ArrayList<>();
  private Optional<TrainingStep> last = Optional.empty();
  private long steps;

  /** A step and the sizes of the parts of its batch. */
  private record Signature(int[] parts, TrainingStep step) {}

  /** A trainer with fusion on and no clipping. */
  public Trainer(Network network, Objective objective, Optimiser optimiser) {
    this(network, objective, optimiser, new TrainingOptions());
  }

  public Trainer(
      Network network, Objective objective, Optimiser optimiser, TrainingOptions options) {
    this.network = network;
    this.objective = objective;
    this.options = options;
    this.optimiser =
        new OptimiserState(optimiser, network.parameters().layout(), network.backend());
    counter = network.backend().allocate(1);
  }

  /**
   * One step on a batch: forward, backward, update.
   *
   * @throws IllegalArgumentException if the examples have another shape than the network's inputs
   */
  public void train(Examples batch) {
    train(batch, TrainingStep::run);
  }

  /**
   * The same where somebody else runs the step, and may look at it.
   *
   * @param runner calls {@link TrainingStep#run} once
   */
  public void train(Examples batch, Consumer<TrainingStep> runner) {
    batch.requireInputs(network.model().input());
    TrainingStep step = step(batch.size());
    step.inputs().write(batch.inputs());
    step.targets().write(batch.targets());
    runner.accept(step);
    last = Optional.of(step);
  }

  /**
   * Loss of the last batch that was trained on, before its update.
   *
   * @throws IllegalStateException if there was none
   */
  public float loss() {
    return last.orElseThrow(
            () -> new IllegalStateException("training: no batch was trained on, so no loss"))
        .loss();
  }

  /** Sets the learning rate of the steps that follow. */
  public void learningRate(float rate) {
    optimiser.rate(rate);
  }

  /**
   * The step for a batch of a given size.
   *
   * @param parts number of images in the batch, or in each of its parts (such as new ones and ones
   *     from memory)
   */
  public TrainingStep step(int... parts) {
    for (Signature known : signatures) {
      if (Arrays.equals(known.parts, parts)) {
        return known.step;
      }
    }
    TrainingStep step = record(parts.clone());
    signatures.add(new Signature(parts.clone(), step));
    return step;
  }

  /**
   * Appends to the objective's loss the backward pass, what the objective makes of the gradients,
   * clipping, the optimiser, and what the objective does then.
   */
  private TrainingStep record(int[] parts) {
    StepTape step = new StepTape(network, options, parts);
    Tape tape = step.tape();
    Tensor gradients = step.gradients("gradients", step.keep(StepTape.LOSS, objective.loss(step)));
    objective.adjust(step, gradients);
    tape.enter(Node.Phase.UPDATE);
    options.clip().ifPresent(max -> tape.record(new ClipGradientNorm(max), gradients));
    Map<Tensor, Buffer> ofOptimiser = optimiser.record(tape, step.network().flat(), gradients);
    objective.afterUpdate(step, gradients);
    Map<Tensor, Buffer> bindings = step.bindings();
    bindings.put(gradients, optimiser.gradients());
    bindings.putAll(ofOptimiser);
    bindings.put(step.number(), counter);
    Graph recorded = tape.graph();
    Plan plan = Plan.compile(options.applyTo(recorded), network.backend(), bindings);
    Recording recording = new Recording(recorded, step.walk(), options.fusion());
    return new TrainingStep(plan, step, recording, this::countStep);
  }

  private void countStep() {
    number[0] = ++steps;
    counter.write(0, number, 0, 1);
  }

  /** The network that is trained. */
  public Network network() {
    return network;
  }

  /** Classes of the network that is trained. */
  public int classes() {
    return network.classes();
  }

  /** Number of steps run so far. */
  public long steps() {
    return steps;
  }

  /** Goes on counting from a number of steps that another trainer ran. */
  public void continueFrom(long count) {
    steps = count;
  }

  /** What the optimiser remembers, and the gradients of the last step. */
  public OptimiserState optimiser() {
    return optimiser;
  }
}
