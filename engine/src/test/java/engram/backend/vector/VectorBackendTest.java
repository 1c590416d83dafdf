package engram.backend.vector;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorBackendTest {

  static Stream<OpCase> cases() {
    return OpCatalog.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void vectorsAgreeWithTheReference(OpCase opCase) {
    try (Backend backend = VectorBackend.open(2)) {
      requireAgreement(opCase, backend);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plainLoopsAgreeWithTheReference(OpCase opCase) {
    try (Backend backend = VectorBackend.plain(2)) {
      requireAgreement(opCase, backend);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threeThreadsGiveTheSameBitsAsOne(OpCase opCase) {
    try (Backend one = VectorBackend.open(1);
        Backend three = VectorBackend.open(3)) {
      List<float[]> expected = new CaseRun(opCase, one).results();
      List<float[]> received = new CaseRun(opCase, three).results();
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i), received.get(i), opCase.toString());
      }
    }
  }

  private static void requireAgreement(OpCase opCase, Backend backend) {
    List<float[]> expected = new CaseRun(opCase, new ReferenceBackend()).results();
    List<float[]> received = new CaseRun(opCase, backend).results();
    for (int i = 0; i < expected.size(); i++) {
      Difference worst = Difference.worst(expected.get(i), received.get(i));
      int result = i;
      assertTrue(worst.error() < 1e-5, () -> opCase + ", result " + result + ", " + worst);
    }
  }
}
