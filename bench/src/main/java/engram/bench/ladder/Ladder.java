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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

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
  private static final List<String> NAMES = List.of("plain loops", "tiled", "vector", "fused");

  /** Time of one rung. */
  public record Row(String rung, double seconds, double gigaflops) {}

  /** {@code leaky_relu(a b + bias)} with a [m, k], b [k, n]. */
  public static Ladder matMul(int m, int n, int k, Backend engine) {
    Tape tape = new Tape();
    Tensor a = tape.input("a", shape(m, k));
    Tensor b = tape.input("b", shape(k, n));
    Tensor bias = tape.input("bias", shape(n));
    Tensor y = tape.leakyRelu(tape.addBias(tape.matmul(a, b), bias), Product.SLOPE);
    float[] result = new float[m * n];
    Product task = new Product(m, n, k, draw(a), draw(b), draw(bias), result);
    return of(
        "matmul %d x %d x %d, bias, leaky-ReLU".formatted(m, n, k),
        task.flops(),
        List.of(new MatMul1Plain(), new MatMul2Tiled(), new MatMul3Vector(), new MatMul4Fused()),
        task,
        result,
        backend -> recorded(tape, List.of(a, b, bias), y, backend, result),
        engine);
  }

  /** {@code max_pool2d(leaky_relu(conv2d(x, w) + bias))}, 3 x 3, padding 1. */
  public static Ladder conv2d(int images, int side, int c, int o, Backend engine) {
    Tape tape = new Tape();
    Tensor x = tape.input("x", shape(images, side, side, c));
    Tensor w = tape.input("w", shape(3, 3, c, o));
    Tensor bias = tape.input("bias", shape(o));
    Tensor sums = tape.addBias(tape.conv2d(x, w, 1, 1), bias);
    Tensor y = tape.maxPool2d(tape.leakyRelu(sums, Convolution.SLOPE), 2, 2);
    float[] result = new float[images * side * side * o / 4];
    float[] room = new float[images * side * side * o];
    Convolution task =
        new Convolution(images, side, c, o, draw(x), draw(w), draw(bias), result, room);
    return of(
        "conv2d [%d, %d, %d, %d] to %d channels, bias, leaky-ReLU, pool"
            .formatted(images, side, side, c, o),
        task.flops(),
        List.of(new Conv1Plain(), new Conv2Tiled(), new Conv3Vector(), new Conv4Fused()),
        task,
        result,
        backend -> recorded(tape, List.of(x, w, bias), y, backend, result),
        engine);
  }

  private static <T> Ladder of(
      String name,
      long flops,
      List<Rung<T>> ways,
      T task,
      float[] result,
      Function<Backend, Runnable> onBackend,
      Backend engine) {
    Map<String, Runnable> rungs = new LinkedHashMap<>();
    for (Rung<T> way : ways) {
      int number = rungs.size();
      rungs.put(number + 1 + " " + NAMES.get(number), () -> way.run(task));
    }
    return of(name, flops, rungs, result, onBackend, engine);
  }

  /**
   * The rungs, and above them the engine.
   *
   * @param onBackend the task on a backend, which fills the result
   */
  static Ladder of(
      String name,
      long flops,
      Map<String, Runnable> rungs,
      float[] result,
      Function<Backend, Runnable> onBackend,
      Backend engine) {
    rungs.put("the engine", onBackend.apply(engine));
    try (ReferenceBackend reference = new ReferenceBackend()) {
      onBackend.apply(reference).run();
    }
    return new Ladder(name, flops, rungs, result, result.clone());
  }

  /**
   * Runs every rung once and compares.
   *
   * @throws IllegalStateException naming the rung and its worst element
   */
  public void verify() {
    rungs.forEach(
        (rung, run) -> {
          Arrays.fill(result, Float.NaN);
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

  static float[] draw(Tensor input) {
    CounterRandom random = CounterRandom.of(1, input.name());
    float[] values = new float[input.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.normal(i);
    }
    return values;
  }

  static Runnable recorded(
      Tape tape, List<Tensor> inputs, Tensor output, Backend backend, float[] result) {
    tape.keep(output);
    Plan plan = Plan.compile(Fusion.rewrite(tape.graph()), backend, Map.of());
    inputs.forEach(input -> plan.buffer(input).write(draw(input)));
    return () -> {
      plan.run();
      plan.buffer(output).read(0, result, 0, result.length);
    };
  }

  /** The engine's backend of the ladders: one thread, as all rungs. */
  public static Backend engine() {
    return Devices.open("vector", 1, System.err::println);
  }
}
