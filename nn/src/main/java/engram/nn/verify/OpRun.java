package engram.nn.verify;

import engram.backend.Backend;
import engram.fusion.Fusion;
import engram.graph.Autograd;
import engram.graph.Graph;
import engram.graph.Tape;
import engram.op.Op;
import engram.op.Recorder;
import engram.plan.Plan;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ops on given numbers, forward and backward, in the engine's layouts. */
final class OpRun implements Recorder {
  private final Backend backend;
  private final boolean fusion;
  private final Tape tape = new Tape();
  private final Map<Tensor, float[]> inputs = new LinkedHashMap<>();

  OpRun(Backend backend, boolean fusion) {
    this.backend = backend;
    this.fusion = fusion;
  }

  Tensor input(String name, Shape shape, float[] values) {
    Tensor tensor = tape.input(name, shape);
    if (values.length != shape.elements()) {
      throw new NotUnderstoodException(
          "%s has %d elements, expected shape %s".formatted(name, values.length, shape));
    }
    inputs.put(tensor, values);
    return tensor;
  }

  @Override
  public List<Tensor> record(Op op, Tensor... operands) {
    return tape.record(op, operands);
  }

  /** The number that has gradient {@code dy} with respect to {@code y}: their scalar product. */
  Tensor seeded(Tensor y, float[] dy) {
    return sum(multiply(y, input("dy", y.shape(), dy)));
  }

  /** Gradients of {@code loss}, to be asked for in {@link #run}. */
  List<Tensor> gradients(Tensor loss, List<Tensor> of) {
    return Autograd.gradients(tape, loss, of);
  }

  /** Runs what was recorded and reads the given tensors, in their order. */
  List<float[]> run(List<Tensor> wanted) {
    wanted.forEach(tape::keep);
    Graph graph = fusion ? Fusion.rewrite(tape.graph()) : tape.graph();
    Plan plan = Plan.compile(graph, backend, Map.of());
    inputs.forEach((tensor, values) -> plan.buffer(tensor).write(values));
    plan.run();
    backend.finish();
    return wanted.stream().map(tensor -> plan.buffer(tensor).read()).toList();
  }
}
