package engram.nn.layer;

import engram.random.CounterRandom;
import engram.tensor.Shape;
import engram.tensor.Tensor;

/**
 * Sets each element to zero with probability p and scales the others by 1 / (1 - p); in evaluation
 * it does nothing. What is dropped is a function of seed, name and the number of the training step.
 */
public record Dropout(String name, float p, long seed) implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Tensor record(LayerContext context, Tensor x) {
    return switch (context.mode()) {
      case TRAINING ->
          context.apply(
              new engram.op.Dropout(p, CounterRandom.of(seed, name).key()), x, context.step());
      case EVALUATION -> x;
    };
  }
}
