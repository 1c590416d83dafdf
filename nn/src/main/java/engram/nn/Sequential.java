package engram.nn;

import static engram.tensor.Shape.shape;

import engram.nn.layer.Flatten;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.layer.ParameterSpec;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Layers one behind the other, for inputs of one shape. It is a description: the numbers are in a
 * {@link Network}.
 *
 * @param input shape of one example, such as [32, 32, 3]
 * @param layers checked to fit each other; names of layers with parameters are unique
 */
public record Sequential(Shape input, List<Layer> layers) {

  public Sequential {
    layers = fitted(input, layers);
  }

  /** Layers for examples of shape {@code input}. */
  public static Sequential of(Shape input, Layer... layers) {
    return new Sequential(input, List.of(layers));
  }

  private static List<Layer> fitted(Shape input, List<Layer> layers) {
    List<Layer> fitted = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Shape shape = batched(1, input);
    Optional<Shape> image = Optional.empty();
    for (Layer layer : layers) {
      boolean owns = !layer.parameters().isEmpty() || !layer.state().isEmpty();
      if (owns && !names.add(layer.name())) {
        throw new IllegalArgumentException(
            "network: two layers are named \"%s\"; give each layer with parameters its own name"
                .formatted(layer.name()));
      }
      if (layer instanceof Flatten && shape.rank() == 4) {
        image = Optional.of(shape(shape.dim(1), shape.dim(2), shape.dim(3)));
      } else if (layer instanceof Linear linear) {
        fitted.add(image.map(linear::behindFlattened).orElse(linear));
        image = Optional.empty();
      }
      if (!(layer instanceof Linear)) {
        fitted.add(layer);
      }
      shape = outputOf(layer, shape);
    }
    return List.copyOf(fitted);
  }

  private static Shape outputOf(Layer layer, Shape input) {
    try {
      return layer.outputShape(input);
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
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
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
    return layers.stream()
        .flatMap(layer -> part.apply(layer).stream().map(spec -> spec.in(layer.name())))
        .toList();
  }

  /**
   * The last layer, which gives one logit for each class.
   *
   * @throws IllegalStateException if that is no linear layer
   */
  public Linear classifier() {
    if (!layers.isEmpty() && layers.getLast() instanceof Linear linear) {
      return linear;
    }
    throw new IllegalStateException(
        "network: the last layer is %s, expected a linear layer as classifier"
            .formatted(layers.isEmpty() ? "absent" : layers.getLast().name()));
  }

  /** These layers with a classifier of {@code classes} outputs. */
  public Sequential withClasses(int classes) {
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(layers.size() - 1, classifier().withOutputs(classes));
    return new Sequential(input, changed);
  }
}
