package engram.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.inspect.CaseRun;
import engram.inspect.Difference;
import engram.op.OpCase;
import engram.op.OpCatalog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenClBackendTest {
  private static Backend backend = new ReferenceBackend();

  static Stream<OpCase> cases() {
    return OpCatalog.cases().stream();
  }

  @BeforeAll
  static void open() {
    backend = OpenClBackend.open(AnyDevice.orSkip());
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theDeviceAgreesWithTheReference(OpCase opCase) {
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
    List<float[]> first = new CaseRun(opCase, backend).results();
    List<float[]> second = new CaseRun(opCase, backend).results();
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i), second.get(i), opCase.toString());
    }
  }
}
