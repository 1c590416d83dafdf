package engram.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.inspect.CaseRun;
import engram.inspect.OpCheck;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    assertEquals(Optional.empty(), OpCheck.gradient(opCase));
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

  /** A view moves nothing, a part is all that is read of a whole, an assignment reads no target. */
  @ParameterizedTest
  @MethodSource("cases")
  void costCountsTheBytesOfItsOperands(OpCase opCase) {
    Op op = opCase.op();
    List<Shape> read =
        switch (op) {
          case View _ -> List.of();
          case Narrow _ -> op.outputs(opCase.inputs());
          case Assign _ -> opCase.inputs().subList(1, 2);
          default -> opCase.inputs();
        };
    List<Shape> written =
        new ArrayList<>(op instanceof View ? List.of() : op.outputs(opCase.inputs()));
    op.updates().forEach(index -> written.add(opCase.inputs().get(index)));
    long elements = Stream.concat(read.stream(), written.stream()).mapToLong(Shape::elements).sum();
    assertEquals(4 * elements, op.cost(opCase.inputs()).bytes(), opCase.toString());
    assertTrue(op.cost(opCase.inputs()).flops() >= 0, opCase.toString());
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
