package engram.cl.memory;

import engram.cl.task.Examples;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Equal shares per class, filled with the images whose mean feature is nearest to the class's
 * ({@link Herding}; iCaRL, Rebuffi et al. 2017). When classes come, each list is cut from its end,
 * which leaves the best shorter list. Shares sum to the capacity: see {@link Capacity#share}.
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
    NavigableSet<Integer> fresh = new TreeSet<>();
    IntStream.range(0, stream.size()).map(stream::label).forEach(fresh::add);
    fresh.removeAll(classes);
    classes.addAll(fresh);
    cut();
    for (int label : fresh) {
      int share = Capacity.share(capacity(), classes, label);
      int[] ofClass =
          IntStream.range(0, stream.size()).filter(i -> stream.label(i) == label).toArray();
      if (share > 0) {
        Examples candidates = stream.select(ofClass);
        for (int chosen : Herding.choose(features.apply(candidates), share)) {
          stored.append(candidates, chosen);
        }
      }
    }
  }

  private void cut() {
    Map<Integer, Integer> room = new TreeMap<>();
    classes.forEach(label -> room.put(label, Capacity.share(capacity(), classes, label)));
    stored.retain(slot -> room.merge(stored.label(slot), -1, Integer::sum) >= 0);
  }
}
