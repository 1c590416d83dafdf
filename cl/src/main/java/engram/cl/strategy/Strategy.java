package engram.cl.strategy;

import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.nn.Network;
import engram.nn.train.StepTape;
import engram.random.CounterRandom;
import engram.tensor.Tensor;

/**
 * A way to learn class after class: what is trained on, what the loss of a step is, and what
 * happens between tasks. One object serves one run of one seed.
 */
public interface Strategy {

  /** Name as on the command line. */
  String name();

  /** The images of a task; a strategy that is allowed to see the past again says so here. */
  default Examples trainingSet(TaskSequence sequence, Task task) {
    return task.train();
  }

  /** Whether each task begins with a new network. */
  default boolean startsAnew() {
    return false;
  }

  /**
   * Called before a task, with the network as the last task left it: its classifier does not know
   * the new classes yet.
   */
  default void beforeTask(Network before, Task task) {}

  /**
   * Adds images from memory to a batch of new ones.
   *
   * @param batch holds the new images
   * @param random numbers for this batch alone
   * @return how many images were added
   */
  default int replay(Batch batch, CounterRandom random) {
    return 0;
  }

  /**
   * Appends the loss of a step. It is asked once for each size of batch and task; terms that are
   * worth seeing are kept under a short name.
   */
  Tensor loss(StepTape step);

  /** Called when a task is done. */
  default void afterTask(Task task) {}
}
