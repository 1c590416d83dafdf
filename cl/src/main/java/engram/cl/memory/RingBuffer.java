package engram.cl.memory;

import engram.cl.task.Examples;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The latest images of each class, in equal shares: a ring per class (Lopez-Paz and Ranzato 2017).
 * Rings get shorter as classes come, so that the memory is always used in full: see {@link #share}.
 */
public final class RingBuffer extends StreamBuffer {
  private final NavigableSet<Integer> classes = new TreeSet<>();

  /** An empty memory. */
  public RingBuffer(int capacity, int imageBytes) {
    super(capacity, imageBytes);
  }

  @Override
  public void offer(Examples stream) {
    Map<Integer, Integer> coming = new HashMap<>();
    stream.labels().forEach(label -> coming.merge(label, 1, Integer::sum));
    classes.addAll(coming.keySet());
    // Old images of a class are dropped from the front, then only the newest of the stream enter.
    Map<Integer, Integer> surplus = new HashMap<>();
    for (int label : classes) {
      int all = stored.count(label) + coming.getOrDefault(label, 0);
      surplus.put(label, all - share(classes, label));
    }
    stored.retain(slot -> surplus.merge(stored.label(slot), -1, Integer::sum) < 0);
    for (int i = 0; i < stream.size(); i++) {
      if (surplus.merge(stream.label(i), -1, Integer::sum) < 0) {
        stored.append(stream, i);
      }
    }
  }
}
