import engram.learn.api.Forgetting;
import java.util.random.RandomGenerator;

public class Reservoir implements Forgetting.Reservoir {
  @Override
  public int place(int earlier, int capacity, RandomGenerator random) {
    if (earlier < capacity) {
      return earlier;
    }
    int drawn = random.nextInt(earlier + 1);
    return drawn < capacity ? drawn : -1;
  }
}
