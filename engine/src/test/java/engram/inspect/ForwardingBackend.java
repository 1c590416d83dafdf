package engram.inspect;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.reference.ReferenceBackend;
import engram.op.Op;
import java.util.List;

/** The reference backend, for tests that change one thing about it. */
abstract class ForwardingBackend implements Backend {
  private final Backend inner = new ReferenceBackend();

  @Override
  public String name() {
    return "changed " + inner.name();
  }

  @Override
  public String description() {
    return name();
  }

  @Override
  public Buffer allocate(int elements) {
    return inner.allocate(elements);
  }

  @Override
  public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
    return inner.bind(op, inputs, outputs);
  }

  @Override
  public void finish() {
    inner.finish();
  }

  @Override
  public void close() {
    inner.close();
  }
}
