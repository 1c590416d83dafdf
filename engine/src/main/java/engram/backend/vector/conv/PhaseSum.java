package engram.backend.vector.conv;

import engram.backend.vector.run.Workers;
import java.util.Arrays;
import java.util.List;

/**
 * The input gradient of a strided convolution as several dense sums. Of the pixels of dx, those in
 * rows {@code s i + r} and columns {@code s j + q} meet only the kernel rows {@code (r + p) mod s +
 * s t}: they are a convolution of stride 1 of dy with these weights, one of {@code s x s} phases.
 */
final class PhaseSum implements ConvolutionSum {
  private final List<PatchSum> phases;
  private final Workers workers;
  private final int[] packEnds;
  private final int[] sumEnds;
  private final Workers.Task pack = this::pack;
  private final Workers.Task sum = this::sum;

  /** Binds phases whose packed weights lie beside each other. */
  PhaseSum(List<PatchSum> phases, Workers workers) {
    this.phases = phases;
    this.workers = workers;
    packEnds = phases.stream().mapToInt(PatchSum::packTasks).toArray();
    sumEnds = phases.stream().mapToInt(PatchSum::sumTasks).toArray();
    Arrays.parallelPrefix(packEnds, Integer::sum);
    Arrays.parallelPrefix(sumEnds, Integer::sum);
  }

  @Override
  public void run() {
    workers.run(packEnds[packEnds.length - 1], pack);
    workers.run(sumEnds[sumEnds.length - 1], sum);
  }

  private void pack(int index, int worker) {
    int phase = find(packEnds, index);
    phases.get(phase).pack(phase == 0 ? index : index - packEnds[phase - 1]);
  }

  private void sum(int index, int worker) {
    int phase = find(sumEnds, index);
    phases.get(phase).sum(phase == 0 ? index : index - sumEnds[phase - 1], worker);
  }

  private static int find(int[] ends, int index) {
    int i = 0;
    while (index >= ends[i]) {
      i++;
    }
    return i;
  }
}
