package engram.learn.learning;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.learn.exercise.LearnerBackend;
import engram.learn.exercise.Verdict;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.optim.Optimiser;
import engram.nn.train.Examples;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.random.CounterRandom;
import java.util.List;
import java.util.Locale;

/**
 * Trains a small network with batch normalisation twice from the same start: with the reference
 * alone, and with the learner's ops in it.
 */
final class TrainedBeside {
  private static final int STEPS = 20;
  private static final double TOLERANCE = 1e-4;
  private static final int CLASSES = 3;
  private static final Sequential MODEL =
      Sequential.of(
          shape(4),
          new Linear(4, 8),
          new BatchNorm2d(8),
          new LeakyRelu(0.1f),
          new Linear(8, CLASSES));

  private TrainedBeside() {}

  /** Losses of both, step by step, must be the same. */
  static Verdict check(Optimiser optimiser, LearnerBackend.Own own) {
    double[] expected = losses(new ReferenceBackend(), optimiser);
    double[] received = losses(new LearnerBackend(own), optimiser);
    for (int i = 0; i < STEPS; i++) {
      if (!(Math.abs(expected[i] - received[i]) <= TOLERANCE)) {
        return Verdict.failed("in a network that trains, the loss of step " + (i + 1))
            .expected(text(expected[i]), text(received[i]))
            .and("each case was right: does your class remember something from call to call?");
      }
    }
    return Verdict.passed(
        "in a network that trains: loss %s to %s in %d steps, as with the reference"
            .formatted(text(received[0]), text(received[STEPS - 1]), STEPS));
  }

  private static double[] losses(Backend backend, Optimiser optimiser) {
    Network network = Network.create(MODEL, backend, 1);
    Trainer trainer = new Trainer(network, Objective.crossEntropy(), optimiser);
    List<Examples> batches = examples().batches(10);
    double[] losses = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      trainer.train(batches.get(i % batches.size()));
      losses[i] = trainer.loss();
    }
    return losses;
  }

  /** Clouds of points, one around each of three corners. */
  private static Examples examples() {
    CounterRandom random = CounterRandom.of(1, "course");
    float[][] rows = new float[30][4];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = i % CLASSES;
      for (int j = 0; j < 4; j++) {
        rows[i][j] = (float) (random.normal(4 * i + j) + (j == labels[i] ? 2 : 0));
      }
    }
    return Examples.of(rows, labels);
  }

  private static String text(double loss) {
    return String.format(Locale.ROOT, "%.4f", loss);
  }
}
