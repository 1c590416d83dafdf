package engram.nn.layer;

import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A layer and its name within the network or layer that it belongs to. */
public record Named(String name, Layer layer) implements Layer {

  public Named {
    if (name.isEmpty() || name.contains(".")) {
      throw new IllegalArgumentException(
          "layer: the name is \"%s\", expected some letters without a dot".formatted(name));
    }
    if (layer instanceof Named inner) {
      layer = inner.layer();
    }
  }

  /**
   * Layers with their names. Who has none is called by its kind; those that own something get a
   * number behind it, from 1 for each kind: {@code conv1}, {@code relu}, {@code conv2}.
   *
   * @throws IllegalArgumentException if two that own something have one name
   */
  public static List<Named> all(List<? extends Layer> layers) {
    List<Named> all = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    Set<String> owners = new HashSet<>();
    for (Layer layer : layers) {
      Named named =
          switch (layer) {
            case Named given -> given;
            case Layer plain when owns(plain) ->
                plain.named(plain.kind() + numbers.merge(plain.kind(), 1, Integer::sum));
            default -> layer.named(layer.kind());
          };
      if (owns(named.layer()) && !owners.add(named.name())) {
        throw new IllegalArgumentException(
            "network: two layers are named \"%s\"; give each layer with parameters, and each dropout, a name of its own"
                .formatted(named.name()));
      }
      all.add(named);
    }
    return List.copyOf(all);
  }

  /** Whether its name matters: tensors are found by it, and dropout draws its masks by it. */
  public static boolean owns(Layer layer) {
    return !layer.parameters().isEmpty()
        || !layer.state().isEmpty()
        || !layer.layers().isEmpty()
        || layer instanceof Dropout;
  }

  /**
   * The tensors of this layer and of those inside of it, under their whole names.
   *
   * @param part {@code Layer::parameters} or {@code Layer::state}
   */
  public Stream<ParameterSpec> owned(Function<Layer, List<ParameterSpec>> part) {
    return Stream.concat(
            part.apply(layer).stream(), layers().stream().flatMap(inner -> inner.owned(part)))
        .map(spec -> spec.in(name));
  }

  @Override
  public String kind() {
    return layer.kind();
  }

  @Override
  public List<ParameterSpec> parameters() {
    return layer.parameters();
  }

  @Override
  public List<ParameterSpec> state() {
    return layer.state();
  }

  @Override
  public List<Named> layers() {
    return layer.layers();
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return layer.record(t, x);
  }
}
