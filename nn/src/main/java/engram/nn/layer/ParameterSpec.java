package engram.nn.layer;

import engram.nn.init.Initialiser;
import engram.random.CounterRandom;
import engram.tensor.Shape;

/**
 * A tensor that a layer owns: a trained parameter, or state such as running statistics.
 *
 * @param name within its layer, as PyTorch calls it: {@code weight}; within a network {@code
 *     conv1.weight}
 * @param shape shape in the engine
 * @param torch how PyTorch arranges it
 */
public record ParameterSpec(
    String name, Shape shape, TorchLayout torch, Initialiser initialiser, Initialiser.Fan fan) {

  /** A vector whose first values do not depend on the fan. */
  public static ParameterSpec vector(String name, int elements, Initialiser initialiser) {
    return new ParameterSpec(
        name,
        Shape.shape(elements),
        new TorchLayout.Same(),
        initialiser,
        new Initialiser.Fan(elements, elements));
  }

  /** This tensor as one of {@code layer}: {@code weight} becomes {@code conv1.weight}. */
  public ParameterSpec in(String layer) {
    return new ParameterSpec(layer + "." + name, shape, torch, initialiser, fan);
  }

  /** This tensor with other first values. */
  public ParameterSpec drawnBy(Initialiser other) {
    return new ParameterSpec(name, shape, torch, other, fan);
  }

  /** Its first values, in the engine's layout. */
  public float[] initialValues(long seed) {
    CounterRandom random = CounterRandom.of(seed, name);
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = initialiser.value(random, fan, torch.torchIndex(shape, i));
    }
    return values;
  }
}
