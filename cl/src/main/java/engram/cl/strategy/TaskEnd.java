package engram.cl.strategy;

import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.train.Objective;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The end of a task's training: the network, and the means to ask it and to train it further. */
public interface TaskEnd extends Readout {

  /** The task. */
  Task task();

  /** The examples that were trained on. */
  Examples trained();

  /** The labels that an image of the task is compared among. */
  IntStream compared();

  /** The trained network. */
  Network network();

  /**
   * The same end, but what a {@link Readout} tells, and further training, is of another network.
   */
  TaskEnd seenBy(Network other);

  /**
   * Input of the classifier for examples that vary as in training, {@code copies} times: all
   * examples, then all again, [copies x examples][features].
   */
  float[][] variedFeatures(Examples examples, int copies);

  /**
   * Input of the classifier for examples as the run measures images: the mean over their views.
   *
   * @param scaled what is done to the features of an image before the mean is taken
   * @return [examples][features]
   */
  float[][] viewedFeatures(Examples examples, UnaryOperator<float[]> scaled);

  /**
   * Trains the network on, with a new optimiser of the same kind.
   *
   * @param rate learning rate as a multiple of that with which tasks begin
   */
  void train(Objective objective, Examples examples, int epochs, float rate);

  /**
   * Runs the steps of an objective over examples in order, with gradients, but the network stays as
   * it is: what {@link Objective#afterUpdate} makes of the gradients is all that comes of it.
   *
   * @param size examples in a batch; the last may have fewer
   */
  void gradients(Objective objective, Examples examples, int size);
}
