package engram.learn.device;

import static engram.tensor.Shape.shape;

import engram.backend.Operand;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.OpenClException;
import engram.backend.opencl.device.Session;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.CustomOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A learner's kernel with its operands on the device. Each operand lies between guards, numbers
 * that the kernel must not touch.
 */
final class KernelRun {
  private static final double TOLERANCE = 1e-5;

  /** Numbers before and behind each operand: more than a range that is rounded up can reach. */
  private static final int GUARD = 1 << 14;

  private static final float UNTOUCHED = 12345.5f;

  private final Session session;
  private final LaunchBuilder kernel;
  private final List<OpenClBuffer> guarded = new ArrayList<>();

  /**
   * @throws Verdict.Stop with what the compiler says, if it does not build
   */
  KernelRun(Session session, String function, String source) {
    this.session = session;
    try {
      // Its own lines are counted in errors, not those of the macros before them.
      String numbered = "#line 1 \"source\"\n" + source;
      kernel = session.kernel(new CustomOp.Source(function, numbered));
    } catch (OpenClException e) {
      List<String> said = String.valueOf(e.getMessage()).lines().map(String::strip).toList();
      throw new Verdict.Stop(new Verdict.Failed(said.getFirst(), said.subList(1, said.size())));
    }
  }

  /** Another number around each operand, so that one that is copied to another place shows. */
  private static float untouched(int operand) {
    return UNTOUCHED + operand;
  }

  /** An operand that holds these numbers. */
  Operand operand(float[] values) {
    float[] all = new float[values.length + 2 * GUARD];
    Arrays.fill(all, untouched(guarded.size()));
    System.arraycopy(values, 0, all, GUARD, values.length);
    OpenClBuffer buffer = session.allocate(all.length);
    buffer.write(0, all, 0, all.length);
    guarded.add(buffer);
    return new Operand(shape(values.length), buffer.slice(GUARD, values.length));
  }

  /** A result, NaN so far. */
  Operand result(int elements) {
    float[] values = new float[elements];
    Arrays.fill(values, Float.NaN);
    return operand(values);
  }

  /**
   * Runs it and compares.
   *
   * @param arguments adds arguments and range
   * @param columns of the result, for naming places; 0 for a vector
   * @throws Verdict.Stop at the first element that is wrong
   */
  void check(
      String where,
      UnaryOperator<LaunchBuilder> arguments,
      int[] range,
      Operand result,
      double[] expected,
      int columns) {
    try {
      arguments.apply(kernel).range(range[0], range[1], range[2], range[3]).run();
      session.finish();
    } catch (RuntimeException e) {
      throw new Verdict.Stop(
          Verdict.failed(where + ": it could not be run")
              .and(String.valueOf(e.getMessage()))
              .likely("parameters of another number or type than the exercise says"));
    }
    float[] received = result.buffer().read();
    for (int i = 0; i < expected.length; i++) {
      double scale = 1 + Math.abs(expected[i]);
      if (!(Math.abs(expected[i] - received[i]) <= TOLERANCE * scale)) {
        String place =
            columns == 0 ? "[%d]".formatted(i) : "[%d, %d]".formatted(i / columns, i % columns);
        Verdict.Failed failed =
            Verdict.failed(where + ": element " + place)
                .expected(Numbers.text(expected[i]), Numbers.text(received[i]));
        throw new Verdict.Stop(
            Float.isNaN(received[i])
                ? failed.likely("never written: results hold NaN before your kernel runs")
                : received[i] == 0 ? failed.likely("it is 0: was the result stored?") : failed);
      }
    }
    requireGuards(where);
  }

  private void requireGuards(String where) {
    for (int b = 0; b < guarded.size(); b++) {
      float[] all = guarded.get(b).read();
      float untouched = untouched(b);
      for (int i = 0; i < GUARD; i++) {
        int behind = all.length - GUARD + i;
        if (all[i] != untouched || all[behind] != untouched) {
          throw new Verdict.Stop(
              Verdict.failed(where + ": your kernel wrote outside its result")
                  .and(
                      all[i] != untouched
                          ? "before the first element"
                          : "%d elements behind the last one".formatted(i + 1))
                  .likely(
                      "more work-items run than there are elements, since ranges are rounded up to"
                          + " whole groups: those beyond the end must write nothing"));
        }
      }
    }
  }
}
