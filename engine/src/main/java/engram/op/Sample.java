package engram.op;

import engram.random.CounterRandom;

/** How the numbers of an operand are drawn for a declared case. */
public sealed interface Sample {

  /** Value of element {@code index}. */
  double value(CounterRandom random, int index);

  /** Standard normal times {@code scale}. */
  record Normal(double scale) implements Sample {
    @Override
    public double value(CounterRandom random, int index) {
      return scale * random.normal(index);
    }
  }

  /** Uniform in [low, high). */
  record Uniform(double low, double high) implements Sample {
    @Override
    public double value(CounterRandom random, int index) {
      return low + (high - low) * random.uniformDouble(index);
    }
  }

  /** Whole numbers 0 .. bound - 1, as class labels and positions are. */
  record Whole(int bound) implements Sample {
    @Override
    public double value(CounterRandom random, int index) {
      return random.below(bound, index);
    }
  }

  /** The same number everywhere. */
  record Constant(double value) implements Sample {
    @Override
    public double value(CounterRandom random, int index) {
      return value;
    }
  }

  /**
   * {@code inner}, with some of its elements replaced by the given ones (NaN, infinity, -0, ties).
   */
  record Sprinkled(Sample inner, double... specials) implements Sample {
    @Override
    public double value(CounterRandom random, int index) {
      int roll = random.split(1).below(4, index);
      return roll == 0
          ? specials[random.split(2).below(specials.length, index)]
          : inner.value(random, index);
    }
  }

  /** Rows of {@code columns} positive numbers that sum to one. */
  record Probabilities(int columns) implements Sample {
    @Override
    public double value(CounterRandom random, int index) {
      int row = index / columns;
      double sum = 0;
      for (int i = 0; i < columns; i++) {
        sum += 0.05 + random.uniformDouble(row * columns + i);
      }
      return (0.05 + random.uniformDouble(index)) / sum;
    }
  }
}
