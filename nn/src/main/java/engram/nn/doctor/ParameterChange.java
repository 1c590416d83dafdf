package engram.nn.doctor;

import engram.nn.Layout;
import engram.tensor.Shape;

/**
 * What one step did to one parameter.
 *
 * @param name such as {@code conv1.weight}
 * @param before Euclidean norm before the step
 * @param after Euclidean norm after it
 * @param update Euclidean norm of the difference
 * @param gradient Euclidean norm of what the optimiser was given
 * @param same whether all its elements were one number before the step
 */
public record ParameterChange(
    String name,
    Shape shape,
    double before,
    double after,
    double update,
    double gradient,
    boolean same) {

  /** Reads it from flat buffers of all parameters. */
  static ParameterChange of(Layout.Slot slot, float[] before, float[] after, float[] gradients) {
    double squaresBefore = 0;
    double squaresAfter = 0;
    double squaresUpdate = 0;
    double squaresGradient = 0;
    boolean same = true;
    int start = slot.offset();
    int end = start + slot.spec().shape().elements();
    for (int i = start; i < end; i++) {
      double difference = (double) after[i] - before[i];
      squaresBefore += (double) before[i] * before[i];
      squaresAfter += (double) after[i] * after[i];
      squaresUpdate += difference * difference;
      squaresGradient += (double) gradients[i] * gradients[i];
      same &= before[i] == before[start];
    }
    return new ParameterChange(
        slot.spec().name(),
        slot.spec().shape(),
        Math.sqrt(squaresBefore),
        Math.sqrt(squaresAfter),
        Math.sqrt(squaresUpdate),
        Math.sqrt(squaresGradient),
        same);
  }

  /** Whether it multiplies what comes in; biases and what a normalisation scales by do not. */
  public boolean isWeight() {
    return shape.rank() > 1;
  }

  /** Name of the layer that owns it, such as {@code conv1}. */
  public String layer() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** Norm of the update for each unit of norm of the parameter; infinite for zeros. */
  public double ratio() {
    return update == 0 ? 0 : update / before;
  }
}
