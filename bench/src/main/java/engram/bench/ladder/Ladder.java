package engram.bench.ladder;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.bench.measure.StepClock;
import engram.device.Devices;
import engram.fusion.Fusion;
import engram.graph.Tape;
import engram.inspect.Difference;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One task done in several ways, from the definition to what the engine does; all verified against
 * the definition in double precision, then timed in turns on one thread.
 *
 * @param name of the task
 * @param flops of one run
 * @param rungs each way by its name
 * @param result array that each way fills
 * @param expected what must be in it
 */
public record Ladder(
    String name, long flops, Map<String, Runnable> rungs, float[] result, float[] expected) {
  private static final double TURN = 0.25;

  /** Time of one rung. */
  public record Row(String rung, double seconds, double gigaflops) {}

  /** {@code leaky_relu(a b + bias)} with a [m, k], b [k, n]. */
  public static Ladder matMul(int m, int n, int k, Backend engine) {
    Tape tape = new Tape();
    List<Tensor> inputs =
        List.of(
            tape.input("a", shape(m, k)),
            tape.input("b", shape(k, n)),
            tape.input("bias", shape(n)));
    Tensor sums = tape.matmul(inputs.get(0), inputs.get(1));
    Tensor y = tape.leakyRelu(tape.addBias(sums, inputs.get(2)), Product.SLOPE);
    List<float[]> x = draw(inputs);
    float[] result = new float[m * n];
    Product task = new Product(m, n, k, x.get(0), x.get(1), x.get(2), result);
    Map<String, Runnable> rungs = new LinkedHashMap<>();
    add(rungs, "1 plain loops", new MatMul1Plain(), task);
    add(rungs, "2 tiled", new MatMul2Tiled(), task);
    add(rungs, "3 vector", new MatMul3Vector(), task);
    add(rungs, "4 fused", new MatMul4Fused(), task);
    rungs.put("the engine", recorded(tape, inputs, y, x, engine, result));
    return new Ladder(
        "matmul %d x %d x %d, bias, leaky-ReLU".formatted(m, n, k),
        task.flops(),
        rungs,
        result,
        expected(tape, inputs, y, x));
  }

  /** {@code max_pool2d(leaky_relu(conv2d(x, w) + bias))}, 3 x 3, padding 1. */
  public static Ladder conv2d(int images, int side, int c, int o, Backend engine) {
    Tape tape = new Tape();
    List<Tensor> inputs =
        List.of(
            tape.input("x", shape(images, side, side, c)),
            tape.input("w", shape(3, 3, c, o)),
            tape.input("bias", shape(o)));
    Tensor sums = tape.conv2d(inputs.get(0), inputs.get(1), 1, 1);
    Tensor active = tape.leakyRelu(tape.addBias(sums, inputs.get(2)), Convolution.SLOPE);
    Tensor y = tape.maxPool2d(active, 2, 2);
    List<float[]> x = draw(inputs);
    float[] result = new float[images * side * side * o / 4];
    float[] room = new float[images * side * side * o];
    Convolution task =
        new Convolution(images, side, c, o, x.get(0), x.get(1), x.get(2), result, room);
    Map<String, Runnable> rungs = new LinkedHashMap<>();
    add(rungs, "1 plain loops", new Conv1Plain(), task);
    add(rungs, "2 tiled", new Conv2Tiled(), task);
    add(rungs, "3 vector", new Conv3Vector(), task);
    add(rungs, "4 fused", new Conv4Fused(), task);
    rungs.put("the engine", recorded(tape, inputs, y, x, engine, result));
    return new Ladder(
        "conv2d [%d, %d, %d, %d] to %d channels, bias, leaky-ReLU, pool"
            .formatted(images, side, side, c, o),
        task.flops(),
        rungs,
        result,
        expected(tape, inputs, y, x));
  }

  private static <T> void add(Map<String, Runnable> rungs, String name, Rung<T> rung, T task) {
    rungs.put(name, () -> rung.run(task));
  }

  /**
   * Runs every rung once and compares.
   *
   * @throws IllegalStateException naming the rung and its worst element
   */
  public void verify() {
    rungs.forEach(
        (rung, run) -> {
          java.util.Arrays.fill(result, Float.NaN);
          run.run();
          Difference worst = Difference.worst(expected, result);
          if (worst.error() > 1e-4) {
            throw new IllegalStateException("ladder, " + name + ", " + rung + ": " + worst);
          }
        });
  }

  /**
   * Times every rung for about {@code seconds}.
   *
   * @param betweenTurns what else is measured meanwhile
   */
  public List<Row> time(double seconds, Runnable betweenTurns) {
    Map<String, StepClock> clocks = new LinkedHashMap<>();
    rungs.keySet().forEach(rung -> clocks.put(rung, new StepClock()));
    for (double passed = 0; passed < seconds; passed += TURN) {
      clocks.forEach((rung, clock) -> clock.run(Objects.requireNonNull(rungs.get(rung)), TURN));
      betweenTurns.run();
    }
    List<Row> rows = new ArrayList<>();
    clocks.forEach(
        (rung, clock) -> {
          double median = clock.secondHalf().median();
          rows.add(new Row(rung, median, flops / median / 1e9));
        });
    return rows;
  }

  private static List<float[]> draw(List<Tensor> inputs) {
    List<float[]> drawn = new ArrayList<>();
    for (Tensor input : inputs) {
      CounterRandom random = CounterRandom.of(1, input.name());
      float[] values = new float[input.shape().elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.normal(i);
      }
      drawn.add(values);
    }
    return drawn;
  }

  private static Runnable recorded(
      Tape tape,
      List<Tensor> inputs,
      Tensor output,
      List<float[]> values,
      Backend backend,
      float[] result) {
    tape.keep(output);
    Plan plan = Plan.compile(Fusion.rewrite(tape.graph()), backend, Map.of());
    for (int i = 0; i < inputs.size(); i++) {
      plan.buffer(inputs.get(i)).write(values.get(i));
    }
    return () -> {
      plan.run();
      plan.buffer(output).read(0, result, 0, result.length);
    };
  }

  private static float[] expected(
      Tape tape, List<Tensor> inputs, Tensor output, List<float[]> values) {
    float[] result = new float[output.shape().elements()];
    try (ReferenceBackend reference = new ReferenceBackend()) {
      recorded(tape, inputs, output, values, reference, result).run();
    }
    return result;
  }

  /** The engine's backend of the ladders: one thread, as all rungs. */
  public static Backend engine() {
    return Devices.open("vector", 1, System.err::println);
  }
}
