package engram.bench.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.graph.Node;
import engram.graph.Tape;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.LogSoftmax;
import engram.op.MatMul;
import engram.op.OpCase;
import engram.op.OpCatalog;
import engram.op.Softmax;
import engram.op.Values;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sum that is written out is the element that it stands for. */
class WrittenTest {

  static Stream<OpCase> sums() {
    return OpCatalog.cases().stream()
        .filter(OpCase::smooth)
        .filter(c -> Sums.of(node(c)).function() != Sum.Function.LIST);
  }

  @ParameterizedTest
  @MethodSource("sums")
  void aSumIsWhatTheDefinitionComputes(OpCase opCase) {
    Node node = node(opCase);
    List<Values> in = IntStream.range(0, opCase.inputs().size()).mapToObj(opCase::draw).toList();
    List<Values> out = node.outputs().stream().map(t -> Values.zeros(t.shape())).toList();
    opCase.op().reference(in, out);
    Values result = out.getFirst();
    for (int i = 0; i < result.size(); i += 1 + result.size() / 40) {
      Written written =
          Written.of(node, i, (k, at) -> (k >= 0 ? in.get(k) : out.get(-1 - k)).get(at));
      double expected = result.get(i);
      double value = then(node, written);
      assertEquals(expected, value, 1e-9 * (1 + Math.abs(expected)), "element " + i);
    }
  }

  /** What the words behind a sum say. */
  private static double then(Node node, Written written) {
    double sum = written.sum();
    return switch (node.op()) {
      case FusedConv2d op -> sum > 0 ? sum : op.slope() * sum;
      case Softmax _ -> 1 / sum;
      case LogSoftmax _ -> -Math.log(sum);
      default -> sum;
    };
  }

  private static Node node(OpCase opCase) {
    Tape tape = new Tape();
    List<Tensor> inputs = new ArrayList<>();
    for (Shape shape : opCase.inputs()) {
      inputs.add(tape.input("operand" + inputs.size(), shape));
    }
    tape.record("y", opCase.op(), inputs);
    return tape.graph().nodes().getLast();
  }

  @Test
  void theOpsOfALayerAreSums() {
    Set<String> names = new TreeSet<>();
    sums().forEach(c -> names.add(c.op().name()));
    assertTrue(
        names.containsAll(
            Set.of(
                "conv2d",
                "conv2d.input_gradient",
                "conv2d.weight_gradient",
                "cross_entropy",
                "fused_conv2d",
                "linear",
                "matmul",
                "max_pool2d",
                "max_pool2d.gradient",
                "pooled_conv2d.input_gradient",
                "pooled_conv2d.weight_gradient",
                "softmax",
                "sum_rows")),
        names::toString);
  }

  /** Padding is no term: in a corner there are fewer. */
  @Test
  void aConvolutionHasATermForEachElementUnderItsKernel() {
    Node node = node(OpCase.of(new Conv2d(1, 2), Shape.shape(1, 8, 8, 3), Shape.shape(5, 5, 3, 4)));
    int middle = (4 * 8 + 4) * 4;
    assertEquals(75, Written.of(node, middle, (k, at) -> 1).terms().size());
    assertEquals(27, Written.of(node, 0, (k, at) -> 1).terms().size());
  }

  @Test
  void aFactorSaysWhichElementItIs() {
    Node node = node(OpCase.of(new MatMul(false, true), Shape.shape(2, 3), Shape.shape(4, 3)));
    Written written = Written.of(node, 6, (k, at) -> at); // row 1, column 2
    assertEquals(
        List.of(3, 4, 5),
        written.terms().stream().map(t -> t.factors().get(0).position()).toList());
    assertEquals(
        List.of(6, 7, 8),
        written.terms().stream().map(t -> t.factors().get(1).position()).toList());
    assertEquals(3 * 6 + 4 * 7 + 5 * 8, written.sum());
  }
}
