import engram.learn.api.Pictures;

/** The numbers 0 to n - 1 in an order by lot, which depends on n and the epoch alone. */
public class Shuffle implements Pictures.Shuffle {
  @Override
  public int[] order(int n, long epoch, Pictures.Draws draws) {
    return new int[n]; // TODO
  }
}
