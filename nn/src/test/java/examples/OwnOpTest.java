package examples;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.device.Devices;
import engram.inspect.CaseRun;
import engram.inspect.OpCheck;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.optim.Adam;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.op.CustomOp;
import engram.op.GradientBuilder;
import engram.op.OpCase;
import engram.op.Values;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An op from outside is checked and runs like those of the engine. */
class OwnOpTest {

  @Test
  void itsGradientAndItsLoopsAreRight() {
    try (Backend vector = Devices.open("vector", 2, line -> {});
        Backend plain = Devices.open("plain", 1, line -> {})) {
      assertEquals(List.of(), OpCheck.faults(new Swish(), new ReferenceBackend(), plain, vector));
    }
  }

  @Test
  void threeThreadsGiveTheSameBitsAsOne() {
    OpCase large = new Swish().cases().get(2);
    try (Backend one = Devices.open("vector", 1, line -> {});
        Backend three = Devices.open("vector", 3, line -> {})) {
      assertTrue(
          Arrays.equals(
              new CaseRun(large, one).results().getFirst(),
              new CaseRun(large, three).results().getFirst()));
    }
  }

  @Test
  @Tag("device")
  void itsOpenClIsRight() {
    assumeTrue(hasOpenCl(), "no OpenCL device here");
    try (Backend device = Devices.open("opencl", 1, line -> {})) {
      assertEquals(List.of(), OpCheck.faults(new Swish(), device));
      var e =
          assertThrows(RuntimeException.class, () -> OpCheck.faults(new Cube("cube", 3), device));
      assertTrue(e.getMessage().contains("cube brings no OpenCL C"), e.getMessage());
      assertTrue(e.getMessage().contains("openCl()"), e.getMessage());
    }
  }

  private static boolean hasOpenCl() {
    try (Backend device = Devices.open("opencl", 1, line -> {})) {
      return device.name().startsWith("opencl");
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Definition and gradient only, of which one may be wrong. */
  private record Cube(String name, double slope) implements CustomOp {

    @Override
    public void gradient(GradientBuilder g) {
      var square = g.multiply(g.input(0), g.input(0));
      g.contribute(0, () -> g.multiply(g.outputGradient(), g.scale(slope, square)));
    }

    @Override
    public void reference(List<Values> inputs, List<Values> outputs) {
      for (int i = 0; i < outputs.getFirst().size(); i++) {
        outputs.getFirst().set(i, Math.pow(inputs.getFirst().get(i), 3));
      }
    }

    @Override
    public List<OpCase> cases() {
      return List.of(OpCase.of(this, shape(2, 5)));
    }
  }

  @Test
  void theDefinitionAloneRunsOnTheProcessorAndAWrongGradientIsNamed() {
    try (Backend vector = Devices.open("vector", 2, line -> {})) {
      assertEquals(List.of(), OpCheck.faults(new Cube("cube", 3), vector));
      for (String name : List.of("cube", "cube_of_gradient")) {
        List<String> faults = OpCheck.faults(new Cube(name, 2), vector);
        assertEquals(1, faults.size());
        assertTrue(faults.getFirst().contains("gradient, operand 0, element 0"), faults.getFirst());
      }
    }
  }

  @Test
  void aNetworkTrainsWithIt() {
    Layer swish = (t, x) -> t.apply(new Swish(), x);
    try (Backend backend = Devices.open("vector", 2, line -> {})) {
      Sequential model = Sequential.of(shape(2), new Linear(2, 16), swish, new Linear(16, 2));
      Network net = Network.create(model, backend, 1);
      Trainer trainer = new Trainer(net, Objective.crossEntropy(), new Adam(1e-2));
      float first = Rings.epochs(trainer, 1);
      assertTrue(Rings.epochs(trainer, 20) < 0.5 * first);
      assertFalse(Float.isNaN(first));
    }
  }
}
