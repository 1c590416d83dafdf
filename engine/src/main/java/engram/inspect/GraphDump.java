package engram.inspect;

import engram.graph.Graph;
import engram.graph.Node;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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

  /** Graphviz: boxes for ops, numbered, ellipses for externals, a colour for each phase. */
  public static String dot(Flow flow) {
    StringBuilder text = new StringBuilder("digraph engram {\n");
    text.append("  node [fontname=\"Helvetica\", fontsize=10];\n  edge [fontsize=8];\n");
    for (int i = 0; i < flow.externals().size(); i++) {
      Tensor tensor = flow.externals().get(i);
      if (flow.edges().stream().map(Flow.Edge::from).anyMatch(Integer.valueOf(-1 - i)::equals)) {
        line(
            text,
            "x%d [shape=ellipse, label=\"%s\\n%s\"]",
            i,
            escaped(tensor.name()),
            tensor.shape());
      }
    }
    for (int i = 0; i < flow.nodes().size(); i++) {
      Node node = flow.nodes().get(i);
      line(
          text,
          "n%d [shape=box, style=filled, fillcolor=\"%s\", label=\"%d %s\\n%s\"]",
          i,
          colour(node.phase()),
          i,
          node.op().name(),
          escaped(caption(node)));
    }
    for (Flow.Edge edge : flow.edges()) {
      String from = edge.from() < 0 ? "x" + (-1 - edge.from()) : "n" + edge.from();
      line(text, "%s -> n%d [label=\"%s\"]", from, edge.to(), edge.tensor().shape());
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

  /** Layer, and shapes of what a node makes or else overwrites. */
  static String caption(Node node) {
    List<Tensor> made = node.outputs().isEmpty() ? node.updated() : node.outputs();
    return made.stream()
        .map(tensor -> tensor.shape().toString())
        .distinct()
        .collect(Collectors.joining(", ", Flow.layer(node) + "  ", ""));
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
    return "{\"id\": %d, \"name\": \"%s\", \"shape\": %s}"
        .formatted(tensor.id(), escaped(tensor.name()), tensor.shape());
  }
}
