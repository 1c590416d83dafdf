package engram.nn.doctor;

import engram.graph.Node;
import engram.graph.Tape;
import engram.inspect.Flow;
import engram.nn.Network;
import engram.nn.RecordedNetwork;
import engram.nn.layer.Mode;
import engram.op.AddBias;
import engram.op.Conv2d;
import engram.op.Linear;
import engram.op.MatMul;
import engram.op.Relu;
import engram.plan.Observer;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A forward pass of its own, in evaluation mode, over some inputs of a batch: it leaves the step,
 * running means and random numbers as they are.
 */
final class Probe implements Observer {
  private final Plan plan;
  private final Tensor inputs;
  private final Tensor logits;
  private final List<Activation> activations = new ArrayList<>();
  private final float[] values;

  Probe(Network network, int size) {
    Tape tape = new Tape();
    inputs = tape.input("inputs", network.model().inputShape(size));
    RecordedNetwork recorded = network.on(tape);
    logits = recorded.forward(inputs, Mode.EVALUATION).logits();
    tape.keep(logits);
    plan = Plan.compile(tape.graph(), network.backend(), recorded.bindings());
    int largest =
        plan.steps().stream()
            .filter(Probe::isLookedAt)
            .mapToInt(node -> node.output().shape().elements())
            .max()
            .orElse(0);
    values = new float[largest];
  }

  private static boolean isLookedAt(Node node) {
    return switch (node.op()) {
      case Relu _, Conv2d _, Linear _, MatMul _, AddBias _ -> true;
      default -> false;
    };
  }

  /** Runs on the first inputs of a batch. */
  void run(float[] batch) {
    activations.clear();
    plan.buffer(inputs).write(0, batch, 0, inputs.shape().elements());
    plan.run(this);
  }

  @Override
  public void after(Node node) {
    if (isLookedAt(node)) {
      Tensor made = node.output();
      plan.buffer(made).read(0, values, 0, made.shape().elements());
      boolean rectifier = node.op() instanceof Relu;
      activations.add(Activation.of(Flow.layer(node), rectifier, made.shape(), values));
    }
  }

  /** What the nodes of the last run gave, in their order. */
  List<Activation> activations() {
    return List.copyOf(activations);
  }

  /** Logits of the last run, [inputs, classes]. */
  float[] logits() {
    return plan.buffer(logits).read();
  }
}
