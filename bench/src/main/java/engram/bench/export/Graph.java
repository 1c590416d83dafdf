package engram.bench.export;

import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A graph in the words of ONNX while it is made: nodes, each behind those whose results it reads,
 * and constants. All values go by names.
 *
 * <p>Images are channels-first here, [N, C, H, W].
 */
final class Graph {
  private final List<Node> nodes = new ArrayList<>();
  private final SequencedMap<String, Constant> constants = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();

  /**
   * An empty graph.
   *
   * @param taken names that no node's result may have
   */
  Graph(List<String> taken) {
    names.addAll(taken);
  }

  /**
   * One operation.
   *
   * @param op ONNX's name of the operator
   * @param name of the layer that it comes from
   * @param output name of its one result
   */
  record Node(
      String op, String name, List<String> inputs, String output, List<Attribute> attributes) {
    Node {
      inputs = List.copyOf(inputs);
      attributes = List.copyOf(attributes);
    }
  }

  /** What sets an operator up. */
  sealed interface Attribute {
    String name();

    /** A whole number. */
    record Whole(String name, long value) implements Attribute {}

    /** Whole numbers, such as the sides of a kernel. */
    record Wholes(String name, List<Long> values) implements Attribute {}

    /** A float. */
    record Real(String name, float value) implements Attribute {}

    static Attribute of(String name, long value) {
      return new Whole(name, value);
    }

    static Attribute of(String name, List<Long> values) {
      return new Wholes(name, values);
    }

    static Attribute of(String name, float value) {
      return new Real(name, value);
    }
  }

  /** A tensor that does not depend on the input. */
  sealed interface Constant {
    /** Floats, row-major: a parameter. */
    record Floats(Shape shape, float[] values) implements Constant {}

    /** A row of whole numbers: where a slice begins, what is padded. */
    record Wholes(List<Long> values) implements Constant {}
  }

  List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  SequencedMap<String, Constant> constants() {
    return Collections.unmodifiableSequencedMap(constants);
  }

  /** The floats of a constant that there is. */
  Constant.Floats floats(String name) {
    if (constants.get(name) instanceof Constant.Floats floats) {
      return floats;
    }
    throw new IllegalArgumentException("there are no floats \"%s\"".formatted(name));
  }

  /** Adds an operation and returns the name of its result. */
  String add(String op, String layer, List<String> inputs, Attribute... attributes) {
    String output = free(layer);
    nodes.add(new Node(op, output, inputs, output, List.of(attributes)));
    return output;
  }

  /** Adds or overwrites a constant and returns its name. */
  String constant(String name, Constant value) {
    constants.put(name, value);
    return name;
  }

  /**
   * The name itself, or with a number behind it where it is taken: {@code relu}, {@code relu_2}.
   */
  private String free(String name) {
    String free = name;
    for (int count = 2; !names.add(free); count++) {
      free = name + "_" + count;
    }
    return free;
  }

  /** Gives a result another name. */
  void rename(String from, String to) {
    nodes.replaceAll(
        node ->
            new Node(
                node.op(),
                node.name(),
                node.inputs().stream().map(input -> input.equals(from) ? to : input).toList(),
                node.output().equals(from) ? to : node.output(),
                node.attributes()));
  }

  /** How many nodes of an operator there are. */
  int count(String op) {
    return (int) nodes.stream().filter(node -> node.op().equals(op)).count();
  }

  /** Puts one node in the place of another that gives the same result. */
  void replace(Node old, Node other) {
    nodes.set(nodes.indexOf(old), other);
  }

  /** Takes away a node whose result nobody reads. */
  void remove(Node node) {
    nodes.remove(node);
  }

  /** Takes away constants that no node reads. */
  void removeUnread() {
    List<String> read = nodes.stream().flatMap(node -> node.inputs().stream()).toList();
    constants.keySet().retainAll(read);
  }
}
