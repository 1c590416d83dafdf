package engram.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.device.Devices;
import engram.inspect.CaseRun;
import engram.op.Op;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No kernel is timed that computes something else than its op. */
class OutputCheckTest {
  private final BenchCase matmul = BenchCases.named("matmul/1");

  @Test
  void rightKernelPasses() {
    try (Backend plain = Devices.open("plain", 1, line -> {})) {
      new OutputCheck(matmul).require(new CaseRun(matmul.opCase(), plain), "plain");
    }
  }

  @Test
  void oneWrongElementIsCaughtAndNamed() {
    try (Backend plain = Devices.open("plain", 1, line -> {})) {
      CaseRun run = new CaseRun(matmul.opCase(), new WrongAt(plain, 7));
      IllegalStateException caught =
          assertThrows(
              IllegalStateException.class, () -> new OutputCheck(matmul).require(run, "wrong"));
      String message = String.valueOf(caught.getMessage());
      assertTrue(message.startsWith("matmul/1 on wrong gives a wrong result"), message);
      assertTrue(message.contains("element 7"), message);
    }
  }

  @Test
  void elementThatIsNeverWrittenIsCaught() {
    OutputCheck check = new OutputCheck(matmul);
    float[] unwritten = new float[15];
    java.util.Arrays.fill(unwritten, Float.NaN);
    assertTrue(check.problem(List.of(unwritten)).isPresent());
  }

  @Test
  void notANumberIsRightWhereTheDefinitionGivesIt() {
    BenchCase special = BenchCases.named("matmul/5");
    try (Backend plain = Devices.open("plain", 1, line -> {})) {
      List<float[]> results = new CaseRun(special.opCase(), plain).results();
      assertEquals(Optional.empty(), new OutputCheck(special).problem(results));
    }
  }

  /** Adds one to one element of the first output of every kernel. */
  private record WrongAt(Backend inner, int element) implements Backend {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public String description() {
      return "wrong";
    }

    @Override
    public Buffer allocate(int elements) {
      return inner.allocate(elements);
    }

    @Override
    public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
      Kernel kernel = inner.bind(op, inputs, outputs);
      float[] value = new float[1];
      return () -> {
        kernel.run();
        outputs.getFirst().buffer().read(element, value, 0, 1);
        value[0] += 1;
        outputs.getFirst().buffer().write(element, value, 0, 1);
      };
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
}
