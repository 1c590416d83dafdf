package engram.op;

import engram.tensor.Shape;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The numbers of one operand as the reference implementation of an op sees them: double precision,
 * row-major.
 *
 * @param data array that holds the operand
 * @param offset index in {@code data} of its first element
 */
public record Values(Shape shape, double[] data, int offset) {

  /** Zeros of the given shape, in an array of their own. */
  public static Values zeros(Shape shape) {
    return new Values(shape, new double[shape.elements()], 0);
  }

  /** Number of elements. */
  public int size() {
    return shape.elements();
  }

  /** The numbers as a backend in single precision has them. */
  public float[] toFloats() {
    float[] floats = new float[size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) get(i);
    }
    return floats;
  }

  public int dim(int axis) {
    return shape.dim(axis);
  }

  public double get(int index) {
    return data[offset + index];
  }

  public void set(int index, double value) {
    data[offset + index] = value;
  }

  public void add(int index, double value) {
    data[offset + index] += value;
  }

  public void fill(double value) {
    Arrays.fill(data, offset, offset + size(), value);
  }

  /** Sets each element to {@code f} of the element of x at the same place. */
  public void map(Values x, DoubleUnaryOperator f) {
    for (int i = 0; i < size(); i++) {
      set(i, f.applyAsDouble(x.get(i)));
    }
  }

  /** Sets each element to {@code f} of the elements of a and b at the same place. */
  public void map(Values a, Values b, DoubleBinaryOperator f) {
    for (int i = 0; i < size(); i++) {
      set(i, f.applyAsDouble(a.get(i), b.get(i)));
    }
  }

  /** {@code count} elements from element {@code from} on; what is set there is set here. */
  public Values part(int from, int count) {
    return new Values(Shape.shape(count), data, offset + from);
  }

  /**
   * Row {@code r}, where the innermost dimension is seen as a row; what is set there is set here.
   */
  public Values row(int r) {
    return part(r * dim(-1), dim(-1));
  }

  /** Sum of all elements, from the first on. */
  public double sum() {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += get(i);
    }
    return sum;
  }

  /** Sum over i of {@code this[i] other[i]}. */
  public double dot(Values other) {
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += get(i) * other.get(i);
    }
    return sum;
  }

  /** Position of element [i, j] of a matrix. */
  public int index(int i, int j) {
    return i * shape.dim(1) + j;
  }

  /**
   * Position of element [a, b, c, d] of a tensor of rank 4, such as [image, row, column, channel].
   */
  public int index(int a, int b, int c, int d) {
    return ((a * shape.dim(1) + b) * shape.dim(2) + c) * shape.dim(3) + d;
  }
}
