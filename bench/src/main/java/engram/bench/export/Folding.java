package engram.bench.export;

import engram.bench.export.Graph.Constant;
import engram.bench.export.Graph.Node;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes batch norms into the convolution or the linear layer before them. With fixed statistics a
 * norm multiplies each channel by {@code s = gamma / sqrt(variance + eps)} and shifts it, which the
 * layer before it can do at no cost:
 *
 * <pre>
 * weight[o, ...] := s[o] weight[o, ...]      bias[o] := s[o] (bias[o] - mean[o]) + beta[o]
 * </pre>
 *
 * A norm behind anything else, such as a pool, stays.
 */
final class Folding {
  private static final Set<String> TAKERS = Set.of("Conv", "Gemm");

  private Folding() {}

  /**
   * Folds all that can be.
   *
   * @return how many batch norms are gone
   */
  static int fold(Graph graph) {
    int count = 0;
    for (Node node : List.copyOf(graph.nodes())) {
      if (node.op().equals(LayerNodes.BATCH_NORM)) {
        Optional<Node> taker = takerOf(node, graph);
        taker.ifPresent(layer -> fold(node, layer, graph));
        count += taker.isPresent() ? 1 : 0;
      }
    }
    graph.removeUnread();
    return count;
  }

  /** The layer that alone feeds the norm and is read by nobody else. */
  private static Optional<Node> takerOf(Node norm, Graph graph) {
    String x = norm.inputs().getFirst();
    long readers = graph.nodes().stream().filter(node -> node.inputs().contains(x)).count();
    return graph.nodes().stream()
        .filter(node -> node.output().equals(x) && TAKERS.contains(node.op()) && readers == 1)
        .findFirst();
  }

  private static void fold(Node norm, Node layer, Graph graph) {
    double eps =
        norm.attributes().stream()
            .filter(Graph.Attribute.Real.class::isInstance)
            .map(Graph.Attribute.Real.class::cast)
            .findFirst()
            .orElseThrow()
            .value();
    float[] gamma = graph.floats(norm.inputs().get(1)).values();
    float[] beta = graph.floats(norm.inputs().get(2)).values();
    float[] mean = graph.floats(norm.inputs().get(3)).values();
    float[] variance = graph.floats(norm.inputs().get(4)).values();
    Constant.Floats weight = graph.floats(layer.inputs().get(1));
    int channels = gamma.length;
    float[] bias =
        layer.inputs().size() > 2
            ? graph.floats(layer.inputs().get(2)).values()
            : new float[channels];
    float[] weights = new float[weight.values().length];
    float[] biases = new float[channels];
    int perChannel = weights.length / channels;
    for (int o = 0; o < channels; o++) {
      double scale = gamma[o] / Math.sqrt(variance[o] + eps);
      biases[o] = (float) (scale * (bias[o] - mean[o]) + beta[o]);
      for (int i = o * perChannel; i < (o + 1) * perChannel; i++) {
        weights[i] = (float) (scale * weight.values()[i]);
      }
    }
    List<String> inputs = new ArrayList<>();
    inputs.add(layer.inputs().getFirst());
    inputs.add(graph.constant(layer.inputs().get(1), new Constant.Floats(weight.shape(), weights)));
    inputs.add(
        graph.constant(layer.name() + ".bias", new Constant.Floats(Shape.shape(channels), biases)));
    graph.replace(
        layer, new Node(layer.op(), layer.name(), inputs, norm.output(), layer.attributes()));
    graph.remove(norm);
  }
}
