package engram.nn.layer;

import engram.random.CounterRandom;
import engram.tensor.Tensor;

/**
 * Sets each element to zero with probability p and scales the others by 1 / (1 - p); in evaluation
 * it does nothing. What is dropped is a function of seed, name and the number of the training step.
 */
public record Dropout(float p, long seed) implements Layer {

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return switch (t.mode()) {
      case TRAINING -> t.dropout(x, p, CounterRandom.of(seed, t.name()).key(), t.step());
      case EVALUATION -> x;
    };
  }
}
