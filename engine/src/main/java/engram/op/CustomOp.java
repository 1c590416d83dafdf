package engram.op;

import engram.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * An op from outside. It says what every {@link Op} says, and is tested, gradient-checked, profiled
 * and drawn as those of the engine are. On the processor it runs the fastest loop that it brings,
 * its definition where it brings none; on OpenCL it runs its C.
 *
 * <p>It must be a value: a record of its attributes, so that equal ops are equal.
 */
public non-sealed interface CustomOp extends Op {

  /** How many independent pieces a loop over these operands has, such as elements or rows. */
  default int pieces(List<Shape> inputs) {
    return 1;
  }

  /** A loop in float that any Java runtime can run. */
  default Optional<Loop> plainLoop() {
    return Optional.empty();
  }

  /** A loop of the Vector API, used where that is present. */
  default Optional<Loop> vectorLoop() {
    return Optional.empty();
  }

  /** OpenCL C for this op. */
  default Optional<Source> openCl() {
    return Optional.empty();
  }

  /** A loop over pieces. Several threads run it on ranges that do not overlap. */
  @FunctionalInterface
  interface Loop {

    /**
     * Computes pieces {@code from} to {@code to - 1}: every element that belongs to them is
     * written. It allocates nothing, and the same piece gets the same bits whatever the range is.
     */
    void run(List<Floats> inputs, List<Floats> outputs, int from, int to);
  }

  /**
   * An operand of a loop.
   *
   * @param data its storage, shared with other tensors
   * @param offset index of its first element there
   */
  record Floats(Shape shape, float[] data, int offset) {}

  /**
   * OpenCL C of an op, with the macros of {@code kernels/README.md} at hand.
   *
   * @param function the kernel. Its parameters are {@code IN(x)} for each input ({@code OUT(x)} for
   *     one that is updated), {@code OUT(y)} for each output, and {@code const int N}, the number
   *     of pieces; one work-item is one piece
   * @param text defines it
   */
  record Source(String function, String text) {}
}
