package engram.tensor;

import java.util.Arrays;

/**
 * Dimensions of a tensor, outermost first. Tensors are contiguous and row-major, so a shape says
 * all about where an element lies.
 *
 * <p>Images are channels-last: [batch, height, width, channels].
 */
public final class Shape {
  private final int[] dims;
  private final int elements;

  private Shape(int[] dims) {
    this.dims = dims;
    long count = 1;
    for (int dim : dims) {
      if (dim < 1) {
        throw new ShapeException(
            "shape " + Arrays.toString(dims) + ": every dimension must be 1 or more");
      }
      count *= dim;
      if (count > Integer.MAX_VALUE) {
        throw new ShapeException(
            "shape " + Arrays.toString(dims) + ": a tensor holds at most 2^31 - 1 elements");
      }
    }
    elements = (int) count;
  }

  /** A shape with the given dimensions, each 1 or more; a scalar is {@code shape(1)}. */
  public static Shape shape(int... dims) {
    return new Shape(dims.clone());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /**
   * Dimension {@code axis}; negative axes count from the end, so {@code dim(-1)} is the innermost.
   *
   * @throws ShapeException if there is no such axis
   */
  public int dim(int axis) {
    int index = axis < 0 ? dims.length + axis : axis;
    if (index < 0 || index >= dims.length) {
      throw new ShapeException("shape " + this + ": there is no axis " + axis);
    }
    return dims[index];
  }

  /** Number of elements: the product of the dimensions. */
  public int elements() {
    return elements;
  }

  /** Number of rows when the innermost dimension is seen as a row: elements / dim(-1). */
  public int rows() {
    return elements / dim(-1);
  }

  /** Product of the dimensions before {@code axis}. */
  public int outer(int axis) {
    int product = 1;
    for (int i = 0; i < axis; i++) {
      product *= dims[i];
    }
    return product;
  }

  /** Product of the dimensions behind {@code axis}. */
  public int inner(int axis) {
    int product = 1;
    for (int i = axis + 1; i < dims.length; i++) {
      product *= dims[i];
    }
    return product;
  }

  /** This shape with dimension {@code axis} (not negative) replaced. */
  public Shape with(int axis, int dim) {
    int[] changed = dims.clone();
    changed[axis] = dim;
    return new Shape(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For example {@code [64, 32, 32, 3]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
