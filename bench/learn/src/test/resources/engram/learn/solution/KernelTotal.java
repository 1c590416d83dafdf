import engram.learn.api.OpenClC;

public class KernelTotal implements OpenClC.Reduction {
  @Override
  public String source() {
    return """
    kernel void total(IN(x), OUT(part), const int n) {
      OPEN_IN(x);
      OPEN_OUT(part);
      local float sums[64];
      int me = get_local_id(0);
      float sum = 0;
      for (int i = get_global_id(0); i < n; i += get_global_size(0)) {
        sum += x[i];
      }
      sums[me] = sum;
      for (int half_way = 32; half_way > 0; half_way /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (me < half_way) {
          sums[me] += sums[me + half_way];
        }
      }
      if (me == 0) {
        part[get_group_id(0)] = sums[0];
      }
    }
    """;
  }
}
