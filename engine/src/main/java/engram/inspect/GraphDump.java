package engram.inspect;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.View;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A graph as text that other programs draw or read: DOT for Graphviz, and JSON. */
public final class GraphDump {
  private GraphDump() {}

  /** Colours of the phases, in pictures and pages alike. */
  static String colour(Node.Phase phase) {
    return switch (phase) {
      case FORWARD -> "#cfe3f7";
      case BACKWARD -> "#f9dcc0";
      case UPDATE -> "#d7ecd0";
    };
  }

  /** An edge from the node that makes a tensor, or from an external, to a node that reads it. */
  record Edge(int from, int to, Tensor tensor) {}

  /**
   * The edges between nodes, by position in {@link Graph#nodes}; views are followed to what they
   * show. Externals have positions -1, -2, ...
   */
  static List<Edge> edges(Graph graph) {
    Map<Tensor, Integer> maker = new HashMap<>();
    for (int i = 0; i < graph.externals().size(); i++) {
      maker.put(graph.externals().get(i), -1 - i);
    }
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (node.op() instanceof View) {
        maker.put(node.output(), maker.get(node.inputs().getFirst()));
        continue;
      }
      for (Tensor input : node.inputs()) {
        edges.add(new Edge(Objects.requireNonNull(maker.get(input)), i, input));
      }
      for (Tensor output : node.outputs()) {
        maker.put(output, i);
      }
    }
    return edges;
  }

  /** Graphviz: boxes for ops, ellipses for externals, a colour for each phase. */
  public static String dot(Graph graph) {
    StringBuilder text = new StringBuilder("digraph engram {\n");
    text.append("  node [fontname=\"Helvetica\", fontsize=10];\n  edge [fontsize=8];\n");
    for (int i = 0; i < graph.externals().size(); i++) {
      Tensor tensor = graph.externals().get(i);
      line(
          text,
          "x%s [shape=ellipse, label=\"%s\\n%s\"]",
          i,
          escaped(tensor.name()),
          tensor.shape());
    }
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (!(node.op() instanceof View)) {
        line(
            text,
            "n%s [shape=box, style=filled, fillcolor=\"%s\", label=\"%s\\n%s\"]",
            i,
            colour(node.phase()),
            node.op().name(),
            outputs(node));
      }
    }
    for (Edge edge : edges(graph)) {
      String from = edge.from < 0 ? "x" + (-1 - edge.from) : "n" + edge.from;
      line(text, "%s -> n%s [label=\"%s\"]", from, edge.to, edge.tensor.shape());
    }
    return text.append("}\n").toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append("  ").append(String.format(Locale.ROOT, format, values)).append(";\n");
  }

  /** For a text in double quotes, in DOT and in JSON alike. */
  private static String escaped(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
  }

  /** Shapes of what a node makes. */
  static String outputs(Node node) {
    return String.join(", ", node.outputs().stream().map(o -> o.shape().toString()).toList());
  }

  /** Externals and nodes in the order in which they run, tensors by id. */
  public static String json(Graph graph) {
    List<String> externals = graph.externals().stream().map(GraphDump::json).toList();
    List<String> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(
          "{\"op\": \"%s\", \"attributes\": \"%s\", \"phase\": \"%s\", \"inputs\": %s, \"outputs\": [%s]}"
              .formatted(
                  node.op().name(),
                  escaped(node.op().toString()),
                  node.phase().name().toLowerCase(Locale.ROOT),
                  node.inputs().stream().map(Tensor::id).toList(),
                  String.join(", ", node.outputs().stream().map(GraphDump::json).toList())));
    }
    return "{\"externals\": [\n  %s],\n \"nodes\": [\n  %s]}\n"
        .formatted(String.join(",\n  ", externals), String.join(",\n  ", nodes));
  }

  private static String json(Tensor tensor) {
    return "{\"id\": %s, \"name\": \"%s\", \"shape\": %s}"
        .formatted(tensor.id(), escaped(tensor.name()), tensor.shape());
  }
}
