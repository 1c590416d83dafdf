package engram.bench.kernel;

import engram.bench.suite.BenchCase;
import engram.bench.suite.OutputCheck;
import engram.inspect.Difference;
import engram.op.OpCase;
import engram.op.Values;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Holds a kernel to the definition of its op in double precision. It runs twice on each case in the
 * same arrays: first on a result that is poisoned, then, on other operands, on the result of the
 * first call, so that an element that is not written shows, and one that is kept from before, too.
 */
public final class KernelCheck {
  /** A NaN that no arithmetic makes of numbers. */
  private static final int POISON = 0x7fc0beef;

  private KernelCheck() {}

  /**
   * Checks every case.
   *
   * @throws IllegalArgumentException naming the case, the element and what is wrong with it
   */
  public static void require(UserKernel kernel, List<BenchCase> cases) {
    for (BenchCase c : cases) {
      requireTwice(kernel.bind(c), c);
    }
  }

  /** Checks one case, and leaves the call with its operands set. */
  static void requireTwice(UserKernel.Call call, BenchCase c) {
    Shape shape = c.opCase().op().outputs(c.opCase().inputs()).getFirst();
    float[] poison = new float[shape.elements()];
    Arrays.fill(poison, Float.intBitsToFloat(POISON));
    call.result(poison);
    float[] first = run(call, c, 0, poison);
    run(call, c, 1, first);
  }

  /** Runs once on drawn operands and requires the right result; returns it. */
  private static float[] run(UserKernel.Call call, BenchCase c, int draw, float[] before) {
    List<float[]> operands = drawn(c, draw);
    call.operands(operands);
    try {
      call.run();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw refused(c, thrown(e));
    }
    if (!call.outside().isEmpty()) {
      throw refused(c, call.outside());
    }
    List<float[]> after = call.operands();
    for (int i = 0; i < operands.size(); i++) {
      int changed = mismatch(operands.get(i), after.get(i));
      if (changed >= 0) {
        throw refused(
            c,
            "it changed operand %d at element %d: copy what you rearrange"
                .formatted(i + 1, changed));
      }
    }
    float[] result = call.result();
    problem(c, expected(c, operands), result, before)
        .ifPresent(
            problem -> {
              throw refused(c, problem);
            });
    return result;
  }

  private static Optional<String> problem(
      BenchCase c, float[] expected, float[] received, float[] before) {
    for (int i = 0; i < received.length; i++) {
      if (Float.floatToRawIntBits(received[i]) == POISON) {
        return Optional.of(
            "%s was not written, or began with what y held before the call"
                .formatted(element(c, i)));
      }
    }
    return OutputCheck.difference(expected, received)
        .map(
            worst ->
                "%s is %s, expected %s%s"
                    .formatted(
                        element(c, worst.index()),
                        worst.received(),
                        worst.expected(),
                        stale(worst, before)));
  }

  private static String stale(Difference worst, float[] before) {
    return Float.compare(before[worst.index()], worst.received()) == 0
        ? ": it is stale, the value of the call before this one"
        : "";
  }

  /** {@code y[7] = y[1, 2]}. */
  private static String element(BenchCase c, int index) {
    Shape shape = c.opCase().op().outputs(c.opCase().inputs()).getFirst();
    if (shape.rank() < 2) {
      return "y[%d]".formatted(index);
    }
    List<Integer> place = new ArrayList<>();
    int left = index;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      place.addFirst(left % shape.dim(axis));
      left /= shape.dim(axis);
    }
    return "y[%d] = y%s".formatted(index, place);
  }

  /** What a kernel threw, and where in its own file. */
  private static String thrown(Throwable e) {
    String where =
        Arrays.stream(e.getStackTrace())
            .filter(frame -> !frame.getClassName().startsWith("java.") && frame.getLineNumber() > 0)
            .filter(frame -> !frame.getClassName().startsWith("jdk."))
            .findFirst()
            .map(frame -> " at %s, line %d".formatted(frame.getFileName(), frame.getLineNumber()))
            .orElse("");
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    return "it threw %s%s%s".formatted(e.getClass().getSimpleName(), message, where);
  }

  private static IllegalArgumentException refused(BenchCase c, String problem) {
    return new IllegalArgumentException(
        "%s is wrong, so it is not timed: %s\ncase %s".formatted(c.id(), problem, c.opCase()));
  }

  /** As {@link Arrays#mismatch}, by bits: NaN of a case is no change. */
  private static int mismatch(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Float.floatToRawIntBits(a[i]) != Float.floatToRawIntBits(b[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Operands as the case says; those of another draw are other numbers of the same kind. */
  private static List<float[]> drawn(BenchCase c, int draw) {
    OpCase opCase = c.opCase();
    List<float[]> drawn = new ArrayList<>();
    for (int i = 0; i < opCase.inputs().size(); i++) {
      CounterRandom random = CounterRandom.of(i + 100L * draw, opCase.op().name());
      float[] values = new float[opCase.inputs().get(i).elements()];
      for (int at = 0; at < values.length; at++) {
        values[at] = (float) opCase.samples().get(i).value(random, at);
      }
      drawn.add(values);
    }
    return drawn;
  }

  private static float[] expected(BenchCase c, List<float[]> operands) {
    OpCase opCase = c.opCase();
    List<Values> inputs = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Values values = Values.zeros(opCase.inputs().get(i));
      for (int at = 0; at < values.size(); at++) {
        values.set(at, operands.get(i)[at]);
      }
      inputs.add(values);
    }
    Values y = Values.zeros(opCase.op().outputs(opCase.inputs()).getFirst());
    opCase.op().reference(inputs, List.of(y));
    return y.toFloats();
  }
}
