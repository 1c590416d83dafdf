package engram.backend;

import engram.tensor.Shape;

/** A shape and the storage of its numbers. */
public record Operand(Shape shape, Buffer buffer) {
  public Operand {
    if (shape.elements() != buffer.elements()) {
      throw new IllegalArgumentException(
          "operand: shape %s has %d elements but its buffer %d"
              .formatted(shape, shape.elements(), buffer.elements()));
    }
  }
}
