package engram.backend.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void agreesWithTheReference(OpCase opCase) {
    List<float[]> expected = new CaseRun(opCase, new ReferenceBackend()).results();
    try (VectorBackend backend = VectorBackend.open(2)) {
      List<float[]> received = new CaseRun(opCase, backend).results();
      for (int i = 0; i < expected.size(); i++) {
        Difference worst = Difference.worst(expected.get(i), received.get(i));
        int result = i;
        assertTrue(worst.error() < 1e-5, () -> opCase + ", result " + result + ", " + worst);
      }
    }
  }
}
