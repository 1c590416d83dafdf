import engram.learn.api.OpenClC;

public class KernelRelu implements OpenClC.Elementwise {
  @Override
  public String source() {
    return """
    kernel void leaky_relu(IN(x), OUT(y), const float slope, const int n) {
      OPEN_IN(x);
      OPEN_OUT(y);
      int i = get_global_id(0);
      if (i < n) {
        y[i] = x[i] > 0 ? x[i] : slope * x[i];
      }
    }
    """;
  }
}
