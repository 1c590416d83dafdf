package engram.nn.train;

import static java.util.Objects.requireNonNull;

import engram.backend.Buffer;
import engram.graph.Autograd;
import engram.graph.Node;
import engram.graph.Tape;
import engram.nn.RecordedNetwork;
import engram.nn.optim.OptimiserState;
import engram.op.ClipGradientNorm;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Appends to a recorded loss what makes it a training step: the backward pass and the update. */
final class StepCompiler {
  private StepCompiler() {}

  /**
   * Appends backward pass, what the objective makes of the gradients, clipping, optimiser, and what
   * the objective does then.
   *
   * @return the storage of what is on the tape
   */
  static Map<Tensor, Buffer> complete(
      StepTape step, Objective objective, OptimiserState optimiser, TrainingOptions options) {
    Tape tape = step.tape();
    Tensor loss = step.keep(StepTape.LOSS, objective.loss(step));
    Tensor gradients = recordGradients(tape, step.network(), "gradients", loss);
    objective.adjust(step, gradients);
    tape.enter(Node.Phase.UPDATE);
    options.clip().ifPresent(max -> tape.record(new ClipGradientNorm(max), gradients));
    Map<Tensor, Buffer> ofOptimiser = optimiser.record(tape, step.network().flat(), gradients);
    objective.afterUpdate(step, gradients);
    Map<Tensor, Buffer> bindings = step.bindings();
    bindings.put(gradients, optimiser.gradients());
    bindings.putAll(ofOptimiser);
    return bindings;
  }

  /** The gradients of all parameters, each made at its place in one flat buffer. */
  static Tensor recordGradients(Tape tape, RecordedNetwork network, String name, Tensor loss) {
    // Penalties read all parameters as one tensor.
    Map<Tensor, Tensor> found =
        Autograd.gradients(tape, loss, network.parameters(), List.of(network.flat()));
    Node.Phase before = tape.enter(Node.Phase.BACKWARD);
    Tensor flat = tape.input(name, network.flat().shape());
    List<Tensor> slices = network.slices(flat, name.equals("gradients") ? "d." : name + ".");
    for (int i = 0; i < slices.size(); i++) {
      tape.assign(slices.get(i), requireNonNull(found.get(network.parameters().get(i))));
    }
    Tensor ofPenalty = found.get(network.flat());
    if (ofPenalty != null) {
      tape.assign(flat, tape.add(flat, ofPenalty));
    }
    tape.enter(before);
    return flat;
  }
}
