package engram.inspect;

import engram.backend.Backend;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.op.OpCase;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A declared case bound on a backend: tests run it once, benchmarks many times. Outputs are
 * poisoned with NaN first, so that an element that the kernel forgets is seen.
 */
public final class CaseRun {
  private final OpCase opCase;
  private final List<Operand> inputs = new ArrayList<>();
  private final List<Operand> outputs = new ArrayList<>();
  private final Kernel kernel;
  private final Backend backend;

  public CaseRun(OpCase opCase, Backend backend) {
    this.opCase = opCase;
    this.backend = backend;
    for (int i = 0; i < opCase.inputs().size(); i++) {
      inputs.add(operand(opCase.inputs().get(i)));
    }
    for (Shape shape : opCase.op().outputs(opCase.inputs())) {
      outputs.add(operand(shape));
    }
    kernel = backend.bind(opCase.op(), inputs, outputs);
    reset();
  }

  private Operand operand(Shape shape) {
    return new Operand(shape, backend.allocate(shape.elements()));
  }

  /** Draws the inputs anew and poisons the outputs. */
  public void reset() {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).buffer().write(opCase.draw(i).toFloats());
    }
    for (Operand output : outputs) {
      float[] poison = new float[output.shape().elements()];
      Arrays.fill(poison, Float.NaN);
      output.buffer().write(poison);
    }
  }

  /** The bound kernel. */
  public Kernel kernel() {
    return kernel;
  }

  /** Runs once and reads what the op wrote: its outputs, then the operands that it updates. */
  public List<float[]> results() {
    kernel.run();
    backend.finish();
    List<float[]> results = new ArrayList<>();
    outputs.forEach(output -> results.add(output.buffer().read()));
    opCase.op().updates().forEach(i -> results.add(inputs.get(i).buffer().read()));
    return results;
  }
}
