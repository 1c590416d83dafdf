package engram.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.backend.reference.ReferenceBackend;
import engram.nn.Network;
import engram.nn.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSmoothingTest {
  private static final int N = 4;

  private static TrainingStep step(double smoothing, Network network) {
    Objective objective =
        step -> {
          var logits = step.keep("logits", step.forward().logits());
          return step.classification(logits, step.targets());
        };
    TrainingOptions options = new TrainingOptions().withLabelSmoothing(smoothing);
    TrainingStep step = new Trainer(network, objective, new Sgd(0), options).step(N);
    Toy.fill(step, 1);
    step.run();
    return step;
  }

  /** Minus the sum of target times log-probability, the target being spread by a tenth. */
  @Test
  void aTenthOfTheLabelGoesToAllClassesAlike() {
    TrainingStep step = step(0.1, Toy.network(new ReferenceBackend()));
    float[] logits = step.values("logits").read();
    float[] labels = Toy.labels(N, 1);
    double expected = 0;
    for (int i = 0; i < N; i++) {
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += Math.exp(logits[3 * i + k]);
      }
      for (int k = 0; k < 3; k++) {
        double target = (k == labels[i] ? 0.9 : 0) + 0.1 / 3;
        expected -= target * (logits[3 * i + k] - Math.log(sum)) / N;
      }
    }
    assertEquals(expected, step.loss(), 1e-5);
  }

  @Test
  void theReadyMadeObjectiveSmoothsToo() {
    TrainingOptions options = new TrainingOptions().withLabelSmoothing(0.1);
    Network network = Toy.network(new ReferenceBackend());
    TrainingStep ready =
        new Trainer(network, Objective.crossEntropy(), new Sgd(0), options).step(N);
    Toy.fill(ready, 1);
    ready.run();
    assertEquals(step(0.1, Toy.network(new ReferenceBackend())).loss(), ready.loss());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void aShareBeyondTheLabelIsRefused(double share) {
    assertThrows(
        IllegalArgumentException.class, () -> new TrainingOptions().withLabelSmoothing(share));
  }

  @Test
  void withoutItTheLossIsPlainCrossEntropy() {
    Network network = Toy.network(new ReferenceBackend());
    TrainingStep plain = new Trainer(network, Objective.crossEntropy(), new Sgd(0)).step(N);
    Toy.fill(plain, 1);
    plain.run();
    assertEquals(plain.loss(), step(0, Toy.network(new ReferenceBackend())).loss());
  }
}
