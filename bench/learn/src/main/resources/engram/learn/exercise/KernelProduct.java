import engram.learn.api.OpenClC;

/**
 * y = a b, with a [m, k], b [k, n] and y [m, n]. Groups are 16 x 16: get_global_id(0) is the
 * column, get_global_id(1) the row. Every work-item of a group must reach every barrier.
 */
public class KernelProduct implements OpenClC.Product {
  @Override
  public String source() {
    return """
    kernel void product(IN(a), IN(b), OUT(y), const int m, const int n, const int k) {
      OPEN_IN(a);
      OPEN_IN(b);
      OPEN_OUT(y);
      // TODO
    }
    """;
  }
}
