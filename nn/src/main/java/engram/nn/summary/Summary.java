package engram.nn.summary;

import engram.graph.Node;
import engram.graph.Tape;
import engram.nn.Sequential;
import engram.nn.layer.Layer;
import engram.nn.layer.Named;
import engram.nn.layer.RecordingContext;
import engram.op.Conv2d;
import engram.op.MatMul;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a network consists of and what it costs, layer by layer, as torchinfo shows it.
 *
 * @param input shape of the batch for which the rest is told
 */
public record Summary(Shape input, List<Row> rows) {
  private static final int BYTES = 4;
  private static final List<String> HEADER =
      List.of("layer", "type", "output", "parameters", "multiply-adds", "memory");
  private static final int LEFT_COLUMNS = 3;
  private static final double MEBI = 1 << 20;

  public Summary {
    rows = List.copyOf(rows);
  }

  /**
   * One layer.
   *
   * @param type kind of layer, such as {@code conv}
   * @param parameters trained numbers
   * @param multiplyAdds of convolutions and matrix products; biases, activations and pools are not
   *     counted
   */
  public record Row(String name, String type, Shape output, long parameters, long multiplyAdds) {
    /** Bytes of the layer's output. */
    public long outputBytes() {
      return (long) BYTES * output.elements();
    }
  }

  /** Summary for batches of {@code batch} inputs. */
  public static Summary of(Sequential model, int batch) {
    List<Row> rows = new ArrayList<>();
    Shape shape = model.inputShape(batch);
    for (Named layer : model.layers()) {
      Tape tape = new Tape();
      Shape output = RecordingContext.dry(tape, layer, tape.input("x", shape)).shape();
      rows.add(
          new Row(
              layer.name(),
              layer.kind(),
              output,
              layer.owned(Layer::parameters).mapToLong(spec -> spec.shape().elements()).sum(),
              tape.graph().nodes().stream().mapToLong(Summary::multiplyAdds).sum()));
      shape = output;
    }
    return new Summary(model.inputShape(batch), rows);
  }

  private static long multiplyAdds(Node node) {
    return node.op() instanceof Conv2d || node.op() instanceof MatMul
        ? node.op().cost(node.inputs().stream().map(Tensor::shape).toList()).flops() / 2
        : 0;
  }

  /** Trained numbers of all layers. */
  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).sum();
  }

  /** Multiply-adds of one forward pass over the batch. */
  public long multiplyAdds() {
    return rows.stream().mapToLong(Row::multiplyAdds).sum();
  }

  /** Bytes of the input batch. */
  public long inputBytes() {
    return (long) BYTES * input.elements();
  }

  /** Bytes of all layers' outputs and their gradients, before the plan lets them share space. */
  public long passBytes() {
    return 2 * rows.stream().mapToLong(Row::outputBytes).sum();
  }

  /** Bytes of the parameters. */
  public long parameterBytes() {
    return BYTES * parameters();
  }

  /** A table with totals, for people. */
  @Override
  public String toString() {
    List<List<String>> lines = new ArrayList<>(List.of(HEADER));
    for (Row row : rows) {
      lines.add(
          line(
              row.name,
              row.type,
              row.output.toString(),
              row.parameters,
              row.multiplyAdds,
              row.outputBytes()));
    }
    lines.add(line("total", "", "", parameters(), multiplyAdds(), passBytes() / 2));
    return table(lines)
        + "input %s: %s; outputs and their gradients: %s; parameters: %s\n"
            .formatted(
                input,
                mebibytes(inputBytes()),
                mebibytes(passBytes()),
                mebibytes(parameterBytes()));
  }

  private static List<String> line(
      String name, String type, String output, long parameters, long multiplyAdds, long bytes) {
    return List.of(name, type, output, count(parameters), count(multiplyAdds), mebibytes(bytes));
  }

  private static String count(long number) {
    return number == 0 ? "-" : String.format(Locale.ROOT, "%,d", number);
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f MiB", bytes / MEBI);
  }

  private static String table(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        String pad = " ".repeat(width - line.get(column).length());
        String cell = line.get(column);
        row.append(column < LEFT_COLUMNS ? cell + pad : pad + cell).append("  ");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
