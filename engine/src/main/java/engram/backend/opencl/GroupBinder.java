package engram.backend.opencl;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.Step;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Epilogue;
import engram.backend.opencl.ops.LossOps;
import engram.backend.opencl.ops.Parts;
import engram.op.Conv2d;
import engram.op.LeakyRelu;
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
  private final DenseSteps dense;
  private final LossOps loss;
  private final Function<Step, Kernel> alone;
  private final Parts parts;

  GroupBinder(Session session, DenseSteps dense, LossOps loss, Function<Step, Kernel> alone) {
    this.dense = dense;
    this.loss = loss;
    this.alone = alone;
    parts = new Parts(session);
  }

  List<Kernel> bind(List<List<Step>> groups) {
    List<Kernel> kernels = new ArrayList<>();
    for (List<Step> group : groups) {
      boolean needed =
          group.stream()
              .flatMap(step -> Stream.concat(step.inputs().stream(), step.outputs().stream()))
              .anyMatch(parts::touch);
      if (needed) {
        kernels.add(parts.launch());
      }
      kernels.add(group.size() == 1 ? bindAlone(group.getFirst()) : bindTogether(group));
    }
    if (!parts.isEmpty()) {
      kernels.add(parts.launch());
    }
    return kernels;
  }

  private Kernel bindAlone(Step step) {
    return switch (step.op()) {
      case Conv2d.WeightGradient _, PooledConv2d.WeightGradient _ ->
          weightGradient(step, Optional.empty());
      default -> alone.apply(step);
    };
  }

  private Kernel bindTogether(List<Step> group) {
    Step first = group.getFirst();
    Step last = group.getLast();
    if (last.op() instanceof LeakyRelu.Gradient relu) {
      // The leaky ReLU may see the same numbers under another shape.
      Operand dx =
          new Operand(first.outputs().getFirst().shape(), last.outputs().getFirst().buffer());
      Epilogue mask = Epilogue.mask(dx, last.inputs().getFirst(), relu.slope());
      return dense.product(first.op(), first.inputs(), mask);
    }
    if (first.op() instanceof SumRows) {
      return weightGradient(last, Optional.of(first.outputs().getFirst()));
    }
    if (last.op() instanceof SumRows) {
      return weightGradient(first, Optional.of(last.outputs().getFirst()));
    }
    if (group.stream().anyMatch(step -> step.op() instanceof One)) {
      return loss.withGradient(first, last);
    }
    throw new AssertionError(group);
  }

  private Kernel weightGradient(Step step, Optional<Operand> sums) {
    return dense.weightGradient(step.op(), step.inputs(), step.outputs().getFirst(), sums, parts);
  }
}
