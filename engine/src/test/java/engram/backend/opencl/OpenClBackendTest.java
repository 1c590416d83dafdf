package engram.backend.opencl;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.opencl.device.AnyDevice;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.gpu.GemmTile;
import engram.backend.reference.ReferenceBackend;
import engram.inspect.CaseRun;
import engram.inspect.Difference;
import engram.inspect.GradientCheck;
import engram.op.AddBias;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.Linear;
import engram.op.MatMul;
import engram.op.OpCase;
import engram.op.OpCatalog;
import engram.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("device")
@Timeout(300)
class OpenClBackendTest {
  private static Backend backend = new ReferenceBackend();
  private static Backend gpuKernels = new ReferenceBackend();
  private static Backend largeTiles = new ReferenceBackend();

  /** What has a kernel of its own for GPUs. */
  private static final Set<String> DENSE =
      Set.of(
          "conv2d",
          "conv2d.input_gradient",
          "conv2d.weight_gradient",
          "fused_conv2d",
          "linear",
          "matmul",
          "pooled_conv2d.input_gradient",
          "pooled_conv2d.weight_gradient");

  static Stream<OpCase> denseCases() {
    return cases().filter(opCase -> DENSE.contains(opCase.op().name()));
  }

  static Stream<OpCase> cases() {
    return Stream.concat(OpCatalog.cases().stream(), largeCases());
  }

  /**
   * Sizes at which this backend goes other ways: one matrix or both in panels, channels in whole
   * cache sets, sums that are cut, Winograd's sums with whole and partial bands and channels.
   */
  private static Stream<OpCase> largeCases() {
    return Stream.of(
        OpCase.of(new MatMul(false, false), shape(197, 33), shape(33, 67)),
        OpCase.of(new MatMul(false, false), shape(192, 5), shape(5, 32)),
        OpCase.of(new MatMul(true, false), shape(33, 301), shape(33, 131)),
        OpCase.of(new MatMul(false, false), shape(197, 67), shape(67, 195)),
        OpCase.of(new MatMul(true, false), shape(65, 193), shape(65, 211)),
        OpCase.of(new MatMul(false, true), shape(200, 5), shape(193, 5)),
        OpCase.of(new MatMul(false, true), shape(192, 9), shape(43, 9)),
        OpCase.of(new MatMul(false, true), shape(200, 70), shape(7, 70)),
        OpCase.of(new MatMul(true, true), shape(64, 192), shape(192, 64)),
        OpCase.of(new MatMul(true, true), shape(11, 5), shape(19, 11)),
        OpCase.of(new MatMul(true, true), shape(11, 5), shape(7, 11)),
        OpCase.of(new Linear(), shape(9, 700), shape(43, 700), shape(43)),
        OpCase.of(new Conv2d(1, 1), shape(3, 5, 9, 64), shape(3, 3, 64, 64)),
        OpCase.of(new Conv2d.WeightGradient(1, 1, 3, 3), shape(3, 5, 7, 5), shape(3, 5, 7, 64)),
        OpCase.of(new Conv2d(1, 1), shape(3, 6, 8, 16), shape(3, 3, 16, 33)),
        OpCase.of(new Conv2d(1, 0), shape(1, 6, 6, 32), shape(3, 3, 32, 16)),
        OpCase.of(new Conv2d(1, 2), shape(2, 4, 2, 16), shape(3, 3, 16, 19)),
        fused(new FusedConv2d(1, 1, 0.01f, 2), shape(5, 8, 4, 16), 19),
        fused(new FusedConv2d(1, 1, 0.2f, 1), shape(2, 6, 4, 48), 64),
        OpCase.of(new Conv2d.InputGradient(1, 1, 8, 6), shape(2, 8, 6, 16), shape(3, 3, 20, 16)),
        OpCase.of(new Conv2d.InputGradient(1, 0, 8, 6), shape(2, 6, 4, 32), shape(3, 3, 17, 32)),
        OpCase.of(new AddBias(), shape(70, 1009), shape(1009)));
  }

  private static OpCase fused(FusedConv2d op, Shape x, int channels) {
    return OpCase.of(op, x, shape(3, 3, x.dim(3), channels), shape(channels));
  }

  @BeforeAll
  static void open() {
    OpenClDevice device = AnyDevice.orSkip();
    backend = OpenClBackend.open(device, _ -> {});
    gpuKernels = OpenClBackend.withGpuKernels(device);
    largeTiles = OpenClBackend.withGpuKernels(asLargeAsAGpu(device), new GemmTile(8, 16, 8, 4, 8));
  }

  @AfterAll
  static void close() {
    backend.close();
    gpuKernels.close();
    largeTiles.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theDeviceAgreesWithTheReference(OpCase opCase) {
    compareWithReference(opCase, backend);
  }

  @ParameterizedTest
  @MethodSource("denseCases")
  void theKernelsForGpusAgreeWithTheReference(OpCase opCase) {
    compareWithReference(opCase, gpuKernels);
  }

  /**
   * Sums so long that a GPU cuts them, edges within its tiles; few, each takes seconds to compile.
   */
  static Stream<OpCase> cutCases() {
    return Stream.of(
        OpCase.of(new Linear(), shape(9, 700), shape(43, 700), shape(43)),
        OpCase.of(new MatMul(true, false), shape(301, 33), shape(301, 19)),
        OpCase.of(new Conv2d(1, 1), shape(2, 5, 3, 33), shape(3, 3, 33, 17)),
        OpCase.of(new Conv2d.WeightGradient(1, 1, 3, 3), shape(3, 12, 11, 5), shape(3, 12, 11, 9)),
        fused(new FusedConv2d(1, 1, 0.01f, 2), shape(1, 7, 5, 4), 19));
  }

  /** A tile as wide as a GPU's, and sums cut into parts as where there are many units. */
  @ParameterizedTest
  @MethodSource("cutCases")
  void largeTilesAndCutSumsAgreeWithTheReference(OpCase opCase) {
    compareWithReference(opCase, largeTiles);
    compareTwoRuns(opCase, largeTiles);
  }

  private static OpenClDevice asLargeAsAGpu(OpenClDevice d) {
    return AnyDevice.changed(d, d.driver(), 132);
  }

  static Stream<OpCase> differentiableCases() {
    return OpCatalog.cases().stream()
        .filter(c -> c.smooth() && !c.op().name().contains("gradient"))
        .filter(c -> !c.op().outputs(c.inputs()).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("differentiableCases")
  void gradientsMatchFiniteDifferences(OpCase opCase) {
    for (GradientCheck.Entry entry : GradientCheck.of(opCase, backend)) {
      assertTrue(entry.error() < 1e-4, () -> opCase + ", " + entry);
    }
  }

  private static void compareWithReference(OpCase opCase, Backend backend) {
    List<float[]> expected = new CaseRun(opCase, new ReferenceBackend()).results();
    List<float[]> received = new CaseRun(opCase, backend).results();
    for (int i = 0; i < expected.size(); i++) {
      Difference worst = Difference.worst(expected.get(i), received.get(i));
      int result = i;
      assertTrue(worst.error() < 1e-5, () -> opCase + ", result " + result + ", " + worst);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twoRunsGiveTheSameBits(OpCase opCase) {
    compareTwoRuns(opCase, backend);
  }

  private static void compareTwoRuns(OpCase opCase, Backend backend) {
    List<float[]> first = new CaseRun(opCase, backend).results();
    List<float[]> second = new CaseRun(opCase, backend).results();
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i), second.get(i), opCase.toString());
    }
  }
}
