package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.nn.train.StepTape;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Optional;

/**
 * What strategies with a memory share: each batch of new images gets some from memory, and the
 * memory is offered all that was trained on.
 */
public abstract class Rehearsal implements Strategy {
  private final MemoryBuffer memory;
  private final double share;

  /** As many images from memory as there are new ones. */
  protected Rehearsal(MemoryBuffer memory) {
    this(memory, 1);
  }

  /**
   * @param share images from memory for each new one, 0 to 1; a batch gets at least one
   */
  protected Rehearsal(MemoryBuffer memory, double share) {
    this.memory = memory;
    this.share = share;
  }

  /** The memory, for subclasses. */
  protected final MemoryBuffer buffer() {
    return memory;
  }

  @Override
  public final Optional<MemoryBuffer> memory() {
    return Optional.of(memory);
  }

  @Override
  public int replay(Batch batch, CounterRandom random) {
    return memory.stored().draw(Math.max(1, (int) (share * batch.size())), random, batch);
  }

  @Override
  public void remember(Examples seen, Readout network) {
    memory.offer(seen, network::features);
  }

  /** Cross-entropy of the whole batch with its labels, [1]; a run shows it as {@code ce}. */
  protected static Tensor batchCrossEntropy(StepTape step, Tensor logits) {
    return step.keep("ce", step.classification(logits, step.targets()));
  }
}
