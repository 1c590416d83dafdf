import engram.learn.api.OpenClC;

/** y = x above 0, slope x elsewhere. n elements; some more work-items than that may run. */
public class KernelRelu implements OpenClC.Elementwise {
  @Override
  public String source() {
    return """
    kernel void leaky_relu(IN(x), OUT(y), const float slope, const int n) {
      OPEN_IN(x);
      OPEN_OUT(y);
      // TODO
    }
    """;
  }
}
