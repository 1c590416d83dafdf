package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.state.State;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.data.ImageSet;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * GDumb (Prabhu et al. 2020): learns nothing from the stream, but fills a balanced memory from it
 * and trains a new network on the memory alone. Whatever does not beat it has no use for the other
 * images. Half of the batches are mixed by {@link CutMix}, as in the paper; its code does so for
 * CIFAR and mixes none for MNIST.
 *
 * <p>An epoch takes as many images as the task has, the memory again and again, so that the cost is
 * that of fine-tuning; or a given number of passes over the memory. With one pass an epoch, epochs
 * and the schedule are those of the paper's code, which makes 128 of them for MNIST.
 */
public final class GDumb implements Strategy {
  private static final double MIXED = 0.5;

  private final MemoryBuffer memory;
  private final int passes;
  private final double mixed;
  private final CutMix mix = new CutMix();
  private int height;
  private int width;
  private float[] targets = {};

  /**
   * @param memory of one image or more, that chooses without a network; sees the images of a task
   *     before they would be trained on
   */
  public GDumb(MemoryBuffer memory) {
    this(memory, 0, MIXED);
  }

  /**
   * @param passes over the memory in an epoch; 0 for as many images as the task has
   * @param mixed share of the batches that are mixed, 0 to 1
   */
  public GDumb(MemoryBuffer memory, int passes, double mixed) {
    if (!(mixed >= 0 && mixed <= 1)) {
      throw new IllegalArgumentException("mix is " + mixed + ", expected 0 to 1");
    }
    this.memory = memory;
    this.passes = passes;
    this.mixed = mixed;
  }

  @Override
  public boolean startsAnew() {
    return true;
  }

  @Override
  public Optional<MemoryBuffer> memory() {
    return Optional.of(memory);
  }

  @Override
  public Examples trainingSet(TaskSequence sequence, Task task) {
    memory.offer(
        task.train(),
        examples -> {
          throw new IllegalStateException("gdumb: there is no network yet to choose images by");
        });
    ImageSet images = task.train().images();
    height = images.height();
    width = images.width();
    int held = memory.stored().size();
    int length = passes == 0 ? task.train().size() : passes * held;
    int[] again = IntStream.range(0, length).map(i -> i % held).toArray();
    return memory.stored().examples().select(again);
  }

  @Override
  public void state(State state) {
    memory.state(state.in("memory"));
  }

  /** Adds no images, but mixes those that are there. */
  @Override
  public int replay(Batch batch, CounterRandom random) {
    mix.clear();
    if (random.uniformDouble(0) < mixed) {
      mix.apply(batch, height, width, random.split(1));
    }
    return 0;
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    Tensor mixed = step.input("targets", logits.shape());
    return step.keep("ce", step.softClassification(logits, mixed));
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    int elements = step.input("targets").elements();
    targets = targets.length == elements ? targets : new float[elements];
    mix.targets(batch, targets);
    step.input("targets").write(targets);
  }
}
