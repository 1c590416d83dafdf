package engram.nn.layer;

import static engram.tensor.Shape.shape;

import engram.graph.Tape;
import engram.op.Op;
import engram.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A layer on a tape.
 *
 * @param name whole name of the layer
 * @param tensors its parameters and its state, by their whole names
 * @param number number of the training step, asked for by layers that draw random numbers
 */
public record RecordingContext(
    Tape tape,
    String name,
    Layer self,
    Mode mode,
    Function<String, Tensor> tensors,
    Supplier<Tensor> number)
    implements LayerContext {

  /**
   * A layer alone, in evaluation mode, with parameters that nobody fills: for shapes and costs.
   *
   * @return its output
   * @throws engram.tensor.ShapeException if the layer cannot take this shape
   */
  public static Tensor dry(Tape tape, Named layer, Tensor x) {
    Function<String, Tensor> unfilled =
        name ->
            Stream.concat(layer.owned(Layer::parameters), layer.owned(Layer::state))
                .filter(spec -> spec.name().equals(name))
                .map(spec -> tape.input(name, spec.shape()))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "layer \"%s\": it declares no tensor %s"
                                .formatted(layer.name(), name)));
    Supplier<Tensor> step = () -> tape.input("step", shape(1));
    return new RecordingContext(tape, layer.name(), layer, Mode.EVALUATION, unfilled, step)
        .apply(x);
  }

  /** Appends the layer itself. */
  public Tensor apply(Tensor x) {
    return self.record(this, x);
  }

  @Override
  public Tensor parameter(String own) {
    return tensors.apply(name + "." + own);
  }

  @Override
  public Tensor state(String own) {
    return tensors.apply(name + "." + own);
  }

  @Override
  public Tensor step() {
    return number.get();
  }

  @Override
  public Tensor layer(String inner, Tensor x) {
    Named found =
        self.layers().stream()
            .filter(named -> named.name().equals(inner))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "layer \"%s\": it has no layer \"%s\"; there are %s"
                            .formatted(
                                name, inner, self.layers().stream().map(Named::name).toList())));
    return layer(found, x);
  }

  @Override
  public Tensor layer(Named inner, Tensor x) {
    return new RecordingContext(tape, name + "." + inner.name(), inner, mode, tensors, number)
        .apply(x);
  }

  @Override
  public List<Tensor> record(Op op, Tensor... inputs) {
    return tape.record(name, op, List.of(inputs));
  }
}
