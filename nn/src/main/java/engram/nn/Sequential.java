package engram.nn;

import static engram.tensor.Shape.shape;

import engram.nn.init.Initialiser;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.layer.Named;
import engram.nn.layer.ParameterSpec;
import engram.nn.layer.Residual;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
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
    layers = Fitting.to(batched(1, input), Named.all(layers));
  }

  /** Layers for examples of shape {@code input}. */
  public static Sequential of(Shape input, Layer... layers) {
    return new Sequential(input, Named.all(List.of(layers)));
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
      shape = Fitting.output("", layer, shape);
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
   * The last linear layer, which gives one logit for each class; only a batch normalisation of the
   * logits may be behind it.
   *
   * @throws IllegalStateException if there is no such layer
   */
  public Linear classifier() {
    return switch (classifierNamed().layer()) {
      case Linear linear -> linear;
      case Layer other ->
          throw new IllegalStateException(
              "network: the last layer is %s, expected a linear layer as classifier"
                  .formatted(classifierName()));
    };
  }

  /** Name of the {@link #classifier}, such as {@code fc}. */
  public String classifierName() {
    return classifierNamed().name();
  }

  private Named classifierNamed() {
    if (layers.isEmpty()) {
      throw new IllegalStateException("network: it has no layers, so no classifier");
    }
    return head().getFirst();
  }

  /** The layers before the {@link #head}: what makes the features. */
  public List<Named> stem() {
    return layers.subList(0, headAt());
  }

  /**
   * What makes logits of features: the last layer, or two if they are a classifier and its norm.
   */
  public List<Named> head() {
    return layers.subList(headAt(), layers.size());
  }

  private int headAt() {
    int last = layers.size() - 1;
    boolean normalised =
        last > 0
            && layers.get(last).layer() instanceof BatchNorm2d
            && layers.get(last - 1).layer() instanceof Linear;
    return normalised ? last - 1 : Math.max(0, last);
  }

  /** These layers with a classifier of {@code classes} outputs. */
  public Sequential withClasses(int classes) {
    List<Named> changed = new ArrayList<>(stem());
    changed.add(classifier().withOutputs(classes).named(classifierName()));
    for (Named norm : head().subList(1, head().size())) {
      changed.add(
          norm.layer() instanceof BatchNorm2d own
              ? own.withChannels(classes).named(norm.name())
              : norm);
    }
    return new Sequential(input, changed);
  }

  /**
   * The same layers with the weights and biases of all convolutions and linear layers drawn
   * otherwise; what batch norms begin with stays. Layers inside of blocks and residuals are
   * reached, those inside of layers of one's own are not.
   */
  public Sequential initialisedBy(Initialiser weights, Initialiser biases) {
    return new Sequential(input, drawn(layers, weights, biases));
  }

  private static List<Named> drawn(List<Named> layers, Initialiser weights, Initialiser biases) {
    return layers.stream()
        .map(named -> drawn(named.layer(), weights, biases).named(named.name()))
        .toList();
  }

  private static Layer drawn(Layer layer, Initialiser weights, Initialiser biases) {
    return switch (layer) {
      case Conv2d conv -> conv.withInitialisers(weights, biases);
      case Linear linear -> linear.withInitialisers(weights, biases);
      case Block block -> new Block(drawn(block.layers(), weights, biases));
      case Residual residual ->
          new Residual(
              new Block(drawn(residual.body().layers(), weights, biases)),
              new Block(drawn(residual.shortcut().layers(), weights, biases)));
      default -> layer;
    };
  }
}
