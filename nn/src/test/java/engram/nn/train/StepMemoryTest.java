package engram.nn.train;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.model.Models;
import engram.nn.optim.Adam;
import engram.nn.optim.Sgd;
import org.junit.jupiter.api.Test;

class StepMemoryTest {
  private static final long BYTES = 4;

  /**
   * Weights and biases in 16 places each, as many gradients, no running statistics in 16 places; 15
   * inputs and 5 labels; the rate and the number of the step. SGD remembers a velocity, Adam two
   * moments and a counter.
   */
  @Test
  void countsAClassifierByHand() {
    Sequential model = Models.of("flatten", shape(1, 1, 3), 2);
    StepMemory sgd = StepMemory.of(model, new Sgd(0.1), 5);
    StepMemory adam = StepMemory.of(model, new Adam(0.1), 5);
    assertEquals(BYTES * (3 * 32 + 16 + 15 + 5 + 2), sgd.kept());
    assertEquals(BYTES * (4 * 32 + 1 + 16 + 15 + 5 + 2), adam.kept());
    assertEquals(sgd.values(), adam.values());
    assertTrue(sgd.values() >= BYTES * 5 * 2, sgd::toString);
    assertEquals(sgd.values() + sgd.kept(), sgd.numbers());
    assertTrue(sgd.process() > sgd.numbers(), sgd::toString);
  }

  /** What a backend with storage is asked for. */
  @Test
  void aPlanWithoutStorageIsThePlanThatRuns() {
    Sequential model = Models.of("resnet20", shape(32, 32, 3), 10);
    StepMemory told = StepMemory.of(model, new Adam(0.1), 8);
    try (Backend backend = VectorBackend.plain(1)) {
      Network network = Network.create(model, backend, 1);
      Trainer trainer = new Trainer(network, Objective.crossEntropy(), new Adam(0.1));
      assertEquals(BYTES * trainer.step(8).plan().arenaElements(), told.values());
    }
  }
}
