package engram.plan;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.Assign;
import engram.op.View;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where each tensor lies. Externals have storage of their own; everything that the graph produces
 * lies in one arena, in which tensors that are never alive together share space. A value that is
 * only made to be assigned to a part of an external is made there at once.
 *
 * @param places storage of each tensor: a root and an offset in it
 * @param arena offset of each root that lies in the arena
 * @param arenaElements size of the arena
 * @param groups the nodes that need a kernel, all but views and assignments made unnecessary; those
 *     that run as one are together
 * @param lifetimes when each root of the arena is in use, in the order in which they are made
 * @param madeInPlace assignments that need no kernel: their value is made where it belongs
 */
public record MemoryPlan(
    Map<Tensor, Graph.Place> places,
    Map<Tensor, Integer> arena,
    int arenaElements,
    List<List<Node>> groups,
    List<Lifetime> lifetimes,
    List<Node> madeInPlace) {

  /**
   * When a root of the arena is in use.
   *
   * @param first the group of steps that makes it, numbered as in {@link #groups}
   * @param last the last group that reads it; the last of all where it is kept
   */
  public record Lifetime(Tensor root, int first, int last) {
    /** Elements that it takes in the arena, with what is left empty behind it. */
    public long elements() {
      return aligned(root);
    }

    boolean meets(Lifetime other) {
      return first <= other.last && other.first <= last;
    }
  }

  /** Offsets are multiples of this many elements: 64 bytes, a cache line. */
  static final int ALIGNMENT = 16;

  /** Elements that the arena would take if nothing shared space. */
  public long elementsUnshared() {
    return lifetimes.stream().mapToLong(Lifetime::elements).sum();
  }

  /** Elements in use while group {@code step} of {@link #groups} runs. */
  public long elementsAt(int step) {
    return lifetimes.stream()
        .filter(life -> life.first <= step && step <= life.last)
        .mapToLong(Lifetime::elements)
        .sum();
  }

  /** The first group of {@link #groups} during which most elements are in use; 0 without groups. */
  public int peak() {
    int peak = 0;
    for (int step = 1; step < groups.size(); step++) {
      peak = elementsAt(step) > elementsAt(peak) ? step : peak;
    }
    return peak;
  }

  /** Plans the storage of a graph whose nodes run one by one. */
  public static MemoryPlan of(Graph graph) {
    return of(graph, _ -> List.of());
  }

  /** The nodes that need a kernel, in the order in which they run. */
  public List<Node> steps() {
    return groups.stream().flatMap(List::stream).toList();
  }

  /**
   * Plans the storage of a graph.
   *
   * @param wishes the groups of steps that the backend could run as one; all operands of a group
   *     are alive at the same time
   */
  public static MemoryPlan of(Graph graph, Function<List<Node>, List<List<Node>>> wishes) {
    Map<Tensor, Graph.Place> places = graph.places();
    List<Node> steps = new ArrayList<>();
    List<Node> madeInPlace = new ArrayList<>();
    Map<Tensor, Graph.Place> assigned = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (node.op() instanceof Assign && canBeMadeInPlace(graph, places, assigned, i)) {
        assigned.put(node.inputs().get(1), places.get(node.inputs().get(0)));
        madeInPlace.add(node);
      } else if (!(node.op() instanceof View)) {
        steps.add(node);
      }
    }
    places.replaceAll(
        (tensor, place) -> {
          Graph.Place target = assigned.get(place.root());
          return target == null ? place : place.in(target, 0);
        });
    Map<Tensor, Integer> arena = new HashMap<>();
    List<List<Node>> groups = Groups.grant(steps, wishes.apply(steps), places);
    List<Lifetime> lifetimes = lifetimes(graph, places, groups);
    int size = pack(lifetimes, arena);
    return new MemoryPlan(places, arena, size, groups, lifetimes, madeInPlace);
  }

  /**
   * Whether the value that node {@code assignment} assigns can be written to its target when it is
   * produced: it is a root, until the assignment nobody touches the target, and nobody who looks at
   * the value afterwards sees the target change.
   */
  private static boolean canBeMadeInPlace(
      Graph graph,
      Map<Tensor, Graph.Place> places,
      Map<Tensor, Graph.Place> assigned,
      int assignment) {
    Tensor target = graph.nodes().get(assignment).inputs().get(0);
    Tensor value = graph.nodes().get(assignment).inputs().get(1);
    if (!placeOf(value, places).root().equals(value)
        || graph.externals().contains(value)
        || assigned.containsKey(value)
        || seesTheTargetChange(graph, places, assignment)) {
      return false;
    }
    for (Node node : graph.nodes().subList(0, assignment).reversed()) {
      boolean namesOnly = node.op() instanceof View;
      if (!namesOnly && node.inputs().stream().anyMatch(in -> overlap(places, in, target))) {
        return false;
      }
      if (node.outputs().contains(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean seesTheTargetChange(
      Graph graph, Map<Tensor, Graph.Place> places, int assignment) {
    Tensor target = graph.nodes().get(assignment).inputs().get(0);
    Tensor value = graph.nodes().get(assignment).inputs().get(1);
    List<Node> later = graph.nodes().subList(assignment + 1, graph.nodes().size());
    boolean changes =
        later.stream()
            .flatMap(node -> node.updated().stream())
            .anyMatch(updated -> overlap(places, updated, target));
    return changes
        && Stream.concat(later.stream().flatMap(n -> n.inputs().stream()), graph.kept().stream())
            .anyMatch(tensor -> placeOf(tensor, places).root().equals(value));
  }

  private static boolean overlap(Map<Tensor, Graph.Place> places, Tensor a, Tensor b) {
    return placeOf(a, places).overlaps(placeOf(b, places));
  }

  private static List<Lifetime> lifetimes(
      Graph graph, Map<Tensor, Graph.Place> places, List<List<Node>> groups) {
    Map<Tensor, Lifetime> alive = new HashMap<>();
    List<Tensor> order = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Node node : groups.get(i)) {
        for (Tensor output : node.outputs()) {
          Tensor root = placeOf(output, places).root();
          if (!graph.externals().contains(root)) {
            order.add(root);
            alive.put(root, new Lifetime(root, i, i));
          }
        }
        for (Tensor input : node.inputs()) {
          extend(alive, placeOf(input, places).root(), i);
        }
      }
    }
    for (Tensor tensor : graph.kept()) {
      extend(alive, placeOf(tensor, places).root(), groups.size() - 1);
    }
    return order.stream().map(alive::get).toList();
  }

  private static void extend(Map<Tensor, Lifetime> alive, Tensor root, int last) {
    alive.computeIfPresent(root, (r, life) -> new Lifetime(r, life.first, last));
  }

  /** Largest first, each at the lowest offset that is free during its life. */
  private static int pack(List<Lifetime> lifetimes, Map<Tensor, Integer> arena) {
    List<Lifetime> placed = new ArrayList<>();
    long size = 0;
    List<Lifetime> bySize = new ArrayList<>(lifetimes);
    bySize.sort(Comparator.comparingInt((Lifetime life) -> -life.root.shape().elements()));
    for (Lifetime life : bySize) {
      List<Lifetime> neighbours = new ArrayList<>(placed.stream().filter(life::meets).toList());
      neighbours.sort(Comparator.comparingInt(other -> arena.get(other.root)));
      long offset = 0;
      for (Lifetime other : neighbours) {
        int start = Objects.requireNonNull(arena.get(other.root));
        if (offset + aligned(life.root) <= start) {
          break;
        }
        offset = Math.max(offset, start + aligned(other.root));
      }
      size = Math.max(size, offset + aligned(life.root));
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "plan: the intermediate values need %,d elements at once, at %s; there may be 2^31 - 1. Use a smaller batch."
                .formatted(size, life.root));
      }
      arena.put(life.root, (int) offset);
      placed.add(life);
    }
    return (int) size;
  }

  private static Graph.Place placeOf(Tensor tensor, Map<Tensor, Graph.Place> places) {
    return Objects.requireNonNull(places.get(tensor), "a tensor of the graph has a place");
  }

  private static long aligned(Tensor tensor) {
    return ((long) tensor.shape().elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
