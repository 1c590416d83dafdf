package engram.backend.vector.run;

/**
 * Where a tensor lies: {@code array[offset], array[offset + 1], ...}. Its length follows from the
 * shape that the kernel is given.
 *
 * @param array storage, usually shared by many tensors
 * @param offset index of the first element
 */
public record Span(float[] array, int offset) {
  public Span {
    if (offset < 0 || offset > array.length) {
      throw new IllegalArgumentException(
          "span: offset " + offset + " is outside the array of " + array.length + " floats");
    }
  }

  /** The whole array. */
  public static Span of(float... array) {
    return new Span(array, 0);
  }

  /** This span, or an error naming {@code what} when fewer than {@code length} floats are left. */
  public Span require(String what, long length) {
    if (offset + length > array.length) {
      throw new IllegalArgumentException(
          what
              + " needs "
              + length
              + " floats from offset "
              + offset
              + ", but its array has only "
              + array.length);
    }
    return this;
  }
}
