import engram.learn.api.OpenClC;

/**
 * part[g] = the sum of what the 64 work-items of group g add. Work-item number i of all takes x[i],
 * x[i + all], x[i + 2 all] and so on, with all = get_global_size(0).
 */
public class KernelTotal implements OpenClC.Reduction {
  @Override
  public String source() {
    return """
    kernel void total(IN(x), OUT(part), const int n) {
      // TODO OPEN_IN and OPEN_OUT come first
    }
    """;
  }
}
