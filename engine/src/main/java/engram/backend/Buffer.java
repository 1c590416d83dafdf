package engram.backend;

/** Storage for float32 numbers on a backend. */
public interface Buffer {
  /** Number of elements. */
  int elements();

  /** {@code elements} elements from {@code offset} on, sharing the storage. */
  Buffer slice(int offset, int elements);

  /**
   * Copies from an array: elements {@code at} to {@code at + count - 1} of this buffer become
   * {@code source[from]} and so on.
   */
  void write(int at, float[] source, int from, int count);

  /** Copies to an array, the other way round. */
  void read(int at, float[] target, int to, int count);

  /** Writes all elements. */
  default void write(float... values) {
    if (values.length != elements()) {
      throw new IllegalArgumentException(
          "write: %d values for a buffer of %d elements".formatted(values.length, elements()));
    }
    write(0, values, 0, values.length);
  }

  /** All elements, as a new array. */
  default float[] read() {
    float[] values = new float[elements()];
    read(0, values, 0, values.length);
    return values;
  }
}
