package engram.graph;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.op.Conv2d;
import engram.op.Elementwise;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutogradTest {
  private final Tape tape = new Tape();

  @Test
  void aTensorUsedTwiceGetsTheSumOfBothGradients() {
    Tensor x = tape.input("x", shape(1));
    Tensor square = tape.multiply(x, x);
    Tensor loss = tape.add(square, x);
    assertArrayEquals(new float[] {2 * 3 + 1}, gradient(loss, x, 3));
  }

  @Test
  void theFirstGradientIsAssignedAndOnlyLaterOnesAreAdded() {
    Tensor x = tape.input("x", shape(1));
    Tensor once = tape.multiply(x, tape.input("k", shape(1)));
    Autograd.gradients(tape, once, List.of(x));
    assertTrue(
        tape.graph().nodes().stream()
            .noneMatch(n -> n.op().equals(new Elementwise(Elementwise.Kind.ADD))),
        tape.graph()::toString);
  }

  @Test
  void noGradientIsComputedForWhatNobodyWants() {
    Tensor images = tape.input("images", shape(1, 4, 4, 1));
    Tensor weight = tape.input("weight", shape(3, 3, 1, 2));
    Tensor y = tape.conv2d(images, weight, 1, 0);
    Tensor column = tape.sumRows(y);
    Tensor loss =
        tape.reshape(
            tape.matmul(
                tape.reshape(column, shape(1, 2)), tape.transposed(tape.input("r", shape(1, 2)))),
            shape(1));
    Autograd.gradients(tape, loss, List.of(weight));
    assertTrue(
        tape.graph().nodes().stream().noneMatch(n -> n.op() instanceof Conv2d.InputGradient),
        tape.graph()::toString);
  }

  @Test
  void aLossThatDoesNotDependOnAParameterIsAnError() {
    Tensor x = tape.input("x", shape(1));
    Tensor y = tape.input("y", shape(1));
    Tensor loss = tape.multiply(x, x);
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> Autograd.gradients(tape, loss, List.of(y)));
    assertEquals("gradients: multiply#2 [1] does not depend on y#1 [1]", error.getMessage());
  }

  @Test
  void aLossOfSeveralElementsIsAnError() {
    Tensor x = tape.input("x", shape(2));
    assertThrows(IllegalArgumentException.class, () -> Autograd.gradients(tape, x, List.of(x)));
  }

  private float[] gradient(Tensor loss, Tensor x, float value) {
    Tensor gradient = Autograd.gradients(tape, loss, List.of(x)).getFirst();
    tape.keep(gradient);
    Plan plan = Plan.compile(tape.graph(), new ReferenceBackend(), Map.of());
    plan.buffer(x).write(value);
    plan.run();
    return plan.buffer(gradient).read();
  }
}
