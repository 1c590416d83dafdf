package engram.nn.layer;

import engram.op.Recorder;
import engram.tensor.Tensor;

/**
 * What a layer sees while it is recorded: its own parameters, the layers inside of it, and a
 * recorder that names what it appends after the layer.
 */
public interface LayerContext extends Recorder {

  /** Whole name of the layer, such as {@code residual1.conv2}. */
  String name();

  Mode mode();

  /** The layer's parameter of this name, such as {@code weight}. */
  Tensor parameter(String name);

  /** The layer's state of this name, such as {@code running_mean}. */
  Tensor state(String name);

  /** Number of the training step, [1], from 1: what randomness within a step is keyed by. */
  Tensor step();

  /** Applies the layer of this name, one of {@link Layer#layers}, to x. */
  Tensor layer(String name, Tensor x);

  /** Applies an inner layer, one of {@link Layer#layers}, to x; its name need not be its alone. */
  Tensor layer(Named layer, Tensor x);
}
