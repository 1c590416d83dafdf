package engram.cl.memory;

import engram.cl.task.Examples;
import java.util.Arrays;

/**
 * Takes the first images of each offer; over capacity it cuts each class to an equal share,
 * capacity / classes rounded down, and keeps the earliest images of the class. The memory of preset
 * {@code seed}, which takes one batch after each task.
 *
 * <p>It may end well below capacity, and most images have no chance: {@link BalancedReservoir} has
 * neither fault. With more classes than slots the earliest classes keep one image each.
 */
public final class AppendAndCutBuffer extends StreamBuffer {
  private final int taken;

  /**
   * An empty memory.
   *
   * @param taken images that are taken of each offer
   */
  public AppendAndCutBuffer(int capacity, int imageBytes, int taken) {
    super(capacity, imageBytes);
    this.taken = taken;
  }

  @Override
  public void offer(Examples stream) {
    for (int i = 0; i < Math.min(taken, stream.size()); i++) {
      stored.append(stream, i);
    }
    if (stored.size() > capacity()) {
      cut();
    }
  }

  private void cut() {
    int share = Math.max(1, capacity() / stored.classes());
    int[] keptOfClass = new int[1 + maxLabel()];
    int[] kept = {0};
    stored.retain(
        slot -> {
          int label = stored.label(slot);
          boolean keep = keptOfClass[label] < share && kept[0] < capacity();
          if (keep) {
            keptOfClass[label]++;
            kept[0]++;
          }
          return keep;
        });
  }

  private int maxLabel() {
    int[] labels = new int[stored.size()];
    Arrays.setAll(labels, stored::label);
    return Arrays.stream(labels).max().orElse(-1);
  }
}
