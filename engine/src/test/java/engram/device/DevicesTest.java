package engram.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.OpenClException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

  @ParameterizedTest
  @ValueSource(strings = {"vector", "plain", "reference"})
  void opensWhatItIsAskedFor(String name) {
    try (Backend backend = Devices.open(name, 2, line -> {})) {
      assertEquals(name, backend.name());
    }
  }

  @Test
  void autoTakesTheVectorUnitsWhereThereIsNoGpu() {
    try (Backend backend = Devices.auto(Optional.empty(), 2, line -> {})) {
      assertEquals("vector", backend.name());
    }
  }

  @Tag("device")
  @Timeout(300)
  @Test
  void autoTakesAGpuAndSaysSo() {
    OpenClDevice device = deviceOrSkip();
    List<String> notices = new ArrayList<>();
    try (Backend backend = Devices.auto(Optional.of(device), 2, notices::add)) {
      assertEquals("opencl", backend.name());
    }
    assertEquals(
        "Computing on %s (%s); --device vector takes the processor."
            .formatted(device.name(), device.address()),
        notices.getFirst());
  }

  private static OpenClDevice deviceOrSkip() {
    try {
      return OpenClDevices.list().getFirst();
    } catch (OpenClException e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  @Tag("device")
  @Timeout(300)
  @Test
  void openclIsOpenedOrSaysWhatToInstall() {
    try (Backend backend = Devices.open("opencl", 2, line -> {})) {
      assertEquals("opencl", backend.name());
    } catch (OpenClException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("nstall"), e.getMessage());
    }
  }

  @Test
  void anAddressWithoutADeviceIsAnErrorThatListsThoseThatExist() {
    var error =
        assertThrows(OpenClException.class, () -> Devices.open("opencl:97.3", 1, line -> {}));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains("opencl:0.0") || message.contains("nstall"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpu", "opencl:", "opencl:0", "opencl:0.x", "OpenCL:0.0", ""})
  void anUnknownNameIsAnErrorThatListsTheOthers(String name) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> Devices.open(name, 1, line -> {}));
    assertEquals(
        "there is no device \"%s\"; choose from auto, vector, plain, reference, opencl,"
                .formatted(name)
            + " opencl:PLATFORM.DEVICE",
        String.valueOf(error.getMessage()).replaceFirst(", perhaps [a-z]+", ""));
  }

  @ParameterizedTest
  @CsvSource({"vectr, vector", "opencl:0, opencl", "cuda, opencl", "GPU, opencl", "cpu, vector"})
  void theNearestDeviceIsNamedAndSoIsThatOfAnotherProgramsName(String name, String device) {
    var error = assertThrows(IllegalArgumentException.class, () -> Devices.requireName(name));
    assertTrue(
        String.valueOf(error.getMessage()).contains("\"" + name + "\", perhaps " + device + ";"),
        error.getMessage());
  }

  @Test
  void saysNothingWhereVectorsWork() {
    List<String> lines = new ArrayList<>();
    Devices.open("vector", 1, lines::add).close();
    assertTrue(lines.isEmpty(), lines::toString);
  }
}
