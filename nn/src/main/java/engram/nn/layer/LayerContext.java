package engram.nn.layer;

import engram.op.Op;
import engram.tensor.Tensor;
import java.util.List;

/** What a layer sees while it is recorded: a tape to append to, and its own parameters on it. */
public interface LayerContext {

  Mode mode();

  /** The layer's parameter of this name, such as {@code weight}. */
  Tensor parameter(String name);

  /** The layer's state of this name, such as {@code running_mean}. */
  Tensor state(String name);

  /** Number of the training step, [1], from 1: what randomness within a step is keyed by. */
  Tensor step();

  /** Appends an op, its outputs named after the layer. */
  List<Tensor> record(Op op, Tensor... inputs);

  /** Appends an op and returns its first output. */
  default Tensor apply(Op op, Tensor... inputs) {
    return record(op, inputs).getFirst();
  }
}
