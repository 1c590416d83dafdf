package engram.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {

  @Test
  void opensEveryNameThatItLists() {
    for (String name : Devices.NAMES) {
      try (Backend backend = Devices.open(name, 2, line -> {})) {
        assertEquals(name.equals("auto") ? "vector" : name, backend.name());
      }
    }
  }

  @Test
  void anUnknownNameIsAnErrorThatListsTheOthers() {
    var error =
        assertThrows(IllegalArgumentException.class, () -> Devices.open("tpu", 1, line -> {}));
    assertEquals(
        "there is no device \"tpu\"; choose one of auto, vector, plain, reference",
        error.getMessage());
  }

  @Test
  void saysNothingWhereVectorsWork() {
    List<String> lines = new ArrayList<>();
    Devices.open("vector", 1, lines::add).close();
    assertTrue(lines.isEmpty(), lines::toString);
  }
}
