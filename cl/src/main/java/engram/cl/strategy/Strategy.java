package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.train.Objective;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Optional;

/**
 * A way to learn class after class: what is trained on, what the loss of a step is, what happens
 * between tasks, and how images are classified. One object serves one run of one seed.
 *
 * <p>Methods are declared in the order in which they are called.
 */
public interface Strategy extends Objective, Stateful {

  /**
   * Fails on a network that the strategy cannot use, before any is trained.
   *
   * @throws IllegalArgumentException saying what it needs
   */
  default void requireFits(Sequential model) {}

  /**
   * Called before a task, with the network as the last task left it: its classifier does not know
   * the new classes yet.
   */
  default void beforeTask(Network before, Task task) {}

  /** The images of a task; a strategy that is allowed to see the past again says so here. */
  default Examples trainingSet(TaskSequence sequence, Task task) {
    return task.train();
  }

  /**
   * Whether the network is trained in a task. A strategy that leaves it as it is only looks at the
   * images when the task is over.
   */
  default boolean learns(Task task) {
    return true;
  }

  /** Whether each task begins with a new network. */
  default boolean startsAnew() {
    return false;
  }

  /** Called with the network that is about to be trained, which knows the new classes. */
  default void beforeTraining(Network network, Task task) {}

  /**
   * Adds images from memory to a batch of new ones.
   *
   * @param batch holds the new images
   * @param random numbers for this batch alone
   * @return how many images were added: at most twice the size of a batch
   */
  default int replay(Batch batch, CounterRandom random) {
    return 0;
  }

  /**
   * Appends the loss of a step. It is asked once for each size of batch and task; terms that are
   * worth seeing are kept under a short name. Part 0 of the batch are new images; part 1, where
   * there is one, images from memory. The cross-entropy of all with their labels, by default.
   */
  @Override
  default Tensor loss(StepTape step) {
    return step.keep("ce", step.classification(step.forward().logits(), step.targets()));
  }

  /** Fills the further inputs that {@link #loss} asked for, before each run of a step. */
  default void fill(TrainingStep step, Batch batch) {}

  /** Called after each step. */
  default void afterStep() {}

  /**
   * Whether the memory is shown new images as they pass by, so that it serves within their task: in
   * the first epoch those of each step. Else it is shown all when the task is done. In the online
   * scenario they always are.
   */
  default boolean remembersEachStep() {
    return false;
  }

  /**
   * Shows a memory what was trained on, in the order of training: the images of a task when it is
   * done, before {@link #afterTask}, or the new images of a step when the step is done, see {@link
   * #remembersEachStep}.
   *
   * @param network the network that is trained
   */
  default void remember(Examples seen, Readout network) {}

  /** Called when the images of a task have been trained on. */
  default void afterTask(TaskEnd end) {}

  /**
   * How images are classified now.
   *
   * @param trained the network that was trained
   */
  default Predictor predictor(Network trained) {
    return Predictor.linear(trained);
  }

  /** The images that are kept of past tasks. */
  default Optional<MemoryBuffer> memory() {
    return Optional.empty();
  }

  /**
   * Tells what an interrupted run cannot go on without: what it remembers of past tasks, the images
   * in its memory among it, and what steps change. An empty body says that this is nothing.
   *
   * <p>To go on at the start of a task, a new strategy is given what was told there. To go on after
   * a step, it is then called as at the start of any task, {@link #beforeTask}, {@link
   * #trainingSet} and {@link #beforeTraining} with the network as it was there, and given what was
   * told after the step. So what these calls make and steps leave as it is, such as a teacher, need
   * not be told.
   */
  @Override
  void state(State state);
}
