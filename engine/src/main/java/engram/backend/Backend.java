package engram.backend;

import engram.graph.Graph;
import engram.graph.Node;
import engram.op.Op;
import engram.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** A place where ops run: it holds numbers and turns ops into kernels. */
public interface Backend extends AutoCloseable {
  /** Name as on the command line, such as {@code vector}. */
  String name();

  /** One line for people: what it runs on, such as {@code vector, 512 bit, 2 threads}. */
  String description();

  /** New storage, all zeros. */
  Buffer allocate(int elements);

  /**
   * Binds an op to its operands. The operands' shapes have been checked by {@link Op#outputs}. The
   * kernel writes every element of every output, and of the inputs only those in {@link
   * Op#updates}; outputs overlap no input.
   */
  Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs);

  /**
   * Ways in which this backend could do an op, the one that it takes first; none where it has no
   * choice. What {@link #bind} takes does not depend on the number of threads.
   */
  default List<Way> ways(Op op, List<Shape> inputs) {
    return List.of();
  }

  /**
   * Steps of a graph that this backend can do as one, by default none: lists of steps, in order, no
   * step in two of them. A plan grants those whose members can all wait for the last one; values
   * that only pass between members need not be made then.
   */
  default List<List<Node>> groups(Graph graph, List<Node> steps) {
    return List.of();
  }

  /**
   * Binds groups of steps, many of one step alone.
   *
   * @return kernels that do all of it, one after the other
   */
  default List<Kernel> bindGroups(List<List<Step>> groups) {
    return groups.stream()
        .flatMap(List::stream)
        .map(step -> bind(step.op(), step.inputs(), step.outputs()))
        .toList();
  }

  /**
   * A backend of its own, on one thread, whose kernels are the code of this one's: once they have
   * run for a while, Java has compiled them for both. Empty where that gains nothing, since kernels
   * are compiled when they are bound.
   */
  default Optional<Backend> forWarmUp() {
    return Optional.empty();
  }

  /** Waits until every kernel that was run is done. */
  void finish();

  /**
   * Runs a kernel of this backend and waits for it.
   *
   * @return nanoseconds that it took, told by the device itself where it can
   */
  default long time(Kernel kernel) {
    finish();
    long start = System.nanoTime();
    kernel.run();
    finish();
    return System.nanoTime() - start;
  }

  /** Gives back threads and memory; buffers and kernels must not be used afterwards. */
  @Override
  void close();
}
