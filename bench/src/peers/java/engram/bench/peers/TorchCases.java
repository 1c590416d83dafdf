package engram.bench.peers;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The shapes of the vector file: few and many channels, odd ones, strides, one image. */
final class TorchCases {
  private static final long[] ONE = {1, 1};

  private TorchCases() {}

  static List<TorchCase> all() {
    List<TorchCase> cases = new ArrayList<>();
    // Images, channels, rows, columns, output channels; rows and columns of the kernel.
    cases.add(conv("conv_512_4x4", 1, 1, shape(2, 512, 4, 4), 512, 3, 3));
    cases.add(conv("conv_512_8x8_one", 1, 1, shape(1, 512, 8, 8), 512, 3, 3));
    cases.add(conv("conv_512_7x5_to_43", 1, 1, shape(2, 512, 7, 5), 43, 3, 3));
    cases.add(conv("conv_256_to_512_stride2", 2, 1, shape(2, 256, 8, 8), 512, 3, 3));
    cases.add(conv("conv_256_to_512_1x1_stride2", 2, 0, shape(2, 256, 8, 8), 512, 1, 1));
    cases.add(conv("conv_128_stride2", 2, 1, shape(2, 128, 16, 16), 128, 3, 3));
    cases.add(conv("conv_64_one", 1, 1, shape(1, 64, 32, 32), 64, 3, 3));
    cases.add(conv("conv_16_cifar", 1, 1, shape(3, 16, 32, 32), 16, 3, 3));
    cases.add(conv("conv_1_to_6", 1, 0, shape(4, 1, 32, 32), 6, 5, 5));
    cases.add(conv("conv_6_to_16", 1, 0, shape(4, 6, 14, 14), 16, 5, 5));
    cases.add(conv("conv_6_to_6", 1, 1, shape(3, 6, 12, 10), 6, 3, 3));
    cases.add(conv("conv_1_to_1_one", 1, 1, shape(1, 1, 28, 28), 1, 3, 3));
    cases.add(conv("conv_32_to_1", 1, 1, shape(2, 32, 9, 11), 1, 3, 3));
    cases.add(conv("conv_10_to_20", 1, 1, shape(2, 10, 12, 12), 20, 3, 3));
    cases.add(conv("conv_20_to_43_stride2", 2, 1, shape(2, 20, 13, 11), 43, 3, 3));
    cases.add(conv("conv_43_to_100", 1, 1, shape(1, 43, 7, 9), 100, 3, 3));
    cases.add(conv("conv_100_to_10_1x1", 1, 0, shape(3, 100, 6, 6), 10, 1, 1));
    cases.add(conv("conv_3_to_10_stride3", 3, 3, shape(2, 3, 23, 20), 10, 7, 7));
    cases.add(conv("conv_3_to_64_stride4", 4, 2, shape(2, 3, 35, 35), 64, 11, 11));
    cases.add(conv("conv_16_stride3_gaps", 3, 0, shape(2, 16, 11, 14), 24, 2, 2));
    cases.add(conv("conv_20_1x3", 1, 0, shape(2, 20, 8, 9), 10, 1, 3));
    cases.add(linear("linear_784_to_400_one", 1, 784, 400));
    cases.add(linear("linear_400_to_400", 64, 400, 400));
    cases.add(linear("linear_4096_to_43", 64, 4096, 43));
    cases.add(linear("linear_512_to_10_one", 1, 512, 10));
    cases.add(linear("linear_100_to_43", 7, 100, 43));
    cases.add(linear("linear_43_to_1", 10, 43, 1));
    cases.add(norm("norm_512", shape(4, 512, 4, 4)));
    cases.add(norm("norm_64", shape(8, 64, 16, 16)));
    cases.add(norm("norm_43_odd", shape(3, 43, 7, 9)));
    cases.add(norm("norm_10_one", shape(1, 10, 11, 13)));
    cases.add(norm("norm_6", shape(4, 6, 14, 14)));
    cases.add(norm("norm_1_one", shape(1, 1, 28, 28)));
    cases.add(pool("pool_6", 2, 2, 0, shape(4, 6, 28, 28)));
    cases.add(pool("pool_16", 2, 2, 0, shape(4, 16, 10, 10)));
    cases.add(pool("pool_512", 2, 2, 0, shape(2, 512, 4, 4)));
    cases.add(pool("pool_43_border", 3, 2, 1, shape(2, 43, 9, 11)));
    cases.add(pool("pool_100_overlap", 3, 2, 0, shape(2, 100, 9, 7)));
    cases.add(pool("pool_1_one", 2, 2, 0, shape(1, 1, 7, 9)));
    cases.add(average("average_512", shape(2, 512, 4, 4)));
    cases.add(average("average_43_one", shape(1, 43, 5, 7)));
    cases.add(entropy("entropy_10", 64, 10));
    cases.add(entropy("entropy_43_one", 1, 43));
    cases.add(entropy("entropy_100", 20, 100));
    cases.add(softmax("softmax_10", "softmax", shape(64, 10)));
    cases.add(softmax("softmax_1000_one", "softmax", shape(1, 1000)));
    cases.add(softmax("log_softmax_43", "log_softmax", shape(7, 43)));
    return cases;
  }

