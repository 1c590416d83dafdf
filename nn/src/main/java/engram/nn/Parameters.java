package engram.nn;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.nn.layer.ParameterSpec;

/**
 * The tensors of a network in one flat buffer on a backend: what training changes, or what layers
 * remember. One optimiser kernel runs over the whole buffer.
 */
public final class Parameters {
  private final Layout layout;
  private final Buffer buffer;

  /** All zeros. */
  Parameters(Layout layout, Backend backend) {
    this.layout = layout;
    buffer = backend.allocate(layout.elements());
  }

  public Layout layout() {
    return layout;
  }

  /** The flat buffer. */
  public Buffer buffer() {
    return buffer;
  }

  /** Part of the buffer that holds the tensor of this name, in the engine's layout. */
  public Buffer buffer(String name) {
    Layout.Slot slot = layout.slot(name);
    return buffer.slice(slot.offset(), slot.spec().shape().elements());
  }

  /** Values of a tensor as PyTorch arranges them. */
  public float[] readTorch(String name) {
    ParameterSpec spec = layout.slot(name).spec();
    return spec.torch().toTorch(spec.shape(), buffer(name).read());
  }

  /** Sets a tensor from values as PyTorch arranges them. */
  public void writeTorch(String name, float[] values) {
    ParameterSpec spec = layout.slot(name).spec();
    buffer(name).write(spec.torch().fromTorch(spec.shape(), values));
  }

  /** A copy of the whole buffer. */
  public float[] snapshot() {
    return buffer.read();
  }

  /** Sets the whole buffer from a snapshot of the same layout. */
  public void restore(float[] snapshot) {
    buffer.write(snapshot);
  }

  /** Draws all values anew. */
  void initialise(long seed) {
    for (Layout.Slot slot : layout.slots()) {
      initialise(slot.spec(), seed);
    }
  }

  /** Draws the values of a tensor anew, as {@code spec}, which has its name and shape, says. */
  void initialise(ParameterSpec spec, long seed) {
    buffer(spec.name()).write(spec.initialValues(seed));
  }

  /** Copies to each tensor the start of the one of the same name in {@code larger}. */
  void copyStart(Parameters larger) {
    for (Layout.Slot slot : layout.slots()) {
      Buffer part = buffer(slot.spec().name());
      float[] values = new float[part.elements()];
      larger.buffer(slot.spec().name()).read(0, values, 0, values.length);
      part.write(values);
    }
  }

  /** Copies a tensor of {@code other}, which has the same shape there. */
  void copy(Parameters other, ParameterSpec spec) {
    buffer(spec.name()).write(other.buffer(spec.name()).read());
  }

  /**
   * Copies each tensor of {@code other} to the one of the same name here, or to the start of it if
   * that is larger: to the first rows of a classifier that has grown.
   */
  void copyLeading(Parameters other) {
    layout.copyLeading(other.layout, other.buffer, buffer);
  }
}
