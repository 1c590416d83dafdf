package engram.nn.doctor;

import engram.graph.Node;
import engram.inspect.Flow;
import engram.inspect.NonFinite;
import engram.op.Elementwise;
import engram.op.Unary;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts into words where the first NaN or infinity of a step came from. */
final class Producer {
  private Producer() {}

  static Finding finding(NonFinite first, long step) {
    Node node = first.node();
    String phase = node.phase().name().toLowerCase(Locale.ROOT);
    String operands =
        first.operands().stream().map(Object::toString).collect(Collectors.joining(", "));
    if (first.fromOutside()) {
      return new Finding(
          "not-finite",
          first.tensor().name(),
          "before step %d its element %s was %s already; node %d, %s (%s), reads it first."
              .formatted(
                  step, first.position(), first.value(), first.step(), node.op().name(), phase),
          "Look at what wrote it: first values, a loaded checkpoint, or an input.");
    }
    String what =
        "node %d, %s (%s), makes element %s of %s %s of finite operands in step %d: %s."
            .formatted(
                first.step(),
                node.op().name(),
                phase,
                first.position(),
                first.tensor().name(),
                first.value(),
                step,
                operands);
    return new Finding(symptom(first), Flow.layer(node), what, remedy(first));
  }

  private static boolean isLogOfZero(NonFinite first) {
    return first.node().op().equals(new Unary(Unary.Kind.LOG))
        && first.operands().getFirst().same().filter(x -> x == 0).isPresent();
  }

  private static String symptom(NonFinite first) {
    return isLogOfZero(first) ? "log-of-zero" : "not-finite";
  }

  private static String remedy(NonFinite first) {
    if (isLogOfZero(first)) {
      return "It is the logarithm of 0: take log-softmax or cross-entropy of logits, or add a small"
          + " number first.";
    }
    return switch (first.node().op()) {
      case Unary(Unary.Kind kind) when kind == Unary.Kind.EXP ->
          "exp passes float32 at 88.7: subtract the largest of a row first, as softmax does.";
      case Unary _ -> "The operand is outside of what it is defined for.";
      case Elementwise(Elementwise.Kind kind) when kind == Elementwise.Kind.DIVIDE ->
          "Look whether it divides by 0.";
      default ->
          "If the operands are large, training has diverged: lower the learning rate, clip the"
              + " gradients, or scale the inputs.";
    };
  }
}
