package engram.cl.memory;

import engram.cl.state.State;
import engram.cl.task.Examples;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes the first images of each offer; over capacity it cuts each class to an equal share,
 * capacity / classes rounded down, and keeps the earliest images of the class. The memory of preset
 * {@code course}, which takes one batch after each task.
 *
 * <p>It may end well below capacity, and most images have no chance: {@link BalancedReservoir} has
 * neither fault. With more classes than slots the earliest classes keep one image each.
 */
public final class AppendAndCutBuffer extends StreamBuffer {
  private final int taken;

  /**
   * An empty memory.
   *
   * @param capacity counted in all
   * @param taken images that are taken of each offer
   */
  public AppendAndCutBuffer(Capacity capacity, int imageBytes, int taken) {
    super(capacity, imageBytes);
    this.taken = taken;
  }

  @Override
  public void offer(Examples stream) {
    for (int i = 0; i < Math.min(taken, stream.size()); i++) {
      stored.append(stream, i);
    }
    if (stored.size() > capacity.images()) {
      cut();
    }
  }

  /** What is cut depends on the images held alone. */
  @Override
  void rule(State state) {}

  private void cut() {
    int share = Math.max(1, capacity.images() / stored.classes());
    Map<Integer, Integer> kept = new HashMap<>();
    int[] room = {capacity.images()};
    stored.retain(
        slot -> {
          int label = stored.label(slot);
          boolean keep = kept.getOrDefault(label, 0) < share && room[0] > 0;
          if (keep) {
            kept.merge(label, 1, Integer::sum);
            room[0]--;
          }
          return keep;
        });
  }
}
