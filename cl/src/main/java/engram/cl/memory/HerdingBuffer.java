package engram.cl.memory;

import engram.cl.task.Examples;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Equal shares per class, filled with the images whose mean feature is nearest to the class's
 * ({@link Herding}; iCaRL, Rebuffi et al. 2017). When classes come, each list is cut from its end,
 * which leaves the best shorter list. Shares sum to the capacity: see {@link #share}.
 *
 * <p>All images of a class must be offered at once: what came later than the first offer of its
 * class is not looked at.
 */
public final class HerdingBuffer extends MemoryBuffer {
  private final NavigableSet<Integer> classes = new TreeSet<>();

  /** An empty memory. */
  public HerdingBuffer(int capacity, int imageBytes) {
    super(capacity, imageBytes);
  }

  @Override
  public void offer(Examples stream, Function<Examples, float[][]> features) {
    NavigableSet<Integer> fresh = new TreeSet<>(stream.labels().boxed().toList());
    fresh.removeAll(classes);
    classes.addAll(fresh);
    Map<Integer, Integer> room = new HashMap<>();
    classes.forEach(label -> room.put(label, share(classes, label)));
    stored.retain(slot -> room.merge(stored.label(slot), -1, Integer::sum) >= 0);
    for (int label : fresh) {
      int share = share(classes, label);
      if (share > 0) {
        Examples candidates = stream.where(l -> l == label);
        for (int chosen : Herding.choose(features.apply(candidates), share)) {
          stored.append(candidates, chosen);
        }
      }
    }
  }
}
