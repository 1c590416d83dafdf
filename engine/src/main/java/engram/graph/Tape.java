package engram.graph;

import engram.op.Op;
import engram.op.Recorder;
import engram.op.View;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Records a computation. Applying an op computes nothing: it checks the shapes and notes a node. A
 * tape becomes a {@link Graph}, which a plan can run as often as one likes.
 */
public final class Tape implements Recorder {
  private final List<Tensor> externals = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<Tensor> kept = new LinkedHashSet<>();
  private Node.Phase phase = Node.Phase.FORWARD;
  private int tensors;

  /** A tensor whose values come from outside: a batch, parameters, optimiser state. */
  public Tensor input(String name, Shape shape) {
    Tensor tensor = new Tensor(tensors++, name, shape);
    externals.add(tensor);
    return tensor;
  }

  /**
   * Part of {@code flat}, from element {@code offset}, as a tensor of its own that shares storage.
   */
  public Tensor slice(String name, Tensor flat, int offset, Shape shape) {
    return record(name, new View(offset, shape), List.of(flat)).getFirst();
  }

  @Override
  public List<Tensor> record(Op op, Tensor... inputs) {
    return record(op.name(), op, List.of(inputs));
  }

  /**
   * Applies an op.
   *
   * @param name name for its first output; further outputs get a number behind it
   * @return its outputs, none for an op that only updates operands
   * @throws engram.tensor.ShapeException if the op cannot take these shapes
   */
  public List<Tensor> record(String name, Op op, List<Tensor> inputs) {
    List<Shape> shapes = op.outputs(inputs.stream().map(Tensor::shape).toList());
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      String label = i == 0 ? name : name + "." + i;
      outputs.add(new Tensor(tensors++, label, shapes.get(i)));
    }
    nodes.add(new Node(op, inputs, outputs, phase));
    return List.copyOf(outputs);
  }

  /** From here on, nodes belong to {@code next}; returns the phase to which they belonged. */
  public Node.Phase enter(Node.Phase next) {
    Node.Phase before = phase;
    phase = next;
    return before;
  }

  /** Says that the value of {@code tensor} will be read after a run. */
  public void keep(Tensor tensor) {
    kept.add(tensor);
  }

  /** Number of nodes so far. */
  int size() {
    return nodes.size();
  }

  /** The nodes from number {@code first} on. */
  List<Node> since(int first) {
    return List.copyOf(nodes.subList(first, nodes.size()));
  }

  /** What was recorded so far. */
  public Graph graph() {
    return new Graph(externals, nodes, kept);
  }
}
