package engram.op;

import engram.tensor.Shape;
import java.util.List;

/**
 * What an op asks of a machine, for profiles and rooflines.
 *
 * @param flops arithmetic operations; a fused multiply-add counts as two
 * @param bytes memory traffic if every operand is read or written once, 4 bytes an element
 */
public record Cost(long flops, long bytes) {

  /** Cost of an op that reads {@code inputs} and writes {@code outputs} once each. */
  public static Cost of(long flops, List<Shape> inputs, List<Shape> outputs) {
    long elements = 0;
    for (Shape shape : inputs) {
      elements += shape.elements();
    }
    for (Shape shape : outputs) {
      elements += shape.elements();
    }
    return new Cost(flops, 4 * elements);
  }
}
