import engram.learn.api.Pictures;

public class Shuffle implements Pictures.Shuffle {
  @Override
  public int[] order(int n, long epoch, Pictures.Draws draws) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int other = draws.below(i + 1, epoch, i);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
    return order;
  }
}
