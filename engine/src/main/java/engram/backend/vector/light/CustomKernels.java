package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.CustomOp;
import engram.op.Values;
import engram.tensor.Shape;
import java.util.List;

/** Ops from outside: their own loops, or their definitions on a copy in double precision. */
public final class CustomKernels {
  /** Pieces in one task; a task is worth a thread only where each piece is some work. */
  private static final int GRAIN = 1024;

  private CustomKernels() {}

  public static Kernel bind(
      Parallel parallel, boolean vectors, CustomOp op, List<Operand> in, List<Operand> out) {
    return (vectors ? op.vectorLoop().or(op::plainLoop) : op.plainLoop())
        .map(loop -> loop(parallel, op, loop, in, out))
        .orElseGet(() -> definition(op, in, out));
  }

  private static Kernel loop(
      Parallel parallel, CustomOp op, CustomOp.Loop loop, List<Operand> in, List<Operand> out) {
    List<CustomOp.Floats> inputs = in.stream().map(CustomKernels::floats).toList();
    List<CustomOp.Floats> outputs = out.stream().map(CustomKernels::floats).toList();
    int pieces = op.pieces(in.stream().map(Operand::shape).toList());
    int elements = in.stream().mapToInt(operand -> operand.shape().elements()).max().orElse(1);
    int grain = Math.max(1, (int) ((long) GRAIN * 16 * pieces / Math.max(elements, pieces)));
    return parallel.blocks(pieces, grain, (from, to) -> loop.run(inputs, outputs, from, to));
  }

  private static CustomOp.Floats floats(Operand operand) {
    HostBuffer buffer = HostBuffer.of(operand);
    return new CustomOp.Floats(operand.shape(), buffer.data(), buffer.offset());
  }

  private static Kernel definition(CustomOp op, List<Operand> in, List<Operand> out) {
    List<Copy> inputs = in.stream().map(Copy::of).toList();
    List<Copy> outputs = out.stream().map(Copy::of).toList();
    List<Values> x = inputs.stream().map(Copy::values).toList();
    List<Values> y = outputs.stream().map(Copy::values).toList();
    return () -> {
      inputs.forEach(Copy::take);
      op.reference(x, y);
      outputs.forEach(Copy::give);
      op.updates().forEach(i -> inputs.get(i).give());
    };
  }

  /** An operand and its numbers in double precision. */
  private record Copy(HostBuffer buffer, Values values) {
    static Copy of(Operand operand) {
      Shape shape = operand.shape();
      return new Copy(HostBuffer.of(operand), Values.zeros(shape));
    }

    void take() {
      for (int i = 0; i < values.size(); i++) {
        values.set(i, buffer.data()[buffer.offset() + i]);
      }
    }

    void give() {
      for (int i = 0; i < values.size(); i++) {
        buffer.data()[buffer.offset() + i] = (float) values.get(i);
      }
    }
  }
}
