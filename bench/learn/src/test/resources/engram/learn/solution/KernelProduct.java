import engram.learn.api.OpenClC;

public class KernelProduct implements OpenClC.Product {
  @Override
  public String source() {
    return """
    kernel void product(
        IN(a), IN(b), OUT(y), const int m, const int n, const int k) {
      OPEN_IN(a);
      OPEN_IN(b);
      OPEN_OUT(y);
      local float of_a[16][16];
      local float of_b[16][16];
      int column = get_global_id(0);
      int row = get_global_id(1);
      int lx = get_local_id(0);
      int ly = get_local_id(1);
      float sum = 0;
      for (int t0 = 0; t0 < k; t0 += 16) {
        of_a[ly][lx] = row < m && t0 + lx < k ? a[row * k + t0 + lx] : 0;
        of_b[ly][lx] = column < n && t0 + ly < k ? b[(t0 + ly) * n + column] : 0;
        barrier(CLK_LOCAL_MEM_FENCE);
        for (int t = 0; t < 16; t++) {
          sum += of_a[ly][t] * of_b[t][lx];
        }
        barrier(CLK_LOCAL_MEM_FENCE);
      }
      if (row < m && column < n) {
        y[row * n + column] = sum;
      }
    }
    """;
  }
}
