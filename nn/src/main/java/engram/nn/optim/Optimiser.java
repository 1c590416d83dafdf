package engram.nn.optim;

import engram.nn.Layout;
import engram.op.Op;
import engram.tensor.Shape;
import java.util.List;

/**
 * How gradients change parameters. An optimiser is a value: its settings. Its moments are in an
 * {@link OptimiserState}, the learning rate is given to each step.
 */
public sealed interface Optimiser permits Sgd, Adam {

  /**
   * Shapes of what it remembers between steps, zeros at first: flat buffers like that of the
   * parameters, and counters.
   */
  List<Shape> state(Layout parameters);

  /** The step as an op over parameters, gradients, state, learning rate [1]. */
  Op step();
}
