package engram.cl.strategy;

import engram.cl.stream.Batch;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.Arrays;

/** Labels as rows, 1 at the label and 0 elsewhere: a further input that a loss can multiply by. */
final class OneHot {
  private static final String NAME = "one_hot";

  private float[] rows = {};

  /**
   * Asks for the input.
   *
   * @param shape [images, classes]
   */
  Tensor input(StepTape step, Shape shape) {
    return step.input(NAME, shape);
  }

  /** Fills it with the labels of a batch from image {@code from} on, if there are any. */
  void fill(TrainingStep step, Batch batch, int from) {
    if (from == batch.size()) {
      return;
    }
    int elements = step.input(NAME).elements();
    rows = rows.length == elements ? rows : new float[elements];
    Arrays.fill(rows, 0);
    int classes = elements / (batch.size() - from);
    for (int i = from; i < batch.size(); i++) {
      rows[(i - from) * classes + batch.labels()[i]] = 1;
    }
    step.input(NAME).write(rows);
  }
}
