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

/**
 * What a network consists of and what it costs, layer by layer, as torchinfo shows it.
 *
 * @param input shape of the batch for which the rest is told
 */
public record Summary(Shape input, List<Row> rows) {
  private static final int BYTES = 4;

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
    return SummaryTable.render(this);
  }
}
