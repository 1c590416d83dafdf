package engram.nn.verify;

import engram.tensor.Shape;

/**
 * Rearranges axes of values on the host: PyTorch's images are channels-first, the engine's last.
 */
final class Axes {
  private Axes() {}

  /** The shape with axes in another order: axis i of the result is axis {@code order[i]}. */
  static Shape permute(Shape shape, int... order) {
    if (shape.rank() != order.length) {
      throw new NotUnderstoodException("shape %s, expected rank %d".formatted(shape, order.length));
    }
    int[] dims = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      dims[i] = shape.dim(order[i]);
    }
    return Shape.shape(dims);
  }

  /** The values, row-major of {@code shape}, with axes in another order. */
  static float[] permute(Shape shape, float[] values, int... order) {
    Shape target = permute(shape, order);
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      int from = 0;
      for (int axis = 0; axis < order.length; axis++) {
        int coordinate = i / target.inner(axis) % target.dim(axis);
        from += coordinate * shape.inner(order[axis]);
      }
      result[i] = values[from];
    }
    return result;
  }

  /** The order that undoes {@code order}. */
  static int[] inverse(int... order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  /** [N, C, H, W] -> [N, H, W, C]; leading axes beyond four stay. */
  static int[] channelsLast(int rank) {
    if (rank < 4) {
      throw new NotUnderstoodException("images of rank %d, expected [N, C, H, W]".formatted(rank));
    }
    int[] order = new int[rank];
    for (int i = 0; i < rank - 3; i++) {
      order[i] = i;
    }
    order[rank - 3] = rank - 2;
    order[rank - 2] = rank - 1;
    order[rank - 1] = rank - 3;
    return order;
  }

  /** Moves one axis to the end; negative axes count from there. */
  static int[] last(int rank, int axis) {
    int moved = axis < 0 ? rank + axis : axis;
    if (moved < 0 || moved >= rank) {
      throw new NotUnderstoodException("dim=%d of a tensor of rank %d".formatted(axis, rank));
    }
    int[] order = new int[rank];
    int at = 0;
    for (int i = 0; i < rank; i++) {
      if (i != moved) {
        order[at++] = i;
      }
    }
    order[rank - 1] = moved;
    return order;
  }
}
