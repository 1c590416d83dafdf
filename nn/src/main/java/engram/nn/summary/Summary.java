package engram.nn.summary;

import engram.graph.Node;
import engram.graph.Tape;
import engram.nn.Sequential;
import engram.nn.layer.Block;
import engram.nn.layer.Layer;
import engram.nn.layer.Named;
import engram.nn.layer.RecordingContext;
import engram.nn.layer.Residual;
import engram.nn.model.NetworkText;
import engram.op.Conv2d;
import engram.op.MatMul;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a network consists of and what it costs, layer by layer, as torchinfo shows it.
 *
 * @param input shape of the batch for which the rest is told
 * @param rows layers in their order, each before those that it is made of
 * @param text the network in words, as {@link NetworkText} has them, absent if there are none
 */
public record Summary(Shape input, List<Row> rows, Optional<String> text) {
  private static final long BYTES = 4;

  public Summary {
    rows = List.copyOf(rows);
  }

  /**
   * One layer; its numbers count what it is made of, too.
   *
   * @param name name within the layer that it is part of
   * @param depth number of layers that it is part of
   * @param type kind of layer, such as {@code conv}
   * @param output shape for the whole batch
   * @param parameters trained numbers
   * @param multiplyAdds of convolutions and matrix products; biases, activations and pools are not
   *     counted
   * @param outputs numbers that it and the layers in it give
   */
  public record Row(
      String name,
      int depth,
      String type,
      Shape output,
      long parameters,
      long multiplyAdds,
      long outputs) {
    /** Bytes of those outputs. */
    public long outputBytes() {
      return BYTES * outputs;
    }
  }

  /** Summary for batches of {@code batch} inputs. */
  public static Summary of(Sequential model, int batch) {
    Shape input = model.inputShape(batch);
    return new Summary(input, rows(model.layers(), input, 0), text(model));
  }

  private static Optional<String> text(Sequential model) {
    try {
      return Optional.of(NetworkText.of(model));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static List<Row> rows(List<Named> layers, Shape input, int depth) {
    List<Row> rows = new ArrayList<>();
    Shape shape = input;
    for (Named layer : layers) {
      List<Row> own = rows(layer, shape, depth);
      shape = own.getFirst().output();
      rows.addAll(own);
    }
    return rows;
  }

  /** The row of a layer and those of what it is made of. */
  private static List<Row> rows(Named layer, Shape input, int depth) {
    Tape tape = new Tape();
    Shape output = RecordingContext.dry(tape, layer, tape.input("x", input)).shape();
    List<Row> inner =
        switch (layer.layer()) {
          case Block block -> rows(block.layers(), input, depth + 1);
          case Residual residual -> {
            List<Row> both = rows(residual.body().layers(), input, depth + 1);
            int body = residual.body().layers().size();
            List<Named> around = layer.layers().subList(body, layer.layers().size());
            both.addAll(rows(around, input, depth + 1));
            yield both;
          }
          default -> List.of();
        };
    long inside =
        inner.stream().filter(row -> row.depth() == depth + 1).mapToLong(Row::outputs).sum();
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            layer.name(),
            depth,
            layer.kind(),
            output,
            layer.owned(Layer::parameters).mapToLong(spec -> spec.shape().elements()).sum(),
            tape.graph().nodes().stream().mapToLong(Summary::multiplyAdds).sum(),
            layer.layer() instanceof Block ? inside : inside + output.elements()));
    rows.addAll(inner);
    return rows;
  }

  private static long multiplyAdds(Node node) {
    return node.op() instanceof Conv2d || node.op() instanceof MatMul
        ? node.op().cost(node.inputs().stream().map(Tensor::shape).toList()).flops() / 2
        : 0;
  }

  private List<Row> outermost() {
    return rows.stream().filter(row -> row.depth() == 0).toList();
  }

  /** Trained numbers of all layers. */
  public long parameters() {
    return outermost().stream().mapToLong(Row::parameters).sum();
  }

  /** Multiply-adds of one forward pass over the batch. */
  public long multiplyAdds() {
    return outermost().stream().mapToLong(Row::multiplyAdds).sum();
  }

  /** Bytes of the input batch. */
  public long inputBytes() {
    return BYTES * input.elements();
  }

  /** Bytes of all layers' outputs. */
  public long outputBytes() {
    return outermost().stream().mapToLong(Row::outputBytes).sum();
  }

  /** Bytes of the parameters. */
  public long parameterBytes() {
    return BYTES * parameters();
  }

  /** A table with totals and the text, for people: 80 columns where names are not long. */
  @Override
  public String toString() {
    return SummaryTable.of(this);
  }
}
