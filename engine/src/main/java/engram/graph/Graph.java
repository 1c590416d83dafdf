package engram.graph;

import engram.op.View;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A recorded computation: what comes from outside, the nodes in the order in which they run, and
 * which results must still be readable afterwards.
 *
 * @param externals tensors that the computation reads or updates but does not produce: inputs,
 *     parameters, optimiser state
 * @param kept produced tensors whose values are wanted after a run
 */
public record Graph(List<Tensor> externals, List<Node> nodes, Set<Tensor> kept) {

  public Graph {
    externals = List.copyOf(externals);
    nodes = List.copyOf(nodes);
    kept = new LinkedHashSet<>(kept);
  }

  /** This graph with other nodes. */
  public Graph withNodes(List<Node> changed) {
    return new Graph(externals, changed, kept);
  }

  /** The node that makes {@code tensor}; empty for externals. */
  public Optional<Node> producer(Tensor tensor) {
    return nodes.stream().filter(node -> node.outputs().contains(tensor)).findFirst();
  }

  /**
   * The tensor whose storage each tensor shares, with the position in it: a chain of views ends at
   * one root.
   */
  public Map<Tensor, Place> places() {
    Map<Tensor, Place> places = new HashMap<>();
    for (Tensor tensor : externals) {
      places.put(tensor, Place.of(tensor));
    }
    for (Node node : nodes) {
      for (Tensor output : node.outputs()) {
        if (node.op() instanceof View view) {
          Place of = Objects.requireNonNull(places.get(node.inputs().getFirst()));
          places.put(output, Place.of(output).in(of, view.offset()));
        } else {
          places.put(output, Place.of(output));
        }
      }
    }
    return places;
  }

  /**
   * Storage of a tensor: {@code elements} elements from element {@code offset} of the storage of
   * {@code root}.
   */
  public record Place(Tensor root, int offset, int elements) {
    /** Storage of its own. */
    static Place of(Tensor root) {
      return new Place(root, 0, root.shape().elements());
    }

    /** This storage where its root begins {@code at} elements into {@code other}. */
    public Place in(Place other, int at) {
      return new Place(other.root, other.offset + at + offset, elements);
    }

    /** Whether an element lies in both. */
    public boolean overlaps(Place other) {
      return root.equals(other.root)
          && offset < other.offset + other.elements
          && other.offset < offset + elements;
    }
  }

  /** This graph without the nodes whose results nobody reads and that update nothing. */
  public Graph withoutDeadNodes() {
    Set<Tensor> needed = new LinkedHashSet<>(kept);
    List<Node> live = new ArrayList<>();
    for (Node node : nodes.reversed()) {
      if (!node.op().updates().isEmpty() || node.outputs().stream().anyMatch(needed::contains)) {
        live.add(node);
        needed.addAll(node.inputs());
      }
    }
    return withNodes(live.reversed());
  }

  /** One line a node. */
  @Override
  public String toString() {
    return nodes.stream().map(node -> node + "\n").collect(Collectors.joining());
  }
}
