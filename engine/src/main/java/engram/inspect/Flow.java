package engram.inspect;

import engram.graph.Graph;
import engram.graph.Graph.Place;
import engram.graph.Node;
import engram.op.Assign;
import engram.op.View;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a picture of a graph shows: nodes, numbered by their position, and what flows between them.
 *
 * @param externals tensors that come from outside
 * @param nodes those that compute or copy something
 * @param edges by storage, so that they lead from the writer of a value to its readers through
 *     views of it and through buffers that one node fills and another reads, such as the gradients
 *     that an optimiser takes
 */
public record Flow(List<Tensor> externals, List<Node> nodes, List<Edge> edges) {
  private static final Pattern PARAMETER =
      Pattern.compile("(.+)\\.(weight|bias|running_mean|running_var)");
  private static final String GRADIENT = "d.";

  /** An edge from a node, or from external {@code -1 - from}, to a node that reads the tensor. */
  public record Edge(int from, int to, Tensor tensor) {}

  private record Written(Place place, List<Integer> by) {}

  public Flow {
    externals = List.copyOf(externals);
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** Every node but views, which only name what is there. */
  public static Flow of(Graph graph) {
    return of(graph, graph.nodes().stream().filter(n -> !(n.op() instanceof View)).toList());
  }

  /**
   * The steps of a plan, numbered as in {@link Plan#steps}: what it need not do, such as copying a
   * value that was written where it belongs, has no node.
   */
  public static Flow of(Plan plan) {
    return of(plan.graph(), plan.steps());
  }

  private static Flow of(Graph graph, List<Node> shown) {
    Map<Node, Integer> numbers = new HashMap<>();
    shown.forEach(node -> numbers.put(node, numbers.size()));
    Map<Tensor, Place> places = graph.places();
    List<Written> written = new ArrayList<>();
    for (int i = 0; i < graph.externals().size(); i++) {
      written.add(new Written(place(places, graph.externals().get(i)), List.of(-1 - i)));
    }
    List<Edge> edges = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Integer number = numbers.get(node);
      if (number != null) {
        for (Tensor input : node.inputs()) {
          writers(written, place(places, input))
              .forEach(w -> edges.add(new Edge(w, number, input)));
        }
        node.written().forEach(t -> written.add(new Written(place(places, t), List.of(number))));
      } else if (node.op() instanceof Assign) { // made in place
        List<Integer> by = writers(written, place(places, node.inputs().get(1)));
        written.add(new Written(place(places, node.inputs().get(0)), by));
      }
    }
    return new Flow(graph.externals(), shown, edges);
  }

  private static Place place(Map<Tensor, Place> places, Tensor tensor) {
    return Objects.requireNonNull(places.get(tensor));
  }

  /** Who wrote what lies there: nodes, or else what was there from the start. */
  private static List<Integer> writers(List<Written> written, Place place) {
    List<Integer> by =
        written.stream()
            .filter(w -> w.place.overlaps(place))
            .flatMap(w -> w.by.stream())
            .distinct()
            .toList();
    List<Integer> nodes = by.stream().filter(number -> number >= 0).toList();
    return nodes.isEmpty() ? by : nodes;
  }

  /**
   * The layer that a node belongs to: that of the parameters that it reads or whose gradient it
   * makes, else the name of what it makes.
   */
  public static String layer(Node node) {
    for (Tensor tensor : node.inputs()) {
      Matcher parameter = PARAMETER.matcher(withoutGradient(tensor.name()));
      if (parameter.matches()) {
        return parameter.group(1);
      }
    }
    return withoutGradient(node.written().getFirst().name());
  }

  private static String withoutGradient(String name) {
    return name.startsWith(GRADIENT) ? name.substring(GRADIENT.length()) : name;
  }
}
