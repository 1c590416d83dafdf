package engram.plan;

import engram.graph.Graph;
import engram.graph.Node;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Steps that run as one. A group stands where its last member stood, so the others come later than
 * they were recorded: it is granted only if no step in between can tell.
 */
final class Groups {
  private final Map<Tensor, Graph.Place> places;
  private final List<Node> steps;

  private Groups(Map<Tensor, Graph.Place> places, List<Node> steps) {
    this.places = places;
    this.steps = steps;
  }

  /**
   * All steps, in order, those of a granted wish together.
   *
   * @param wishes groups, each of steps in order, no step in two of them
   */
  static List<List<Node>> grant(
      List<Node> steps, List<List<Node>> wishes, Map<Tensor, Graph.Place> places) {
    Groups groups = new Groups(places, steps);
    Map<Node, List<Node>> byLast = new HashMap<>();
    Set<Node> earlier = new HashSet<>();
    for (List<Node> wish : wishes) {
      if (groups.canWait(wish)) {
        byLast.put(wish.getLast(), wish);
        earlier.addAll(wish.subList(0, wish.size() - 1));
      }
    }
    List<List<Node>> granted = new ArrayList<>();
    for (Node step : steps) {
      if (!earlier.contains(step)) {
        granted.add(byLast.getOrDefault(step, List.of(step)));
      }
    }
    return granted;
  }

  private boolean canWait(List<Node> group) {
    int last = steps.indexOf(group.getLast());
    for (Node member : group.subList(0, group.size() - 1)) {
      for (Node between : steps.subList(steps.indexOf(member) + 1, last)) {
        if (!group.contains(between) && disturb(member, between)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether one of two steps writes what the other reads or writes. */
  private boolean disturb(Node a, Node b) {
    return anyOverlap(a.written(), b.inputs())
        || anyOverlap(a.written(), b.written())
        || anyOverlap(a.inputs(), b.written());
  }

  private boolean anyOverlap(List<Tensor> some, List<Tensor> others) {
    return some.stream().anyMatch(a -> others.stream().anyMatch(b -> overlap(a, b)));
  }

  private boolean overlap(Tensor a, Tensor b) {
    return Objects.requireNonNull(places.get(a)).overlaps(Objects.requireNonNull(places.get(b)));
  }
}
