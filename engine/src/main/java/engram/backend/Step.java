package engram.backend;

import engram.op.Op;
import java.util.List;

/** An op with the operands that it runs on. */
public record Step(Op op, List<Operand> inputs, List<Operand> outputs) {
  public Step {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
