package engram.learn.exercise;

import engram.backend.Backend;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.reference.ReferenceBackend;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.op.Op;
import engram.op.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A backend that hands every op to the reference except those that the learner wrote: their own
 * method runs inside a real training step, and the comparison of backends finds the node at which
 * it differs.
 *
 * <p>The learner's method gets copies in arrays of their own, so that an index beyond the end is an
 * exception and not the number of a neighbour; results hold NaN before it runs; and it must leave
 * its operands as they were, but for those that the op is there to update.
 */
public final class LearnerBackend implements Backend {

  /** What an op does, as {@link Op#reference}. */
  @FunctionalInterface
  public interface Definition {
    /** Writes every element of every output. */
    void run(List<Values> inputs, List<Values> outputs);
  }

  /** The ops that the learner wrote. */
  @FunctionalInterface
  public interface Own {
    /** The learner's definition of this op; empty if it is to be the reference's. */
    Optional<Definition> definition(Op op);
  }

  private final ReferenceBackend reference = new ReferenceBackend();
  private final Own own;

  public LearnerBackend(Own own) {
    this.own = own;
  }

  @Override
  public String name() {
    return "yours";
  }

  @Override
  public String description() {
    return "the reference, and your own methods in it";
  }

  @Override
  public ReferenceBuffer allocate(int elements) {
    return reference.allocate(elements);
  }

  @Override
  public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
    return own.definition(op)
        .map(definition -> guarded(op, definition, values(inputs), values(outputs)))
        .orElseGet(() -> reference.bind(op, inputs, outputs));
  }

  private static List<Values> values(List<Operand> operands) {
    return operands.stream().map(ReferenceBackend::values).toList();
  }

  private static Kernel guarded(
      Op op, Definition definition, List<Values> inputs, List<Values> outputs) {
    return () -> {
      List<Values> read = inputs.stream().map(LearnerBackend::copy).toList();
      List<Values> written = outputs.stream().map(each -> Values.zeros(each.shape())).toList();
      written.forEach(each -> each.fill(Numbers.UNWRITTEN));
      definition.run(read, written);
      for (int updated : op.updates()) {
        inputs.get(updated).map(read.get(updated), value -> value);
      }
      IntStream.range(0, read.size())
          .filter(i -> Numbers.firstDifference(inputs.get(i), read.get(i)).isPresent())
          .forEach(i -> stop(op, i, inputs.get(i), read.get(i)));
      for (int i = 0; i < outputs.size(); i++) {
        outputs.get(i).map(written.get(i), value -> value);
      }
    };
  }

  private static Values copy(Values values) {
    int from = values.offset();
    return new Values(
        values.shape(), Arrays.copyOfRange(values.data(), from, from + values.size()), 0);
  }

  private static void stop(Op op, int operand, Values before, Values after) {
    int at = Numbers.firstDifference(before, after).orElseThrow();
    throw new Verdict.Stop(
        Verdict.failed(
                "%s: your method changed its operand %d at %s"
                    .formatted(op.name(), operand, Numbers.place(before.shape(), at)))
            .and("it was %s and is now %s".formatted(before.get(at), after.get(at)))
            .and("others read the operands, too: write to the result only"));
  }

  @Override
  public void finish() {}

  @Override
  public void close() {
    reference.close();
  }
}
