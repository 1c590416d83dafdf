package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Results that were summed in parts, which one kernel adds in order: {@code parts.cl}. Several
 * results can wait for the same kernel.
 */
public final class Parts {
  /** Results that one kernel takes. */
  private static final int JOBS = 8;

  /**
   * Where element i of a result lies in a part: {@code (i % columns) * column + (i / columns / run)
   * * row + (i / columns % run) * step}.
   */
  public record Layout(int columns, int run, int column, int row, int step) {
    /** In the same order as in the result. */
    public static Layout plain(int elements) {
      return new Layout(elements, 1, 1, 0, 0);
    }
  }

  private record Job(Operand parts, Operand y, int count, int elements, Layout layout) {}

  private final Session session;
  private final List<Job> jobs = new ArrayList<>();

  public Parts(Session session) {
    this.session = session;
  }

  /** {@code count} parts of {@code elements} each, to be added to {@code y}. */
  public void add(Operand parts, Operand y, int count, int elements, Layout layout) {
    jobs.add(new Job(parts, y, count, elements, layout));
  }

  /** Parts that lie like the result. */
  public void add(Operand parts, Operand y, int count) {
    int n = y.shape().elements();
    add(parts, y, count, n, Layout.plain(n));
  }

  public boolean isEmpty() {
    return jobs.isEmpty();
  }

  /** Whether one of the results that wait lies in this memory. */
  public boolean touch(Operand operand) {
    return jobs.stream().anyMatch(job -> OpenClBuffer.of(job.y).overlaps(OpenClBuffer.of(operand)));
  }

  /** The kernels that add what waits; nothing waits afterwards. */
  public DeviceKernel launch() {
    List<DeviceKernel> launches = new ArrayList<>();
    for (int from = 0; from < jobs.size(); from += JOBS) {
      launches.add(launch(jobs.subList(from, Math.min(jobs.size(), from + JOBS))));
    }
    jobs.clear();
    return DeviceKernel.sequence(launches.toArray(DeviceKernel[]::new));
  }

  /** A kernel that may leave its results in parts, and the one that adds them. */
  public static DeviceKernel complete(Session session, Function<Parts, DeviceKernel> kernel) {
    Parts parts = new Parts(session);
    DeviceKernel first = kernel.apply(parts);
    return parts.isEmpty() ? first : DeviceKernel.sequence(first, parts.launch());
  }

  private DeviceKernel launch(List<Job> some) {
    LaunchBuilder launch = session.kernel("parts", "add_parts");
    int total = 0;
    for (int j = 0; j < JOBS; j++) {
      Job job = some.get(Math.min(j, some.size() - 1));
      int n = j < some.size() ? job.y.shape().elements() : 0;
      Layout layout = job.layout;
      launch
          .operands(job.parts, job.y)
          .ints(
              n,
              job.count,
              job.elements,
              layout.columns,
              layout.run,
              layout.column,
              layout.row,
              layout.step);
      total += n;
    }
    return launch.range(total);
  }
}
