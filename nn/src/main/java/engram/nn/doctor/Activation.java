package engram.nn.doctor;

import engram.tensor.Shape;

/**
 * What one node of the forward pass gave for some inputs. A unit is an index of its last axis: a
 * channel, or a feature.
 *
 * @param layer where it is
 * @param rectifier whether a ReLU made it; else a layer with weights did
 * @param units number of units
 * @param zero units that are 0 for every input, everywhere
 * @param constant units that are one number for every input, everywhere
 */
public record Activation(String layer, boolean rectifier, int units, int zero, int constant) {

  static Activation of(String layer, boolean rectifier, Shape shape, float[] values) {
    int units = shape.dim(-1);
    int zero = 0;
    int constant = 0;
    for (int unit = 0; unit < units; unit++) {
      if (isConstant(values, unit, units, shape.elements())) {
        constant++;
        zero += values[unit] == 0 ? 1 : 0;
      }
    }
    return new Activation(layer, rectifier, units, zero, constant);
  }

  /** Ends at the first other value, so that what varies costs next to nothing. */
  private static boolean isConstant(float[] values, int unit, int units, int elements) {
    for (int i = unit + units; i < elements; i += units) {
      if (values[i] != values[unit]) {
        return false;
      }
    }
    return true;
  }
}
