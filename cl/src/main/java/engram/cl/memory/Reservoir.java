package engram.cl.memory;

import engram.cl.state.State;
import engram.cl.task.Examples;
import engram.random.CounterRandom;

/**
 * Every image of the stream is held with equal probability, whatever its class: algorithm R (Vitter
 * 1985), the memory of ER, DER and A-GEM as published. The n-th image, n over the capacity, is kept
 * with probability capacity / n in place of a random one. Classes with many images fill it, and
 * rare ones may be missing: {@link BalancedReservoir} shares it out.
 */
public final class Reservoir extends StreamBuffer {
  private final CounterRandom random;
  private int offered;

  /**
   * An empty memory.
   *
   * @param capacity counted in all
   * @param random numbers for this memory alone
   */
  public Reservoir(Capacity capacity, int imageBytes, CounterRandom random) {
    super(capacity, imageBytes);
    this.random = random;
  }

  @Override
  void rule(State state) {
    offered = state.number("offered", offered);
  }

  @Override
  public void offer(Examples stream) {
    for (int i = 0; i < stream.size(); i++) {
      int earlier = offered++;
      if (earlier < capacity.images()) {
        stored.append(stream, i);
      } else {
        int place = random.below(earlier + 1, earlier);
        if (place < capacity.images()) {
          stored.replace(place, stream, i);
        }
      }
    }
  }
}
