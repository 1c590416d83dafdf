package engram.learn.api;

/** Chapter 10: kernels in OpenCL C. */
public final class OpenClC {
  private OpenClC() {}

  /** Text of a kernel. */
  public interface Source {
    /** OpenCL C that defines the kernel which the exercise asks for. */
    String source();
  }

  /** Leaky ReLU: {@code kernel void leaky_relu(IN(x), OUT(y), const float slope, const int n)}. */
  public interface Elementwise extends Source {}

  /**
   * A matrix product through local memory: {@code kernel void product(IN(a), IN(b), OUT(y), const
   * int m, const int n, const int k)}.
   */
  public interface Product extends Source {}

  /** A sum for each work-group: {@code kernel void total(IN(x), OUT(part), const int n)}. */
  public interface Reduction extends Source {}
}
