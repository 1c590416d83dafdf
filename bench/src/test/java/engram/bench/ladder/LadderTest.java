package engram.bench.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import engram.backend.Backend;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import engram.backend.opencl.device.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LadderTest {

  @Test
  void everyRungComputesTheSameProduct() {
    try (Backend engine = Ladder.engine()) {
      Ladder.matMul(4, 2 * Registers.LANES, 1, engine).verify();
      Ladder.matMul(12, 6 * Registers.LANES, 67, engine).verify();
    }
  }

  @Test
  void everyRungComputesTheSameConvolution() {
    try (Backend engine = Ladder.engine()) {
      Ladder.conv2d(1, 4, 1, 2 * Registers.LANES, engine).verify();
      Ladder.conv2d(3, 8, 5, 4 * Registers.LANES, engine).verify();
    }
  }

  @Test
  void everyRungInOpenClCComputesTheSameProduct() {
    OpenClDevice device;
    try {
      device = OpenClDevices.preferred();
    } catch (OpenClException e) {
      abort("no OpenCL device");
      return;
    }
    try (Session session = new Session(device);
        Backend engine = Ladder.engine()) {
      OpenClLadder.matMul(12, 48, 37, session, engine).verify();
    }
  }

  @Test
  void rungThatIsWrongIsNamed() {
    try (Backend engine = Ladder.engine()) {
      Ladder right = Ladder.matMul(4, 2 * Registers.LANES, 3, engine);
      Map<String, Runnable> rungs = new LinkedHashMap<>(right.rungs());
      rungs.put("5 broken", () -> right.result()[2] += 1);
      Ladder wrong =
          new Ladder(right.name(), right.flops(), rungs, right.result(), right.expected());
      String message =
          String.valueOf(assertThrows(IllegalStateException.class, wrong::verify).getMessage());
      assertTrue(message.contains("5 broken"), message);
    }
  }

  @Test
  void everyRungIsTimed() {
    try (Backend engine = Ladder.engine()) {
      assertEquals(5, Ladder.matMul(4, 2 * Registers.LANES, 3, engine).time(0.01, () -> {}).size());
    }
  }
}
