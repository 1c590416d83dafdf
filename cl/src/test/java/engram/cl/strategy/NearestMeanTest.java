package engram.cl.strategy;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.cl.task.Examples;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.train.Inference;
import engram.random.CounterRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NearestMeanTest {

  /** Answers of a network of two features, the pixels. */
  private static float[] scores(NearestMean head, int classes, float... images) {
    Sequential model =
        Sequential.of(shape(1, 1, 2), new Flatten(), new Linear(2, classes).named("fc"));
    Network network = Network.create(model, new ReferenceBackend(), 1);
    return new Inference(head.on(network)).logits(images, images.length / 2);
  }

  /** Means at 0 and 90 degrees; rows at 30 and 80 degrees. */
  @Test
  void scoresAreCosinesWithTheMeansTimesTheLength() {
    NearestMean head = new NearestMean();
    head.learn(new float[][] {{5, 0}, {0, 1}, {0, 9}}, new int[] {0, 2, 2});
    float[] scores = scores(head, 3, 0.866f, 0.5f, 0.347f, 1.97f);
    assertEquals(0.866f, scores[0], 1e-6);
    assertTrue(scores[1] < -1e30, "class 1 has no mean");
    assertEquals(0.5f, scores[2], 1e-6);
    assertEquals(0.347f, scores[3], 1e-6);
    assertEquals(1.97f, scores[5], 1e-6);
  }

  /** Rows count by direction: (1, 0), (0, 1) and (0, 1) have their mean at (1, 2) / sqrt 5. */
  @Test
  void eachImageCountsTheSameWhateverTheLengthOfItsFeatures() {
    NearestMean head = new NearestMean();
    head.learn(new float[][] {{100, 0}, {0, 1}, {0, 2}}, new int[] {0, 0, 0});
    float[] scores = scores(head, 1, 1, 0, 0, 1);
    assertEquals(1 / Math.sqrt(5), scores[0], 1e-6);
    assertEquals(2 / Math.sqrt(5), scores[1], 1e-6);
  }

  @Test
  void classesLearntLaterLeaveTheOthersAlone() {
    NearestMean head = new NearestMean();
    head.learn(new float[][] {{1, 0}}, new int[] {0});
    head.learn(new float[][] {{0, 1}}, new int[] {1});
    float[] scores = scores(head, 2, 3, 4);
    assertEquals(3, scores[0], 1e-6);
    assertEquals(4, scores[1], 1e-6);
  }

  /** NME looks at the memory through the network of today. */
  @Test
  void nmeAnswersByTheMeansOfTheMemory() {
    MemoryBuffer memory =
        new BalancedReservoir(5, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));
    assertAnswersByMeansOf(
        new WithNearestMean(new ExperienceReplay(memory), WithNearestMean.Means.OF_EXEMPLARS),
        memory.stored()::examples);
  }

  /** NCM keeps what it saw of all images of a task at the time. */
  @Test
  void ncmAnswersByTheMeansOfAllImages() {
    BalancedReservoir all =
        new BalancedReservoir(99, StrategyProbe.PIXELS, CounterRandom.of(1, "all"));
    all.offer(StrategyProbe.task(0).train());
    all.offer(StrategyProbe.task(1).train());
    assertAnswersByMeansOf(
        new WithNearestMean(new FineTune(), WithNearestMean.Means.OF_CLASSES),
        all.stored()::examples);
  }

  private static void assertAnswersByMeansOf(Strategy strategy, Supplier<Examples> images) {
    StrategyProbe probe = new StrategyProbe(strategy).begin().end().begin().end();
    double[][] rows = StrategyProbe.rows(images.get());
    float[][] features = new float[rows.length][StrategyProbe.PIXELS];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < StrategyProbe.PIXELS; c++) {
        features[i][c] = (float) rows[i][c];
      }
    }
    NearestMean expected = new NearestMean();
    expected.learn(features, StrategyProbe.labels(images.get()));
    float[] image = {0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f};
    assertArrayEquals(
        new Inference(expected.on(probe.network)).logits(image, 1), probe.scores(image), 1e-6f);
  }
}
