package engram.bench.step;

import java.util.List;
import java.util.Map;

/**
 * All that there is to see of a step, in plain records: numbers, texts, lists. Nodes of the
 * recorded graph, tensors and values are named by number.
 *
 * @param tensors name and shape by id
 * @param recorded all nodes: forward, backward, update
 * @param walk the backward pass, from the loss on
 * @param plan where the intermediate values lie
 * @param steps what ran, with values
 * @param differences finite differences of elements of gradients
 * @param against what is other in a second step; empty without one
 */
record Stages(
    String title,
    List<String> about,
    int batch,
    Map<Integer, Named> tensors,
    List<Recorded> recorded,
    List<Walked> walk,
    List<Fired> firings,
    List<Missed> misses,
    Layout plan,
    List<Step> steps,
    List<Finite> differences,
    List<Against> against) {

  record Named(String name, List<Integer> shape) {}

  /**
   * A node as it was recorded.
   *
   * @param frame of the walk that appended it, -1 if none did
   */
  record Recorded(
      String op,
      String attributes,
      String phase,
      String layer,
      List<Integer> in,
      List<Integer> out,
      int frame) {}

  /**
   * A frame of the backward walk.
   *
   * @param node number of the forward node
   * @param appended numbers of nodes
   */
  record Walked(
      int node, int arriving, List<Integer> appended, List<Leaving> leaving, String formula) {}

  /** A gradient that leaves; added to {@code total} where it is not the first. */
  record Leaving(int operand, int gradient, int total, boolean assigned) {}

  /** A rule that was applied; nodes as text. */
  record Fired(String pattern, List<String> taken, List<String> given, int nodes) {}

  /** A rule that just was not. */
  record Missed(String pattern, String last, String why) {}

  /**
   * The memory plan, in elements of four bytes.
   *
   * @param peak the step during which most is in use
   * @param use elements in use during each step
   * @param inPlace values that are made where they belong
   */
  record Layout(
      int arena,
      long unshared,
      int peak,
      List<Long> use,
      List<Block> blocks,
      List<String> inPlace) {}

  /** A rectangle: a tensor from its first to its last step, at an offset. */
  record Block(int tensor, int first, int last, int offset, long elements) {}

  /**
   * A step that ran.
   *
   * @param seconds median time
   * @param share of the limit of the machine; -1 where that is not known
   * @param bound what the limit is: fma or mem
   * @param source definition, vector kernel and OpenCL C, as paths in the repository
   */
  record Step(
      String op,
      String attributes,
      String phase,
      String layer,
      List<Seen> in,
      List<Seen> out,
      List<Seen> updated,
      String summary,
      String formula,
      double seconds,
      long flops,
      long bytes,
      double share,
      String bound,
      List<String> source,
      Sum sum) {}

  /** A tensor and the value that it had. */
  record Seen(int tensor, int value) {}

  /**
   * The finite difference of an element of a gradient.
   *
   * @param operand what it is by: a parameter or an activation
   */
  record Finite(int value, int index, String operand, double numeric) {}

  /**
   * A second step beside this one.
   *
   * @param tolerance above which an error is a difference
   */
  record Against(String name, double tolerance, List<Pair> pairs) {}

  /**
   * A step here and the one that it matches there.
   *
   * @param here number of the step here, -1 where there is none
   * @param there what runs there, empty where nothing does
   * @param error of the worst element; -1 where the values cannot be compared
   * @param note on what is other
   */
  record Pair(
      int here,
      String there,
      double error,
      int index,
      String expected,
      String received,
      String note) {
    /** Whether values are further apart than that, or cannot be compared. */
    boolean differs(double tolerance) {
      return error > tolerance || (error < 0 && !note.isEmpty());
    }
  }
}
