package engram.nn;

import engram.backend.Buffer;
import engram.graph.Tape;
import engram.nn.layer.Mode;
import engram.nn.layer.Named;
import engram.nn.layer.RecordingContext;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network's parameters as tensors on one tape. It can be applied to several inputs there, and
 * other networks may be on the same tape.
 */
public final class RecordedNetwork {
  private final Tape tape;
  private final Sequential model;
  private final Parameters trained;
  private final Parameters state;
  private final Optional<Tensor> step;
  private final Tensor flat;
  private final Tensor flatState;
  private final List<Tensor> parameters;
  private final Map<String, Tensor> tensors;

  RecordedNetwork(
      Tape tape,
      Sequential model,
      Parameters trained,
      Parameters state,
      String name,
      Optional<Tensor> step) {
    this.tape = tape;
    this.model = model;
    this.trained = trained;
    this.state = state;
    this.step = step;
    String prefix = name.isEmpty() ? "" : name + ".";
    flat = tape.input(prefix + "parameters", trained.layout().shape());
    tensors = trained.layout().slices(tape, flat, prefix);
    parameters = List.copyOf(tensors.values());
    flatState = tape.input(prefix + "state", state.layout().shape());
    tensors.putAll(state.layout().slices(tape, flatState, prefix));
  }

  /**
   * What a network gives for a batch.
   *
   * @param features input of the classifier [N, features]
   * @param logits output of the network [N, classes]
   */
  public record Result(Tensor features, Tensor logits) {}

  /** Appends the network's layers, applied to x [N, ...]. */
  public Result forward(Tensor x, Mode mode) {
    Tensor features = apply(model.stem(), x, mode);
    return new Result(features, apply(model.head(), features, mode));
  }

  private Tensor apply(List<Named> layers, Tensor x, Mode mode) {
    Tensor y = x;
    for (Named layer : layers) {
      y =
          new RecordingContext(tape, layer.name(), layer, mode, this::parameter, this::step)
              .apply(y);
    }
    return y;
  }

  /** All parameters as one tensor, for penalties on them. */
  public Tensor flat() {
    return flat;
  }

  /** Each parameter, in the order of the layout: what to ask gradients for. */
  public List<Tensor> parameters() {
    return parameters;
  }

  /** The parameter or state of this name, such as {@code fc.weight}. */
  public Tensor parameter(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "network: no tensor is named \"%s\"; there are %s".formatted(name, tensors.keySet()));
    }
    return tensor;
  }

  private Tensor step() {
    return step.orElseThrow(
        () ->
            new IllegalStateException(
                "network: a layer draws random numbers and needs the number of the training step; "
                    + "give one when the network is put on the tape"));
  }

  /** Parts of another flat tensor that lie where the parameters lie in theirs, in order. */
  public List<Tensor> slices(Tensor other, String prefix) {
    return List.copyOf(trained.layout().slices(tape, other, prefix).values());
  }

  /** The storage that belongs to the tensors on the tape, for the plan. */
  public Map<Tensor, Buffer> bindings() {
    return Map.of(flat, trained.buffer(), flatState, state.buffer());
  }
}
