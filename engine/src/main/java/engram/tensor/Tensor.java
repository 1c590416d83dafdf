package engram.tensor;

/**
 * A handle to a value of a recorded computation. It holds no numbers: those live in the plan that
 * runs the computation.
 *
 * @param id position in its tape, from 0
 * @param name for people; need not be unique
 */
public record Tensor(int id, String name, Shape shape) {

  /** The id alone, which is cheap: graphs are rewritten and planned by looking tensors up. */
  @Override
  public int hashCode() {
    return id;
  }

  /** For example {@code conv1.y#7 [64, 32, 32, 32]}. */
  @Override
  public String toString() {
    return name + "#" + id + " " + shape;
  }
}
