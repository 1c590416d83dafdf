package engram.nn.verify;

import engram.tensor.Shape;

/**
 * An order of dimensions: dimension i of the engine's tensor is dimension {@code order[i]} of
 * PyTorch's, whose images are channels-first.
 */
record Axes(int... order) {
  /** Brings one dimension of {@code rank} to the end; negative ones count from there. */
  static Axes last(int rank, int dimension) {
    int moved = dimension < 0 ? rank + dimension : dimension;
    if (moved < 0 || moved >= rank) {
      throw new IllegalArgumentException(
          "dim=%d of a tensor of rank %d".formatted(dimension, rank));
    }
    int[] order = new int[rank];
    for (int i = 0; i < rank - 1; i++) {
      order[i] = i < moved ? i : i + 1;
    }
    order[rank - 1] = moved;
    return new Axes(order);
  }

  /** The order that undoes this one. */
  Axes inverse() {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return new Axes(inverse);
  }

  /** The shape in the other order. */
  Shape apply(Shape shape) {
    if (shape.rank() != order.length) {
      throw new IllegalArgumentException(
          "shape %s, expected rank %d".formatted(shape, order.length));
    }
    int[] dims = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      dims[i] = shape.dim(order[i]);
    }
    return Shape.shape(dims);
  }

  /** The values, row-major of {@code shape}, in the other order. */
  float[] apply(Shape shape, float[] values) {
    Shape target = apply(shape);
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      int from = 0;
      for (int d = 0; d < order.length; d++) {
        from += i / target.inner(d) % target.dim(d) * shape.inner(order[d]);
      }
      result[i] = values[from];
    }
    return result;
  }
}