  private static TorchCase conv(
      String name, int stride, int padding, Shape x, int out, int kernelRows, int kernelColumns) {
    Map<String, Shape> operands = new LinkedHashMap<>();
    operands.put("x", x);
    operands.put("w", shape(out, x.dim(1), kernelRows, kernelColumns));
    operands.put("b", shape(out));
    long[] strides = {stride, stride};
    long[] zeros = {padding, padding};
    return TorchCase.of(
        name,
        "op=conv2d;stride=%d;padding=%d".formatted(stride, padding),
        operands,
        in -> torch.conv2d(of(in, "x"), of(in, "w"), option(in, "b"), strides, zeros, ONE, 1));
  }

  private static TorchCase linear(String name, int rows, int inputs, int outputs) {
    Map<String, Shape> operands = new LinkedHashMap<>();
    operands.put("x", shape(rows, inputs));
    operands.put("w", shape(outputs, inputs));
    operands.put("b", shape(outputs));
    return TorchCase.of(
        name, "op=linear", operands, in -> torch.linear(of(in, "x"), of(in, "w"), option(in, "b")));
  }

  private static TorchCase norm(String name, Shape x) {
    Map<String, Shape> operands = new LinkedHashMap<>();
    operands.put("x", x);
    for (String role : List.of("gamma", "beta", "running_mean", "running_var")) {
      operands.put(role, shape(x.dim(1)));
    }
    Map<String, String> changed = new LinkedHashMap<>();
    changed.put("running_mean", "running_mean_after");
    changed.put("running_var", "running_var_after");
    return new TorchCase(
        name,
        "op=batch_norm;training=1;momentum=0.1;eps=1e-5",
        operands,
        List.of("x", "gamma", "beta"),
        Map.of(),
        "y",
        changed,
        in ->
            torch.batch_norm(
                of(in, "x"),
                option(in, "gamma"),
                option(in, "beta"),
                option(in, "running_mean"),
                option(in, "running_var"),
                true,
                0.1,
                1e-5,
                false));
  }

  private static TorchCase pool(String name, int kernel, int stride, int padding, Shape x) {
    long[] window = {kernel, kernel};
    long[] strides = {stride, stride};
    long[] border = {padding, padding};
    return TorchCase.of(
        name,
        "op=max_pool2d;kernel=%d;stride=%d;padding=%d".formatted(kernel, stride, padding),
        Map.of("x", x),
        in -> torch.max_pool2d(of(in, "x"), window, strides, border, ONE, false));
  }

  private static TorchCase average(String name, Shape x) {
    return TorchCase.of(
        name,
        "op=global_average_pool",
        Map.of("x", x),
        in -> torch.adaptive_avg_pool2d(of(in, "x"), 1, 1).flatten(1, -1));
  }

  private static TorchCase softmax(String name, String op, Shape x) {
    return TorchCase.of(
        name,
        "op=" + op,
        Map.of("x", x),
        in ->
            op.equals("softmax")
                ? torch.softmax(of(in, "x"), 1)
                : torch.log_softmax(of(in, "x"), 1));
  }

  private static TorchCase entropy(String name, int rows, int classes) {
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = (7 * i + 3) % classes;
    }
    return new TorchCase(
        name,
        "op=cross_entropy",
        Map.of("logits", shape(rows, classes)),
        List.of("logits"),
        Map.of("labels", labels),
        "loss",
        Map.of(),
        in -> torch.cross_entropy(of(in, "logits"), of(in, "labels")));
  }

  private static Tensor of(Map<String, Tensor> operands, String role) {
    Tensor tensor = operands.get(role);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no operand " + role);
    }
    return tensor;
  }

  private static TensorOptional option(Map<String, Tensor> operands, String role) {
    return new TensorOptional(of(operands, role));
  }
}
