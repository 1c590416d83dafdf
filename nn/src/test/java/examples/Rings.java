package examples;

import engram.nn.train.Examples;
import engram.nn.train.Trainer;
import engram.random.CounterRandom;

/**
 * Points in the plane, labelled by whether they lie within a circle: no straight line parts them.
 */
final class Rings {
  private Rings() {}

  static Examples points(int count) {
    CounterRandom random = CounterRandom.of(1, "rings");
    float[][] points = new float[count][];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      float x = 2 * random.uniform(2L * i) - 1;
      float y = 2 * random.uniform(2L * i + 1) - 1;
      points[i] = new float[] {x, y};
      labels[i] = x * x + y * y < 0.6 ? 1 : 0;
    }
    return Examples.of(points, labels);
  }

  /** Trains on 1,000 points and returns the last loss. */
  static float epochs(Trainer trainer, int epochs) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      points(1_000).shuffled(1, epoch).batches(50).forEach(trainer::train);
    }
    return trainer.loss();
  }
}
