package engram.inspect;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.op.OpCase;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A declared case bound on a backend: tests run it once, benchmarks many times. Outputs are
 * poisoned with NaN first.
 */
public final class CaseRun {
  private final OpCase opCase;
  private final List<Operand> inputs;
  private final List<Operand> outputs;
  private final Kernel kernel;
  private final Backend backend;

  public CaseRun(OpCase opCase, Backend backend) {
    this.opCase = opCase;
    this.backend = backend;
    inputs = operands(opCase.inputs());
    outputs = operands(opCase.op().outputs(opCase.inputs()));
    kernel = backend.bind(opCase.op(), inputs, outputs);
    reset();
  }

  private List<Operand> operands(List<Shape> shapes) {
    return shapes.stream().map(s -> new Operand(s, backend.allocate(s.elements()))).toList();
  }

  /** Draws the inputs anew and poisons the outputs. */
  public void reset() {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).buffer().write(opCase.draw(i).toFloats());
    }
    outputs.forEach(output -> poison(output.buffer(), output.shape()));
  }

  /** Fills a result with NaN, so that an element that the kernel forgets is seen. */
  static void poison(Buffer result, Shape shape) {
    float[] poison = new float[shape.elements()];
    Arrays.fill(poison, Float.NaN);
    result.write(poison);
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
