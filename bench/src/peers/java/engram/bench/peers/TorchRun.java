package engram.bench.peers;

import engram.nn.io.SafeTensors;
import engram.nn.verify.Drawn;
import engram.nn.verify.Sketch;
import engram.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What libtorch computes of a case.
 *
 * @param attributes of the case, with how its operands are drawn
 * @param results as double precision, whatever they were computed in, by role
 */
record TorchRun(TorchCase of, String attributes, Map<String, double[]> results) {
  /** Results of so many elements are sketched. */
  private static final int LARGE = 256;

  /** Computes a case in float32 or float64. */
  static TorchRun of(TorchCase each, int seed, ScalarType precision) {
    StringBuilder attributes = new StringBuilder(each.attributes() + ";seed=" + seed);
    Map<String, Tensor> operands = new LinkedHashMap<>();
    each.operands()
        .forEach(
            (role, shape) -> {
              attributes.append(';').append(Drawn.attribute(role, shape));
              operands.put(role, drawn(seed, role, shape, precision));
            });
    each.given()
        .forEach(
            (role, values) ->
                operands.put(
                    role,
                    Tensor.create(Arrays.stream(values).asLongStream().toArray(), values.length)));
    each.trained().forEach(role -> operand(operands, role).set_requires_grad(true));
    Tensor y = each.forward().of(operands);
    Map<String, double[]> results = new LinkedHashMap<>();
    results.put(each.result(), numbers(y));
    each.changed()
        .forEach((before, after) -> results.put(after, numbers(operand(operands, before))));
    if (y.numel() == 1) {
      y.backward();
    } else {
      int[] dims = Arrays.stream(y.sizes().vec().get()).mapToInt(Math::toIntExact).toArray();
      Shape shape = Shape.shape(dims);
      attributes.append(';').append(Drawn.attribute("dy", shape));
      y.mul(drawn(seed, "dy", shape, precision)).sum().backward();
    }
    each.trained()
        .forEach(role -> results.put("d" + role, numbers(operand(operands, role).grad())));
    return new TorchRun(each, attributes.toString(), results);
  }

  private static Tensor operand(Map<String, Tensor> operands, String role) {
    Tensor tensor = operands.get(role);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no operand " + role);
    }
    return tensor;
  }

  private static Tensor drawn(int seed, String role, Shape shape, ScalarType precision) {
    long[] dims = IntStream.range(0, shape.rank()).mapToLong(shape::dim).toArray();
    return Tensor.create(Drawn.values(seed, role, shape), dims).to(precision);
  }

  private static double[] numbers(Tensor tensor) {
    Tensor flat = tensor.detach().to(ScalarType.Double).contiguous();
    double[] numbers = new double[Math.toIntExact(flat.numel())];
    flat.data_ptr_double().get(numbers);
    return numbers;
  }

  /** The tensors of the vector file. */
  Map<String, SafeTensors.Entry> entries() {
    Map<String, SafeTensors.Entry> entries = new LinkedHashMap<>();
    of.given().forEach((role, values) -> entries.put(role, SafeTensors.Entry.of(values)));
    results.forEach(
        (role, numbers) -> {
          if (numbers.length > LARGE) {
            Sketch sketch = Sketch.of(numbers.length, i -> numbers[i]);
            entries.put(role + Sketch.SUFFIX, sketch.entry());
          } else {
            entries.put(role, SafeTensors.Entry.of(numbers));
          }
        });
    return entries;
  }

  /** The largest relative L2 distance of a result from another run's, and which result. */
  String worst(TorchRun exact) {
    double worst = 0;
    String at = "";
    for (Map.Entry<String, double[]> result : results.entrySet()) {
      double[] expected = exact.results.getOrDefault(result.getKey(), new double[0]);
      double squares = 0;
      double length = 0;
      for (int i = 0; i < expected.length; i++) {
        double gap = result.getValue()[i] - expected[i];
        squares += gap * gap;
        length += expected[i] * expected[i];
      }
      double error = Math.sqrt(squares / Math.max(length, 1e-8 * expected.length));
      if (error > worst) {
        worst = error;
        at = result.getKey();
      }
    }
    return String.format(Locale.ROOT, "%.1e (%s)", worst, at);
  }
}
