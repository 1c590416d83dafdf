import engram.learn.api.Forgetting;
import java.util.random.RandomGenerator;

/** Where the next item of a stream is stored: a place from 0 to capacity - 1, or -1 for nowhere. */
public class Reservoir implements Forgetting.Reservoir {
  @Override
  public int place(int earlier, int capacity, RandomGenerator random) {
    return -1; // TODO
  }
}
