package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.memory.Replay;
import engram.cl.state.State;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.nn.train.StepTape;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What strategies with a memory share: each batch of new images gets some from memory, or the
 * memory joins the training set ({@link Replay}), and the memory is offered all new images that
 * were trained on.
 */
public abstract class Rehearsal implements Strategy {
  private final MemoryBuffer memory;
  private final double share;
  private Replay replay = Replay.OWN;

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

  /**
   * Has images replayed otherwise than in the strategy's own way, from the first task on.
   *
   * @throws IllegalArgumentException if they are to be mixed with new ones and the loss must tell
   *     them apart
   */
  public final void replay(Replay how) {
    if (how.isMixed() && !mixes()) {
      throw new IllegalArgumentException(
          "its loss tells images from memory from new ones, so they cannot join the training set;"
              + " give --replay own or a number");
    }
    replay = how;
  }

  /** Whether the loss is the same for images from memory as for new ones. */
  boolean mixes() {
    return false;
  }

  /** The memory, for subclasses. */
  protected final MemoryBuffer buffer() {
    return memory;
  }

  @Override
  public final Optional<MemoryBuffer> memory() {
    return Optional.of(memory);
  }

  /**
   * The images of the task as the memory would have them: were they sharper than those of the past,
   * a network would learn that what is sharp is new, and images that are measured on are sharp.
   */
  @Override
  public Examples trainingSet(TaskSequence sequence, Task task) {
    Examples fresh = memory.stored().asSeen(task.train());
    int times = replay.times(fresh.size(), memory.stored().size());
    if (times == 0) {
      return fresh;
    }
    List<Examples> parts = new ArrayList<>(List.of(fresh));
    parts.addAll(Collections.nCopies(times, memory.stored().examples()));
    return Examples.join(parts);
  }

  @Override
  public int replay(Batch batch, CounterRandom random) {
    return memory.stored().draw(wanted(batch), random, batch);
  }

  /**
   * How many images from memory should go with a batch.
   *
   * @param batch holds the new ones
   */
  final int wanted(Batch batch) {
    return switch (replay.form()) {
      case OWN -> Math.max(1, (int) (share * batch.size()));
      case COUNT -> replay.images();
      case MIXED, MIXED_EVENLY -> 0;
    };
  }

  @Override
  public void remember(Examples seen, Readout network) {
    memory.offer(seen, network::features);
  }

  /** Tells the memory. A strategy that remembers more calls this and tells the rest. */
  @Override
  public void state(State state) {
    memory.state(state.in("memory"));
  }

  /** Cross-entropy of the whole batch with its labels, [1]; a run shows it as {@code ce}. */
  protected static Tensor batchCrossEntropy(StepTape step, Tensor logits) {
    return step.keep("ce", step.classification(logits, step.targets()));
  }
}
