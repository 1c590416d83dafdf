package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.stream.Batch;
import engram.nn.train.StepTape;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Optional;

/**
 * What strategies with a memory share: each batch of n new images gets n from memory, and when a
 * task is done the memory is offered its images.
 */
abstract class Rehearsal implements Strategy {
  private final MemoryBuffer memory;

  Rehearsal(MemoryBuffer memory) {
    this.memory = memory;
  }

  /** The memory, for subclasses. */
  final MemoryBuffer buffer() {
    return memory;
  }

  @Override
  public final Optional<MemoryBuffer> memory() {
    return Optional.of(memory);
  }

  @Override
  public int replay(Batch batch, CounterRandom random) {
    return memory.stored().draw(batch.size(), random, batch);
  }

  @Override
  public void afterTask(TaskEnd end) {
    memory.offer(end.trained(), end::features);
  }

  /** Cross-entropy over the whole batch, [1]. */
  static Tensor crossEntropy(StepTape step, Tensor logits) {
    return step.keep("ce", step.crossEntropy(logits, step.labels()));
  }
}
