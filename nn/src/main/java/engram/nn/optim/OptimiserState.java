package engram.nn.optim;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.graph.Tape;
import engram.nn.Layout;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an optimiser remembers between steps, and the gradients and learning rate of the current
 * one. All plans that train the same parameters share it.
 */
public final class OptimiserState {
  private final Optimiser optimiser;
  private final Layout parameters;
  private final Buffer gradients;
  private final List<Buffer> moments;
  private final Buffer rate;
  private final float[] number = new float[1];

  public OptimiserState(Optimiser optimiser, Layout parameters, Backend backend) {
    this.optimiser = optimiser;
    this.parameters = parameters;
    gradients = backend.allocate(parameters.elements());
    moments =
        optimiser.state(parameters).stream().map(Shape::elements).map(backend::allocate).toList();
    rate = backend.allocate(1);
    rate.write((float) optimiser.learningRate());
  }

  /**
   * Appends the optimiser's step to a tape.
   *
   * @param parameters the flat parameters
   * @param gradients their gradients, laid out likewise
   * @return the storage of what was put on the tape, for the plan
   */
  public Map<Tensor, Buffer> record(Tape tape, Tensor parameters, Tensor gradients) {
    Map<Tensor, Buffer> bindings = new HashMap<>();
    List<Tensor> state = new ArrayList<>();
    for (Buffer moment : moments) {
      Tensor tensor = tape.input("moment" + bindings.size(), Shape.shape(moment.elements()));
      bindings.put(tensor, moment);
      state.add(tensor);
    }
    Tensor learningRate = tape.input("learning_rate", Shape.shape(1));
    bindings.put(learningRate, rate);
    optimiser.record(tape, parameters, gradients, state, learningRate);
    return bindings;
  }

  /**
   * Takes over what the same optimiser remembers of a network with the same layers, or with a
   * smaller classifier: the moments of rows that the other one does not have stay as they are, at
   * first zero. Counters are taken over as they are.
   */
  public void copyLeading(OptimiserState earlier) {
    List<Shape> shapes = optimiser.state(parameters);
    if (!earlier.optimiser.equals(optimiser)) {
      throw new IllegalArgumentException(
          "optimiser state: it is of %s, expected %s".formatted(earlier.optimiser, optimiser));
    }
    for (int i = 0; i < shapes.size(); i++) {
      if (shapes.get(i).equals(parameters.shape())) {
        parameters.copyLeading(earlier.parameters, earlier.moments.get(i), moments.get(i));
      } else {
        moments.get(i).write(earlier.moments.get(i).read());
      }
    }
  }

  /** Gradients of the last step, laid out as the parameters. */
  public Buffer gradients() {
    return gradients;
  }

  /** What the optimiser remembers, in the order of {@link Optimiser#state}. */
  public List<Buffer> moments() {
    return moments;
  }

  /** Sets the learning rate for the steps that follow. */
  public void rate(float value) {
    number[0] = value;
    rate.write(0, number, 0, 1);
  }
}
