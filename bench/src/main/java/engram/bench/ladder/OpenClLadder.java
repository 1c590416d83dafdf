package engram.bench.ladder;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.Operand;
import engram.backend.opencl.device.Launch;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.Session;
import engram.bench.kernel.WorkSize;
import engram.graph.Tape;
import engram.op.CustomOp;
import engram.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The matrix ladder in OpenCL C: {@code leaky_relu(a b + bias)} from the definition to a fused
 * kernel, a rung a file beside this class's resources. Each says on how many work-items it runs.
 */
public final class OpenClLadder {
  private static final List<String> RUNGS =
      List.of("1 naive", "2 tiled", "3 vector", "4 registers", "5 fused");

  private static final List<String> SIZES = List.of("m", "n", "k");

  private OpenClLadder() {}

  /**
   * The ladder on a device.
   *
   * @param m rows of a and y; a multiple of 4
   * @param n columns of b and y; a multiple of 16
   * @param k terms of each sum
   * @param session where the rungs run
   * @param engine our own kernels on the same device, the last row
   */
  public static Ladder matMul(int m, int n, int k, Session session, Backend engine) {
    if (m % 4 != 0 || n % 16 != 0) {
      throw new IllegalArgumentException(
          "ladder: a product of %d x %d, expected multiples of 4 and 16".formatted(m, n));
    }
    Tape tape = new Tape();
    Tensor a = tape.input("a", shape(m, k));
    Tensor b = tape.input("b", shape(k, n));
    Tensor bias = tape.input("bias", shape(n));
    Tensor y = tape.leakyRelu(tape.addBias(tape.matmul(a, b), bias), Product.SLOPE);
    float[] result = new float[m * n];
    int[] sizes = {m, n, k};
    Operand ofA = operand(session, Ladder.draw(a));
    Operand ofB = operand(session, Ladder.draw(b));
    Operand ofBias = operand(session, Ladder.draw(bias));
    Map<String, Runnable> rungs = new LinkedHashMap<>();
    for (String rung : RUNGS) {
      // Each has a result of its own: none passes with what another wrote.
      float[] unwritten = new float[m * n];
      Arrays.fill(unwritten, Float.NaN);
      Operand ofY = operand(session, unwritten);
      String file = "matmul" + rung.replace(' ', '_');
      boolean fused = rung.startsWith("5");
      List<Operand> operands = fused ? List.of(ofA, ofB, ofBias, ofY) : List.of(ofA, ofB, ofY);
      Launch product = launch(session, file, "product", operands, sizes);
      List<Launch> launches =
          fused
              ? List.of(product)
              : List.of(
                  product, launch(session, "activate", "activate", List.of(ofBias, ofY), sizes));
      rungs.put(
          rung,
          () -> {
            for (Launch launch : launches) {
              launch.run();
            }
            ofY.buffer().read(0, result, 0, result.length);
          });
    }
    return Ladder.of(
        "matmul %d x %d x %d, bias, leaky-ReLU, OpenCL C".formatted(m, n, k),
        2L * m * n * k,
        rungs,
        result,
        backend -> Ladder.recorded(tape, List.of(a, b, bias), y, backend, result),
        engine);
  }

  private static Operand operand(Session session, float[] values) {
    OpenClBuffer buffer = session.allocate(values.length);
    buffer.write(0, values, 0, values.length);
    return new Operand(shape(values.length), buffer);
  }

  private static Launch launch(
      Session session, String file, String function, List<Operand> operands, int[] sizes) {
    String text = text(file + ".cl");
    WorkSize size = WorkSize.of(file + ".cl", text, SIZES, "n, m");
    LaunchBuilder kernel = session.kernel(new CustomOp.Source(function, text));
    int[] range = size.of(Map.of("m", sizes[0], "n", sizes[1], "k", sizes[2]));
    return kernel.pointers(operands).ints(sizes).range(range[0], range[1], range[2], range[3]);
  }

  private static String text(String file) {
    try (InputStream in = OpenClLadder.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the ladder's " + file + " is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
