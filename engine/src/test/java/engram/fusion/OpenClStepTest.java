package engram.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.opencl.OpenClBackend;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.backend.reference.ReferenceBackend;
import engram.graph.Graph;
import engram.tensor.Tensor;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole training steps on OpenCL, where neighbouring steps run as one kernel and the parts of all
 * weight gradients are added together: ops alone are tested elsewhere.
 */
@Tag("device")
@Timeout(300)
class OpenClStepTest {

  private static final Set<String> CHOSEN =
      Set.of(
          "odd sizes",
          "distillation",
          "residual block",
          "ReLUs, one before a pool",
          "layers for Winograd's sums");

  /** Three that have all groups between them: a processor takes seconds to compile each kernel. */
  static Stream<FusionTest.Network> networks() {
    return FusionTest.networks().filter(network -> CHOSEN.contains(network.name()));
  }

  /** And one whose matrices are packed: kernels for GPUs know no such size. */
  static Stream<FusionTest.Network> networksForProcessors() {
    return FusionTest.networks()
        .filter(
            network -> CHOSEN.contains(network.name()) || network.name().equals("large products"));
  }

  @ParameterizedTest
  @MethodSource("networksForProcessors")
  void kernelsForProcessorsTrainAsTheReference(FusionTest.Network network) {
    train(network, OpenClBackend::withCpuKernels);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void kernelsForGpusTrainAsTheReference(FusionTest.Network network) {
    train(network, OpenClBackend::withGpuKernels);
  }

  private static void train(
      FusionTest.Network network, Function<OpenClDevice, OpenClBackend> open) {
    TrainingGraph recorded = network.record().get();
    Graph graph = Fusion.rewrite(recorded.graph());
    try (OpenClBackend backend = open.apply(deviceOrSkip())) {
      Map<Tensor, double[]> expected = recorded.run(graph, new ReferenceBackend());
      Map<Tensor, double[]> received = recorded.run(graph, backend);
      assertEquals(expected.keySet(), received.keySet());
      expected.forEach(
          (tensor, values) -> {
            double error = FusionTest.relativeL2(values, received.get(tensor));
            assertTrue(error < 1e-5, () -> tensor + ": relative error " + error);
          });
    }
  }

  private static OpenClDevice deviceOrSkip() {
    try {
      return OpenClDevices.list().getFirst();
    } catch (OpenClException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
