package engram.nn.optim;

import engram.nn.Layout;
import engram.op.Recorder;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/**
 * How gradients change parameters. An optimiser is a value: its settings. What it remembers is in
 * an {@link OptimiserState}.
 */
public interface Optimiser {

  /** Learning rate of the first step; a {@link Schedule} or its user may change it later. */
  double learningRate();

  /**
   * Shapes of what it remembers between steps, zeros at first: flat buffers like that of the
   * parameters, and counters. Nothing, by default.
   */
  default List<Shape> state(Layout parameters) {
    return List.of();
  }

  /**
   * Appends the update, which overwrites parameters and state.
   *
   * @param parameters all of them in one tensor [n]
   * @param gradients laid out likewise [n]
   * @param state what it remembers, as {@link #state} gives the shapes
   * @param learningRate of this step [1]
   */
  void record(
      Recorder t, Tensor parameters, Tensor gradients, List<Tensor> state, Tensor learningRate);

  /**
   * Checks a learning rate.
   *
   * @throws IllegalArgumentException if it is no number from 0
   */
  static double requireRate(double rate) {
    if (!(rate >= 0 && rate < Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "learning rate is " + rate + ", expected a number from 0, such as 0.001");
    }
    return rate;
  }
}
