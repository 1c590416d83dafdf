package engram.nn.train;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.optim.Optimiser;
import engram.random.CounterRandom;

/** A small network and images in which the class is the brightest colour. */
final class Toy {
  static final int PIXELS = 8 * 8 * 3;

  private Toy() {}

  static Sequential model(int classes) {
    return Sequential.of(
        shape(8, 8, 3),
        new Conv2d(3, 8, 3, 1),
        new LeakyRelu(0.01f),
        new MaxPool2d(2),
        new Flatten(),
        new Linear(128, classes).named("fc"));
  }

  static Network network(Backend backend) {
    return Network.create(model(3), backend, 1);
  }

  static float[] labels(int batch, long seed) {
    CounterRandom random = CounterRandom.of(seed, "labels");
    float[] labels = new float[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = random.below(3, i);
    }
    return labels;
  }

  static float[] images(float[] labels, long seed) {
    CounterRandom random = CounterRandom.of(seed, "images");
    float[] images = new float[labels.length * PIXELS];
    for (int i = 0; i < images.length; i++) {
      boolean bright = i % 3 == labels[i / PIXELS];
      images[i] = (float) (0.5 * random.normal(i) + (bright ? 0.4 : 0));
    }
    return images;
  }

  /** Fills the inputs of a step with a batch of its own. */
  static void fill(TrainingStep step, long seed) {
    float[] labels = labels(step.targets().elements(), seed);
    step.targets().write(labels);
    step.inputs().write(images(labels, seed));
  }

  /** Trains with cross-entropy. */
  static Trainer trainer(Network network, Optimiser optimiser, double rate) {
    Trainer trainer = new Trainer(network, Objective.crossEntropy(), optimiser);
    trainer.learningRate((float) rate);
    return trainer;
  }

  /** The loss of the last of so many steps on batches of 16, each of its own. */
  static float lossAfter(Trainer trainer, int steps) {
    TrainingStep step = trainer.step(16);
    for (int i = 0; i < steps; i++) {
      fill(step, i);
      step.run();
    }
    return step.loss();
  }
}
