package engram.cl.memory;

import engram.cl.state.State;
import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Filled when a task is done: of each class of the task, or of the task as a whole, so many images
 * as its share allows, chosen among all of them. When others come, each list is cut from its end.
 *
 * <p>All images of a class and task must be offered at once: what came later than the first offer
 * is not looked at.
 */
public final class ExemplarBuffer extends MemoryBuffer {
  private final Selection selection;
  private final Sharing sharing;
  private final CounterRandom random;
  private final NavigableSet<Group> groups = new TreeSet<>();

  /** Which images are taken, the best first: a shorter list is the start of a longer one. */
  public enum Selection {
    /**
     * Those whose mean feature is nearest to that of all ({@link Herding}; iCaRL, Rebuffi et al.
     * 2017).
     */
    HERDING,
    /**
     * Any, with equal chance, without replacement (van de Ven et al. 2022). The list is in random
     * order, so that cutting its end is cutting at random.
     */
    RANDOM,
    /** The first in the order of the data set (GDumb's code, Prabhu et al. 2020). */
    FIRST
  }

  /** Who has equal shares of the whole. */
  public enum Sharing {
    /** Classes: see {@link Group#share}. */
    CLASSES,
    /**
     * Tasks, however many classes they have: capacity / tasks so far, rounded down (naive
     * rehearsal, Hsu et al. 2018).
     */
    TASKS
  }

  /**
   * An empty memory.
   *
   * @param random numbers for this memory alone; only a random selection draws
   */
  public ExemplarBuffer(
      Capacity capacity,
      int imageBytes,
      Selection selection,
      Sharing sharing,
      CounterRandom random) {
    super(capacity, imageBytes);
    this.selection = selection;
    this.sharing = sharing;
    this.random = random;
  }

  @Override
  public void offer(Examples stream, Function<Examples, float[][]> features) {
    NavigableSet<Group> fresh = new TreeSet<>();
    stream.labels().forEach(label -> fresh.add(group(stored().task(), label)));
    fresh.removeAll(groups);
    groups.addAll(fresh);
    Map<Group, Integer> room = new HashMap<>();
    groups.forEach(group -> room.put(group, share(group)));
    stored.retain(
        slot -> room.merge(group(stored.task(slot), stored.label(slot)), -1, Integer::sum) >= 0);
    for (Group group : fresh) {
      int share = share(group);
      if (share > 0) {
        Examples candidates =
            group.label() == Group.ALL ? stream : stream.where(label -> label == group.label());
        for (int chosen : choose(candidates, share, group, features)) {
          stored.append(candidates, chosen);
        }
      }
    }
  }

  @Override
  void rule(State state) {
    Group.state(state.in("groups"), groups);
  }

  private Group group(int task, int label) {
    return new Group(task, sharing == Sharing.TASKS ? Group.ALL : label);
  }

  private int share(Group group) {
    boolean ofTasks = sharing == Sharing.TASKS && capacity.unit() == Capacity.Unit.TOTAL;
    return ofTasks ? capacity.images() / groups.size() : group.share(capacity, groups);
  }

  private int[] choose(
      Examples candidates, int count, Group group, Function<Examples, float[][]> features) {
    return switch (selection) {
      case HERDING -> Herding.choose(features.apply(candidates), count);
      case RANDOM ->
          Arrays.stream(
                  random.split(group.task()).split(group.label()).permutation(candidates.size()))
              .limit(count)
              .toArray();
      case FIRST ->
          IntStream.range(0, candidates.size())
              .boxed()
              .sorted(Comparator.comparingInt(candidates::index))
              .mapToInt(Integer::intValue)
              .limit(count)
              .toArray();
    };
  }
}
