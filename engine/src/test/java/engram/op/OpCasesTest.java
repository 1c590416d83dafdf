package engram.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.inspect.CaseRun;
import engram.inspect.GradientCheck;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every declared case of every op, whatever the backend. */
class OpCasesTest {

  static Stream<OpCase> cases() {
    return OpCatalog.cases().stream();
  }

  static Stream<OpCase> differentiableCases() {
    return cases()
        .filter(c -> c.smooth() && !c.op().name().contains("gradient"))
        .filter(c -> !c.op().outputs(c.inputs()).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("differentiableCases")
  void gradientMatchesFiniteDifferences(OpCase opCase) {
    for (GradientCheck.Entry entry : GradientCheck.of(opCase)) {
      assertTrue(entry.error() < 1e-6, () -> opCase + ", " + entry);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void referenceWritesEveryElementOfEveryOutput(OpCase opCase) {
    List<float[]> first = new CaseRun(opCase, new ReferenceBackend()).results();
    for (int i = 0; i < opCase.op().outputs(opCase.inputs()).size(); i++) {
      if (opCase.smooth()) {
        for (float value : first.get(i)) {
          assertTrue(Float.isFinite(value), () -> opCase + " gives " + value);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void costCountsTheBytesOfItsOperands(OpCase opCase) {
    Cost cost = opCase.op().cost(opCase.inputs());
    assertTrue(cost.flops() >= 0 && cost.bytes() >= 0, opCase::toString);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsTheSameNumbersEveryTime(OpCase opCase) {
    for (int i = 0; i < opCase.inputs().size(); i++) {
      Values first = opCase.draw(i);
      Values second = opCase.draw(i);
      for (int k = 0; k < first.size(); k++) {
        assertEquals(first.get(k), second.get(k));
      }
    }
  }
}
