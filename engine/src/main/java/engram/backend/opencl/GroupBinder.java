package engram.backend.opencl;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.Step;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.DenseOps;
import engram.backend.opencl.ops.Gate;
import engram.backend.opencl.ops.LossOps;
import engram.backend.opencl.ops.OptimizerOps;
import engram.backend.opencl.ops.Parts;
import engram.op.AdamStep;
import engram.op.Conv2d;
import engram.op.LeakyRelu;
import engram.op.MatMul;
import engram.op.One;
import engram.op.PooledConv2d;
import engram.op.SumRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Binds the groups that {@link StepGroups} found. Weight gradients are left in parts until a step
 * touches one of them, so that one kernel adds the parts of all layers.
 */
final class GroupBinder {
  private final DenseOps dense;
  private final LossOps loss;
  private final OptimizerOps optimizer;
  private final Function<Step, Kernel> alone;
  private final Parts parts;
  private final List<Kernel> kernels = new ArrayList<>();

  GroupBinder(
      Session session,
      DenseOps dense,
      LossOps loss,
      OptimizerOps optimizer,
      Function<Step, Kernel> alone) {
    this.dense = dense;
    this.loss = loss;
    this.optimizer = optimizer;
    this.alone = alone;
    parts = new Parts(session);
  }

  List<Kernel> bind(List<List<Step>> groups) {
    for (List<Step> group : groups) {
      boolean needed =
          group.stream()
              .flatMap(step -> Stream.concat(step.inputs().stream(), step.outputs().stream()))
              .anyMatch(parts::touch);
      if (needed && group.getFirst().op() instanceof AdamStep adam) {
        List<Operand> in = group.getFirst().inputs();
        OptimizerOps.AdamCount count = optimizer.adamCount(adam, in);
        kernels.add(parts.launch(Optional.of(count)));
        kernels.add(optimizer.adamUpdate(adam, in, count));
        continue;
      }
      if (needed) {
        kernels.add(parts.launch());
      }
      kernels.add(bindGroup(group));
    }
    if (!parts.isEmpty()) {
      kernels.add(parts.launch());
    }
    return kernels;
  }

  private Kernel bindGroup(List<Step> group) {
    if (group.size() == 1) {
      return bindAlone(group.getFirst());
    }
    Step first = group.getFirst();
    Step last = group.getLast();
    if (last.op() instanceof LeakyRelu.Gradient relu) {
      Gate gate = new Gate(last.inputs().get(0), relu.slope());
      // The rectifier may see the same numbers under another shape.
      Operand out =
          new Operand(first.outputs().getFirst().shape(), last.outputs().getFirst().buffer());
      return gated(first, gate, out);
    }
    if (first.op() instanceof SumRows || last.op() instanceof SumRows) {
      boolean sumFirst = first.op() instanceof SumRows;
      Operand sums = (sumFirst ? first : last).outputs().getFirst();
      return weightGradient(sumFirst ? last : first, Optional.of(sums));
    }
    if (group.stream().anyMatch(step -> step.op() instanceof One)) {
      return loss.withGradient(first, last);
    }
    throw new AssertionError(group);
  }

  private Kernel bindAlone(Step step) {
    return switch (step.op()) {
      case Conv2d.WeightGradient _, PooledConv2d.WeightGradient _ ->
          weightGradient(step, Optional.empty());
      default -> alone.apply(step);
    };
  }

  private Kernel gated(Step step, Gate gate, Operand out) {
    List<Operand> in = step.inputs();
    return switch (step.op()) {
      case MatMul op -> dense.matMul(op, in.get(0), in.get(1), out, Optional.of(gate));
      case Conv2d.InputGradient op ->
          dense.inputGradient(op, in.get(0), in.get(1), out, Optional.of(gate));
      case PooledConv2d.InputGradient op ->
          dense.inputGradient(op, in.get(0), in.get(1), in.get(2), out, Optional.of(gate));
      default -> throw new AssertionError(step);
    };
  }

  private Kernel weightGradient(Step step, Optional<Operand> sums) {
    List<Operand> in = step.inputs();
    Operand out = step.outputs().getFirst();
    return switch (step.op()) {
      case MatMul op ->
          dense.matMulWithSums(op, in.get(0), in.get(1), out, sums.orElseThrow(), parts);
      case Conv2d.WeightGradient op ->
          dense.weightGradient(op, in.get(0), in.get(1), out, sums, parts);
      case PooledConv2d.WeightGradient op ->
          dense.weightGradient(op, in.get(0), in.get(1), in.get(2), out, sums, parts);
      default -> throw new AssertionError(step);
    };
  }
}
