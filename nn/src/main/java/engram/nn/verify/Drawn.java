package engram.nn.verify;

import engram.nn.io.SafeTensors;
import engram.random.CounterRandom;
import engram.tensor.Shape;

/**
 * Operands that a vector file does not hold, but tells how to draw: an attribute {@code
 * draw.x=2x512x8x8} beside {@code seed=5} stands for a tensor x of this shape, row-major in
 * PyTorch's layout, whose element i is {@code 2 CounterRandom.of(5, "x").uniform(i) - 1}: uniform
 * in [-1, 1), 24 random bits.
 */
public final class Drawn {
  private static final String ATTRIBUTE = "draw.";

  private Drawn() {}

  /** The attribute that stands for an operand. */
  public static String attribute(String role, Shape shape) {
    String dims = shape.toString().replaceAll("[\\[\\] ]", "").replace(',', 'x');
    return ATTRIBUTE + role + "=" + dims;
  }

  /** The numbers of an operand. */
  public static float[] values(long seed, String role, Shape shape) {
    CounterRandom random = CounterRandom.of(seed, role);
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.uniform(i) - 1;
    }
    return values;
  }

  /** Whether a case has the operand drawn. */
  static boolean isThere(String role, Attributes attributes) {
    return attributes.has(ATTRIBUTE + role);
  }

  /** The operand of a case that has it drawn. */
  static SafeTensors.Entry operand(String role, Attributes attributes) {
    int[] dims = attributes.numbers(ATTRIBUTE + role).stream().mapToInt(Double::intValue).toArray();
    Shape shape = Shape.shape(dims);
    return new SafeTensors.Entry(shape, values(attributes.whole("seed", 0), role, shape));
  }
}
