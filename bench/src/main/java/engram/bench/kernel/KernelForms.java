package engram.bench.kernel;

import engram.bench.kernel.KernelForm.Template;
import engram.bench.kernel.KernelForm.Template.Loop;
import engram.cl.settings.Choice;
import engram.op.Affine;
import engram.op.Conv2d;
import engram.op.LeakyRelu;
import engram.op.OpCase;
import engram.op.Reduce;
import engram.tensor.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The ops that a kernel can be brought for. */
public final class KernelForms {
  private static final String ELEMENTWISE = "elementwise";
  private static final Template.Loop EACH = new Loop("i", "n");

  private static final KernelForm MATMUL =
      new KernelForm(
          "matmul",
          "matmul",
          "y = a b: a [m, k], b [k, n], y [m, n]",
          List.of("a", "b"),
          List.of("int m", "int n", "int k"),
          c -> {
            Shape a = c.inputs().get(0);
            return List.of(a.dim(0), c.inputs().get(1).dim(1), a.dim(1));
          },
          new Template(
              List.of(new Loop("i", "m"), new Loop("j", "n")),
              """
              float sum = 0;
              for (int t = 0; t < k; t++) {
                sum += a[i * k + t] * b[t * n + j];
              }
              y[i * n + j] = sum;
              """),
          "n, m");

  private static final KernelForm CONV2D =
      new KernelForm(
          "conv2d",
          "conv2d",
          "x [images, height, width, c], w [kh, kw, c, o] to y [images, rows, columns, o],"
              + " rows = (height + 2 padding - kh) / stride + 1",
          List.of("x", "w"),
          List.of(
              "int images",
              "int height",
              "int width",
              "int c",
              "int kh",
              "int kw",
              "int o",
              "int stride",
              "int padding",
              "int rows",
              "int columns"),
          KernelForms::conv2d,
          new Template(
              List.of(
                  new Loop("image", "images"),
                  new Loop("i", "rows"),
                  new Loop("j", "columns"),
                  new Loop("f", "o")),
              """
              float sum = 0;
              for (int ky = 0; ky < kh; ky++) {
                for (int kx = 0; kx < kw; kx++) {
                  int row = i * stride + ky - padding;
                  int column = j * stride + kx - padding;
                  if (row < 0 || row >= height || column < 0 || column >= width) {
                    continue;
                  }
                  for (int t = 0; t < c; t++) {
                    sum += x[((image * height + row) * width + column) * c + t]
                        * w[((ky * kw + kx) * c + t) * o + f];
                  }
                }
              }
              y[((image * rows + i) * columns + j) * o + f] = sum;
              """),
          "o, images * rows * columns");

  /** All of them. */
  public static final List<KernelForm> ALL =
      List.of(
          MATMUL,
          CONV2D,
          unary("leaky_relu", List.of("float slope"), "x[i] > 0 ? x[i] : slope * x[i]"),
          unary("relu", List.of(), "x[i] < 0 ? 0 : x[i]"),
          unary("affine", List.of("float scale", "float shift"), "scale * x[i] + shift"),
          unary("exp", List.of(), "(float) Math.exp(x[i])"),
          unary("log", List.of(), "(float) Math.log(x[i])"),
          unary("sqrt", List.of(), "(float) Math.sqrt(x[i])"),
          binary("add", "+"),
          binary("subtract", "-"),
          binary("multiply", "*"),
          binary("divide", "/"),
          reduce("sum", "sum"),
          reduce("mean", "sum / count"),
          new KernelForm(
              "sum_rows",
              "reduce",
              "y[j] = sum over i of x[i, j]: x [rows, columns], y [columns]",
              List.of("x"),
              List.of("int rows", "int columns"),
              c -> {
                Shape x = c.inputs().get(0);
                return List.of(x.elements() / x.dim(-1), x.dim(-1));
              },
              new Template(
                  List.of(new Loop("j", "columns")),
                  """
                  float sum = 0;
                  for (int i = 0; i < rows; i++) {
                    sum += x[i * columns + j];
                  }
                  y[j] = sum;
                  """),
              "columns"));

  private KernelForms() {}

  /**
   * The form of this name, or those of this family.
   *
   * @throws IllegalArgumentException naming what there is
   */
  public static List<KernelForm> named(String name) {
    List<KernelForm> found =
        ALL.stream().filter(f -> f.op().equals(name) || f.family().equals(name)).toList();
    if (found.isEmpty()) {
      throw Choice.unknown(
          "op to bring a kernel for",
          name,
          ALL.stream().flatMap(f -> Stream.of(f.family(), f.op())).distinct().toList());
    }
    return found;
  }

  /** The form of exactly this op. */
  static KernelForm of(String op) {
    return ALL.stream().filter(f -> f.op().equals(op)).findFirst().orElseThrow();
  }

  private static List<Number> conv2d(OpCase c) {
    Conv2d op = (Conv2d) c.op();
    Shape x = c.inputs().get(0);
    Shape w = c.inputs().get(1);
    Shape y = op.outputs(c.inputs()).getFirst();
    return List.of(
        x.dim(0),
        x.dim(1),
        x.dim(2),
        x.dim(3),
        w.dim(0),
        w.dim(1),
        w.dim(3),
        op.stride(),
        op.padding(),
        y.dim(1),
        y.dim(2));
  }

  private static KernelForm unary(String op, List<String> attributes, String formula) {
    Function<OpCase, List<Number>> values =
        c ->
            Stream.concat(Stream.of(c.inputs().getFirst().elements()), attributes(c).stream())
                .toList();
    return new KernelForm(
        op,
        ELEMENTWISE,
        "y[i] = %s: x, y [n]".formatted(formula.replace("(float) Math.", "")),
        List.of("x"),
        Stream.concat(Stream.of("int n"), attributes.stream()).toList(),
        values,
        new Template(List.of(EACH), "y[i] = " + formula + ";\n"),
        "n");
  }

  private static List<Number> attributes(OpCase c) {
    return switch (c.op()) {
      case LeakyRelu relu -> List.of(relu.slope());
      case Affine affine -> List.of(affine.scale(), affine.shift());
      default -> List.of();
    };
  }

  private static KernelForm binary(String op, String sign) {
    return new KernelForm(
        op,
        ELEMENTWISE,
        "y[i] = a[i] %s b[i]: a, b, y [n]".formatted(sign),
        List.of("a", "b"),
        List.of("int n"),
        c -> List.of(c.inputs().getFirst().elements()),
        new Template(List.of(EACH), "y[i] = a[i] %s b[i];\n".formatted(sign)),
        "n");
  }

  private static KernelForm reduce(String op, String result) {
    return new KernelForm(
        op,
        "reduce",
        "y[i, j] = %s over t of x[i, t, j]: x [outer, count, inner], y [outer, inner]"
            .formatted(op),
        List.of("x"),
        List.of("int outer", "int count", "int inner"),
        c -> {
          Reduce reduce = (Reduce) c.op();
          Shape x = c.inputs().getFirst();
          return List.of(x.outer(reduce.first()), reduce.count(x), x.inner(reduce.last()));
        },
        new Template(
            List.of(new Loop("i", "outer"), new Loop("j", "inner")),
            """
            float sum = 0;
            for (int t = 0; t < count; t++) {
              sum += x[(i * count + t) * inner + j];
            }
            y[i * inner + j] = %s;
            """
                .formatted(result)),
        "inner, outer");
  }
}
