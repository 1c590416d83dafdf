package engram.nn;

import engram.backend.Backend;
import engram.graph.Tape;
import engram.nn.init.Initialiser;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.layer.Named;
import engram.tensor.Tensor;
import java.util.Optional;

/**
 * Layers with their numbers on a backend. A network is put on a tape to be trained or used; the
 * same one can be on many tapes, all of which read the same numbers.
 */
public final class Network {
  private final Sequential model;
  private final Backend backend;
  private final Parameters parameters;
  private final Parameters state;

  private Network(Sequential model, Backend backend) {
    this.model = model;
    this.backend = backend;
    parameters = new Parameters(Layout.of(model.parameters()), backend);
    state = new Parameters(Layout.of(model.state()), backend);
  }

  /**
   * A network with first values.
   *
   * @param seed the same seed gives the same values on every backend
   */
  public static Network create(Sequential model, Backend backend, long seed) {
    Network network = zeros(model, backend);
    network.parameters.initialise(seed);
    network.state.initialise(seed);
    return network;
  }

  /** A network of zeros, for those who fill it, or only ask how large it is. */
  public static Network zeros(Sequential model, Backend backend) {
    return new Network(model, backend);
  }

  public Sequential model() {
    return model;
  }

  public Backend backend() {
    return backend;
  }

  /** What training changes. */
  public Parameters parameters() {
    return parameters;
  }

  /** What layers remember without being trained, such as running statistics. */
  public Parameters state() {
    return state;
  }

  /** Number of logits. */
  public int classes() {
    return model.classifier().out();
  }

  /** A network of its own with the same numbers. */
  public Network copy() {
    Network copy = new Network(model, backend);
    copy.copyFrom(this);
    return copy;
  }

  /**
   * A network of its own with a larger classifier: the rows of the old classes are kept, those of
   * the new ones drawn as PyTorch draws a new linear layer, everything else is as here. A batch
   * normalisation of the logits grows, too.
   *
   * @param classes number of classes afterwards, not fewer than now
   * @param seed rows depend on the seed and their number, not on how many are added at once
   */
  public Network grow(int classes, long seed) {
    if (classes < classes()) {
      throw new IllegalArgumentException(
          "grow: the network has %d classes and cannot shrink to %d".formatted(classes(), classes));
    }
    Network grown = new Network(model.withClasses(classes), backend);
    for (Named layer : grown.model.head()) {
      boolean linear = layer.layer() instanceof Linear;
      layer
          .owned(Layer::parameters)
          .map(spec -> linear ? spec.drawnBy(new Initialiser.TorchDefault()) : spec)
          .forEach(spec -> grown.parameters.initialise(spec, seed));
      layer.owned(Layer::state).forEach(spec -> grown.state.initialise(spec, seed));
    }
    grown.copyLeading(this);
    return grown;
  }

  /**
   * A network of its own with the outputs of the first classes alone; everything else is as here.
   *
   * @param classes number of classes, not more than now
   */
  public Network leading(int classes) {
    if (classes > classes()) {
      throw new IllegalArgumentException(
          "leading: the network has %d classes, not %d".formatted(classes(), classes));
    }
    Network leading = new Network(model.withClasses(classes), backend);
    leading.parameters.copyStart(parameters);
    leading.state.copyStart(state);
    return leading;
  }

  /** Takes over the numbers of a network with the same layers. */
  public void copyFrom(Network other) {
    if (!other.model.equals(model)) {
      throw new IllegalArgumentException(
          "copyFrom: the other network has other layers: " + other.model.layers());
    }
    parameters.copyLeading(other.parameters);
    state.copyLeading(other.state);
  }

  /**
   * Takes over the numbers of a network with the same layers and a smaller classifier; the rows of
   * the classes that the other one does not have stay as they are.
   */
  public void copyLeading(Network smaller) {
    if (!smaller.model.withClasses(classes()).equals(model) || smaller.classes() > classes()) {
      throw new IllegalArgumentException(
          "copyLeading: the other network has %d classes, this one %d; its layers: %s"
              .formatted(smaller.classes(), classes(), smaller.model.layers()));
    }
    parameters.copyLeading(smaller.parameters);
    state.copyLeading(smaller.state);
  }

  /**
   * Takes over what makes the features, {@link Sequential#stem}, of a network with other classes;
   * the classifier here stays as it is.
   */
  public void copyStem(Network other) {
    if (!other.model.withClasses(classes()).equals(model)) {
      throw new IllegalArgumentException(
          "copyStem: the other network has other layers: " + other.model.layers());
    }
    for (Named layer : model.stem()) {
      layer.owned(Layer::parameters).forEach(spec -> parameters.copy(other.parameters, spec));
      layer.owned(Layer::state).forEach(spec -> state.copy(other.state, spec));
    }
  }

  /** Puts the network on a tape to be used, or trained without random layers. */
  public RecordedNetwork on(Tape tape) {
    return new RecordedNetwork(tape, model, parameters, state, "", Optional.empty());
  }

  /**
   * Puts the network on a tape.
   *
   * @param name goes before the names of its tensors, to tell several networks apart; may be empty
   * @param step number of the training step [1], which keys the randomness of dropout
   */
  public RecordedNetwork on(Tape tape, String name, Tensor step) {
    return new RecordedNetwork(tape, model, parameters, state, name, Optional.of(step));
  }
}
