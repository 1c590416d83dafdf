package engram.cl.memory;

import engram.cl.state.State;
import engram.cl.task.Examples;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The latest images of each class, in equal shares: a ring per class (Lopez-Paz and Ranzato 2017),
 * and per task where classes come again. Rings get shorter as classes come, so that the memory is
 * always used in full: see {@link Group#share}.
 */
public final class RingBuffer extends StreamBuffer {
  private final NavigableSet<Group> groups = new TreeSet<>();

  /** An empty memory. */
  public RingBuffer(Capacity capacity, int imageBytes) {
    super(capacity, imageBytes);
  }

  @Override
  public void offer(Examples stream) {
    Map<Group, Integer> coming = new HashMap<>();
    stream.labels().forEach(label -> coming.merge(group(label), 1, Integer::sum));
    groups.addAll(coming.keySet());
    Map<Group, Integer> held = new HashMap<>();
    for (int slot = 0; slot < stored.size(); slot++) {
      held.merge(groupOf(slot), 1, Integer::sum);
    }
    // Old images of a group are dropped from the front, then only the newest of the stream enter.
    Map<Group, Integer> surplus = new HashMap<>();
    for (Group group : groups) {
      int all = held.getOrDefault(group, 0) + coming.getOrDefault(group, 0);
      surplus.put(group, all - group.share(capacity, groups));
    }
    stored.retain(slot -> surplus.merge(groupOf(slot), -1, Integer::sum) < 0);
    for (int i = 0; i < stream.size(); i++) {
      if (surplus.merge(group(stream.label(i)), -1, Integer::sum) < 0) {
        stored.append(stream, i);
      }
    }
  }

  @Override
  void rule(State state) {
    Group.state(state.in("groups"), groups);
  }

  private Group group(int label) {
    return new Group(stored.task(), label);
  }

  private Group groupOf(int slot) {
    return new Group(stored.task(slot), stored.label(slot));
  }
}
