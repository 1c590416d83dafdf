package engram.cl.memory;

import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.task.Examples;
import java.util.function.Function;

/** A rehearsal memory: a few images of past tasks. What to keep is the implementation's rule. */
public abstract class MemoryBuffer implements Stateful {
  final StoredImages stored;
  final Capacity capacity;

  /**
   * An empty memory.
   *
   * @param capacity the most images that it holds after an offer
   * @param imageBytes bytes of an image: height x width x channels
   */
  MemoryBuffer(Capacity capacity, int imageBytes) {
    this.capacity = capacity;
    stored = new StoredImages(imageBytes, capacity.keptBytes(imageBytes));
  }

  /** The images held now. */
  public final StoredImages stored() {
    return stored;
  }

  /** Says that what is offered from now on is of the task with this index. */
  public final void beginTask(int index) {
    stored.beginTask(index);
  }

  /**
   * Shows it images of a stream, in order; it copies those that it keeps.
   *
   * @param features what the network makes of examples, one row each; only a memory that chooses by
   *     features asks
   */
  public abstract void offer(Examples stream, Function<Examples, float[][]> features);

  @Override
  public final void state(State state) {
    stored.state(state.in("images"));
    rule(state.in("rule"));
  }

  /** Tells what the rule remembers beside the images held, as {@link #state} does. */
  abstract void rule(State state);
}
