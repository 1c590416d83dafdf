package engram.cl.strategy;

import static engram.cl.strategy.Formulas.crossEntropy;
import static engram.cl.strategy.StrategyProbe.inSecondTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.random.CounterRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Loss and gradient of strategies that add memory to a batch, against formulas in plain loops. */
class RehearsalLossesTest {
  private static final int FRESH = 5;

  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

  @Test
  void whileTheMemoryIsEmptyAllAreFineTuning() {
    for (Strategy strategy :
        new Strategy[] {
          new ExperienceReplay(memory),
          new WeightAligning(memory),
          new ErAce(memory),
          DarkExperience.derPlusPlus(memory, 0.1f, 0.5f),
          new SsIl(memory),
          new Eeil(memory, 1),
          new BiC(memory),
          new AGem(memory)
        }) {
      StrategyProbe probe = new StrategyProbe(strategy).begin();
      probe.assertStep(FRESH, net -> crossEntropy(net.logits(probe.images()), probe.labels()));
    }
  }

  @Test
  void erIsCrossEntropyOverNewImagesAndAsManyFromMemory() {
    StrategyProbe probe = inSecondTask(new ExperienceReplay(memory));
    probe.assertStep(FRESH, net -> crossEntropy(net.logits(probe.images()), probe.labels()));
    assertEquals(2 * FRESH, probe.batch.size());
    assertTrue(IntStream.of(probe.labels()).skip(FRESH).allMatch(label -> label < 3));
  }

  @Test
  void erAceComparesNewImagesWithClassesOfTheBatchOnly() {
    StrategyProbe probe = inSecondTask(new ErAce(memory));
    probe.assertStep(
        1, // one image: its class is the only one present, and the first term is 0
        net -> {
          double[][] logits = net.logits(probe.images());
          return crossEntropy(logits, probe.labels(), 1, 2, 0, 5);
        });
    StrategyProbe both = inSecondTask(new ErAce(memory));
    both.assertStep(
        FRESH,
        net -> {
          double[][] logits = net.logits(both.images());
          return crossEntropy(logits, both.labels(), 0, FRESH, 3, 5)
              + crossEntropy(logits, both.labels(), FRESH, 2 * FRESH, 0, 5);
        });
  }

  /** Online the memory holds images of the task that is being learnt. */
  @Test
  void whoTellsOldClassesFromNewOnesReplaysOldOnesOnly() {
    for (Strategy strategy :
        new Strategy[] {
          new SsIl(memory),
          new Lucir(memory, 4, 5, 0.5f),
          new XDerRpc(
              memory,
              new XDerRpc.Weights(0.1f, 0.5f, 0.85f, 0.1f, 0.3f),
              6,
              CounterRandom.of(1, "simplex"))
        }) {
      StrategyProbe probe = inSecondTask(strategy);
      memory.offer(StrategyProbe.task(1).train(), examples -> new float[0][]);
      assertTrue(memory.stored().count(3) > 0);
      probe.batch.clear();
      strategy.replay(probe.batch, new CounterRandom(1));
      assertTrue(IntStream.of(probe.labels()).allMatch(label -> label < 3));
    }
  }
}
