package engram.nn.layer;

import engram.graph.Tape;
import engram.op.Op;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;

/**
 * A layer on a tape.
 *
 * @param name whole name of the layer
 * @param tensors where its parameters and its state are
 * @param number number of the training step, asked for by layers that draw random numbers
 */
public record RecordingContext(
    Tape tape, String name, Layer self, Mode mode, Tensors tensors, Supplier<Tensor> number)
    implements LayerContext {

  /** Finds the tensors of a network by their whole names. */
  public interface Tensors {
    Tensor parameter(String name);

    Tensor state(String name);
  }

  /**
   * A layer alone, in evaluation mode, with parameters that nobody fills: for shapes and costs.
   *
   * @return its output
   * @throws engram.tensor.ShapeException if the layer cannot take this shape, naming the layer
   */
  public static Tensor dry(Tape tape, Named layer, Tensor x) {
    Tensors unfilled =
        new Tensors() {
          @Override
          public Tensor parameter(String name) {
            return owned(Layer::parameters, name);
          }

          @Override
          public Tensor state(String name) {
            return owned(Layer::state, name);
          }

          private Tensor owned(
              java.util.function.Function<Layer, List<ParameterSpec>> part, String name) {
            return layer
                .owned(part)
                .filter(spec -> spec.name().equals(name))
                .map(spec -> tape.input(name, spec.shape()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("layer: there is no " + name));
          }
        };
    Supplier<Tensor> step = () -> tape.input("step", Shape.shape(1));
    return new RecordingContext(tape, layer.name(), layer, Mode.EVALUATION, unfilled, step)
        .apply(x);
  }

  /** Appends the layer itself. */
  public Tensor apply(Tensor x) {
    return self.record(this, x);
  }

  @Override
  public Tensor parameter(String own) {
    return tensors.parameter(name + "." + own);
  }

  @Override
  public Tensor state(String own) {
    return tensors.state(name + "." + own);
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
    return new RecordingContext(tape, name + "." + inner, found, mode, tensors, number).apply(x);
  }

  @Override
  public List<Tensor> record(Op op, Tensor... inputs) {
    return tape.record(name, op, List.of(inputs));
  }
}
