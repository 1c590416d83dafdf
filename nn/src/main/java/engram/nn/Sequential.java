package engram.nn;

import static engram.tensor.Shape.shape;

import engram.graph.Tape;
import engram.nn.init.Initialiser;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.layer.Named;
import engram.nn.layer.ParameterSpec;
import engram.nn.layer.RecordingContext;
import engram.nn.layer.Residual;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Layers one behind the other, for inputs of one shape. It is a description: the numbers are in a
 * {@link Network}.
 *
 * @param input shape of one example, such as [32, 32, 3]
 * @param layers checked to fit each other; names of layers with parameters are unique
 */
public record Sequential(Shape input, List<Named> layers) {

  public Sequential {
    layers = new Fitting(batched(1, input)).fit(Named.all(layers));
  }

  /** Layers for examples of shape {@code input}. */
  public static Sequential of(Shape input, Layer... layers) {
    return new Sequential(input, Named.all(List.of(layers)));
  }

  /**
   * Goes through layers with the shape that each is given, and tells linear layers behind a {@link
   * Flatten} what image it was.
   */
  private static final class Fitting {
    private Shape shape;
    private Optional<Shape> image = Optional.empty();

    Fitting(Shape shape) {
      this.shape = shape;
    }

    List<Named> fit(List<Named> layers) {
      return layers.stream().map(this::fit).toList();
    }

    private Named fit(Named named) {
      Layer fitted =
          switch (named.layer()) {
            case Block block -> new Block(fit(block.layers()));
            case Linear linear ->
                image
                    .filter(flattened -> flattened.elements() == linear.in())
                    .map(linear::behindFlattened)
                    .orElse(linear);
            case Layer other -> other;
          };
      Named result = fitted.named(named.name());
      if (fitted instanceof Block) {
        return result;
      }
      if (fitted instanceof Flatten && shape.rank() == 4) {
        image = Optional.of(shape(shape.dim(1), shape.dim(2), shape.dim(3)));
      } else if (fitted instanceof Linear) {
        image = Optional.empty();
      }
      shape = outputOf(result, shape);
      return result;
    }
  }

  private static Shape outputOf(Named layer, Shape input) {
    try {
      Tape tape = new Tape();
      return RecordingContext.dry(tape, layer, tape.input("x", input)).shape();
    } catch (ShapeException e) {
      throw new ShapeException("layer \"%s\": %s".formatted(layer.name(), e.getMessage()));
    }
  }

  private static Shape batched(int batch, Shape example) {
    int[] dims = new int[example.rank() + 1];
    dims[0] = batch;
    for (int i = 0; i < example.rank(); i++) {
      dims[i + 1] = example.dim(i);
    }
    return shape(dims);
  }

  /** Shape of a batch of {@code examples} inputs. */
  public Shape inputShape(int examples) {
    return batched(examples, input);
  }

  /** Shape of the output for a batch of {@code examples} inputs. */
  public Shape outputShape(int examples) {
    Shape shape = inputShape(examples);
    for (Named layer : layers) {
      shape = outputOf(layer, shape);
    }
    return shape;
  }

  /** The trained tensors of all layers, under names such as {@code conv1.weight}. */
  public List<ParameterSpec> parameters() {
    return named(Layer::parameters);
  }

  /** The untrained tensors of all layers, such as {@code bn1.running_mean}. */
  public List<ParameterSpec> state() {
    return named(Layer::state);
  }

  private List<ParameterSpec> named(Function<Layer, List<ParameterSpec>> part) {
    return layers.stream().flatMap(layer -> layer.owned(part)).toList();
  }

  /**
   * The last layer, which gives one logit for each class.
   *
   * @throws IllegalStateException if that is no linear layer
   */
  public Linear classifier() {
    if (!layers.isEmpty() && layers.getLast().layer() instanceof Linear linear) {
      return linear;
    }
    throw new IllegalStateException(
        "network: the last layer is %s, expected a linear layer as classifier"
            .formatted(layers.isEmpty() ? "absent" : layers.getLast().name()));
  }

  /** Name of the {@link #classifier}, such as {@code fc}. */
  public String classifierName() {
    return layers.getLast().name();
  }

  /**
   * These layers with other first values for each convolution and linear layer, those inside of
   * blocks and residual layers, too; normalisations and layers of one's own stay as they are.
   */
  public Sequential initialisedBy(Initialiser weights, Initialiser biases) {
    return new Sequential(input, initialised(layers, weights, biases));
  }

  private static List<Named> initialised(
      List<Named> layers, Initialiser weights, Initialiser biases) {
    List<Named> changed = new ArrayList<>();
    for (Named named : layers) {
      Layer layer =
          switch (named.layer()) {
            case Conv2d conv -> conv.withInitialisers(weights, biases);
            case Linear linear -> linear.withInitialisers(weights, biases);
            case Block block -> new Block(initialised(block.layers(), weights, biases));
            case Residual residual ->
                new Residual(
                    new Block(initialised(residual.body().layers(), weights, biases)),
                    new Block(initialised(residual.shortcut().layers(), weights, biases)));
            case Layer other -> other;
          };
      changed.add(layer.named(named.name()));
    }
    return changed;
  }

  /** These layers with a classifier of {@code classes} outputs. */
  public Sequential withClasses(int classes) {
    List<Named> changed = new ArrayList<>(layers);
    changed.set(layers.size() - 1, classifier().withOutputs(classes).named(classifierName()));
    return new Sequential(input, changed);
  }
}
