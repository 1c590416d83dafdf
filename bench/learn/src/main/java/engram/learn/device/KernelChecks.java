package engram.learn.device;

import engram.backend.Operand;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.backend.opencl.device.Session;
import engram.learn.api.OpenClC;
import engram.learn.exercise.Verdict;
import engram.random.CounterRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Grades each kernel on sizes that do and do not fill their groups. */
final class KernelChecks {
  private static final int GROUP = 64;
  private static final int TILE = 16;
  private static final int GROUPS = 5;
  private static final float SLOPE = 0.25f;

  private KernelChecks() {}

  static Verdict elementwise(OpenClC.Elementwise mine) {
    int[] sizes = {1, 64, 1000};
    return onDevice(
        session -> {
          for (int n : sizes) {
            float[] x = drawn("x", n);
            KernelRun run = new KernelRun(session, "leaky_relu", mine.source());
            Operand y = run.result(n);
            Operand ofX = run.operand(x);
            run.check(
                "leaky_relu of %d elements, slope %s".formatted(n, SLOPE),
                kernel -> kernel.operands(ofX, y).floats(SLOPE).ints(n),
                new int[] {n, 1, GROUP, 1},
                y,
                IntStream.range(0, n).mapToDouble(i -> x[i] > 0 ? x[i] : SLOPE * x[i]).toArray(),
                0);
          }
        },
        "leaky_relu of 1, 64 and 1000 elements");
  }

  static Verdict product(OpenClC.Product mine) {
    String code = mine.source().replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\\n]*", "");
    if (!code.matches("(?s).*\\blocal\\b.*") || !code.contains("barrier")) {
      return Verdict.failed("your kernel has no local memory, or no barrier")
          .and("the tiles of a and b are loaded by the whole group: local float tile[16][16];");
    }
    int[][] sizes = {{16, 16, 16}, {32, 48, 64}, {17, 5, 40}, {1, 33, 3}};
    return onDevice(
        session -> {
          for (int[] size : sizes) {
            product(session, mine, size[0], size[1], size[2]);
          }
        },
        "products of 4 sizes, those among them that do not fill their tiles");
  }

  private static void product(Session session, OpenClC.Product mine, int m, int n, int k) {
    float[] a = drawn("a", m * k);
    float[] b = drawn("b", k * n);
    double[] expected = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int t = 0; t < k; t++) {
          expected[i * n + j] += (double) a[i * k + t] * b[t * n + j];
        }
      }
    }
    KernelRun run = new KernelRun(session, "product", mine.source());
    Operand y = run.result(m * n);
    Operand ofA = run.operand(a);
    Operand ofB = run.operand(b);
    run.check(
        "product [%d, %d] x [%d, %d]".formatted(m, k, k, n),
        kernel -> kernel.operands(ofA, ofB, y).ints(m, n, k),
        new int[] {n, m, TILE, TILE},
        y,
        expected,
        n);
  }

  static Verdict reduction(OpenClC.Reduction mine) {
    int[] sizes = {1, 64, 320, 5000};
    return onDevice(
        session -> {
          for (int n : sizes) {
            float[] x = drawn("x", n);
            double[] expected = new double[GROUPS];
            for (int i = 0; i < n; i++) {
              expected[i / GROUP % GROUPS] += x[i];
            }
            KernelRun run = new KernelRun(session, "total", mine.source());
            Operand part = run.result(GROUPS);
            Operand ofX = run.operand(x);
            run.check(
                "total of %d numbers in %d groups of %d".formatted(n, GROUPS, GROUP),
                kernel -> kernel.operands(ofX, part).ints(n),
                new int[] {GROUPS * GROUP, 1, GROUP, 1},
                part,
                expected,
                0);
          }
        },
        "sums of 1, 64, 320 and 5000 numbers");
  }

  private static Verdict onDevice(Consumer<Session> check, String evidence) {
    if (!isThere()) {
      return new Verdict.NotDone(
          "this machine has no OpenCL device: install PoCL (package pocl-opencl-icd) or a GPU's"
              + " driver; engram devices  says what is found");
    }
    OpenClDevice device = OpenClDevices.preferred();
    try (Session session = new Session(device)) {
      check.accept(session);
    }
    return Verdict.passed(evidence, "on " + device.name());
  }

  /** Whether there is a device to run kernels on. */
  static boolean isThere() {
    try {
      return OpenClDevices.list().stream().anyMatch(each -> each.missing().isEmpty());
    } catch (OpenClException e) {
      return false; // there is no driver, or no loader
    }
  }

  private static float[] drawn(String name, int count) {
    CounterRandom random = CounterRandom.of(count, name);
    float[] values = new float[count];
    IntStream.range(0, count).forEach(i -> values[i] = (float) random.normal(i));
    return values;
  }
}
