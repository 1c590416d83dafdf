package engram.cl.strategy;

import engram.cl.stream.Batch;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.Arrays;

/** A further input of a step that marks each image's own class: 1 at its label, 0 elsewhere. */
final class OwnClass {
  private static final String NAME = "own";

  private float[] rows = {};

  /**
   * Asks for the input.
   *
   * @param shape [images, classes]
   */
  Tensor input(StepTape step, Shape shape) {
    return step.input(NAME, shape);
  }

  /** Fills it for the images of a batch from image {@code from} on. */
  void fill(TrainingStep step, Batch batch, int from) {
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
