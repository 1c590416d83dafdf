package engram.bench.export;

import engram.bench.export.Graph.Attribute;
import engram.bench.export.Graph.Constant;
import engram.nn.Sequential;
import engram.nn.io.SafeTensors;
import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Dropout;
import engram.nn.layer.Flatten;
import engram.nn.layer.GlobalAveragePool;
import engram.nn.layer.Layer;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Named;
import engram.nn.layer.Relu;
import engram.nn.layer.Residual;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Layers as nodes of an ONNX graph, as they are in evaluation: dropout is nothing at all. */
final class LayerNodes {
  static final String BATCH_NORM = "BatchNormalization";

  private final Graph graph;
  private final Map<String, SafeTensors.Entry> tensors;

  /** Whether what comes next is given features [N, F]. */
  private boolean flat;

  /** Whether those are the pixels of an image, which ONNX has in another order. */
  private boolean pixels;

  private LayerNodes(Graph graph, Map<String, SafeTensors.Entry> tensors) {
    this.graph = graph;
    this.tensors = tensors;
  }

  /**
   * Appends the layers of a network to a graph.
   *
   * @param tensors parameters and state as PyTorch names and arranges them
   * @param images name of the input, [N, C, H, W]
   * @return name of the logits
   * @throws IllegalArgumentException if a layer is none of this library's
   */
  static String append(
      Graph graph, Sequential model, Map<String, SafeTensors.Entry> tensors, String images) {
    return new LayerNodes(graph, tensors).layers(model.layers(), "", images);
  }

  private String layers(List<Named> layers, String prefix, String x) {
    String y = x;
    for (Named layer : layers) {
      y = layer(layer.layer(), prefix + layer.name(), y);
    }
    return y;
  }

  private String layer(Layer layer, String name, String x) {
    return switch (layer) {
      case Conv2d conv ->
          graph.add(
              "Conv",
              name,
              operands(x, name),
              square("kernel_shape", conv.kernel()),
              square("strides", conv.stride()),
              Attribute.of("pads", sides(conv.padding(), 4)));
      case Linear _ -> {
        pixels = false;
        yield graph.add("Gemm", name, operands(x, name), Attribute.of("transB", 1));
      }
      case BatchNorm2d _ when pixels -> throw otherOrder(name);
      case BatchNorm2d norm ->
          graph.add(
              BATCH_NORM,
              name,
              List.of(
                  x,
                  tensor(name + ".weight"),
                  tensor(name + ".bias"),
                  tensor(name + ".running_mean"),
                  tensor(name + ".running_var")),
              Attribute.of("epsilon", norm.eps()));
      case Relu _ -> graph.add("Relu", name, List.of(x));
      case LeakyRelu(float slope) ->
          graph.add("LeakyRelu", name, List.of(x), Attribute.of("alpha", slope));
      case MaxPool2d(int kernel, int stride) ->
          graph.add(
              "MaxPool",
              name,
              List.of(x),
              square("kernel_shape", kernel),
              square("strides", stride));
      case GlobalAveragePool _ -> {
        flat = true;
        yield flat(name, graph.add("GlobalAveragePool", name, List.of(x)));
      }
      case Flatten _ when flat -> x;
      case Flatten _ -> {
        flat = true;
        pixels = true;
        yield flat(name, x);
      }
      case Dropout _ -> x;
      case Block(List<Named> inner) -> layers(inner, name + ".", x);
      case Residual residual -> residual(residual, name, x);
      case Layer own ->
          throw new IllegalArgumentException(
              "layer \"%s\" (%s) has no counterpart in ONNX: only the layers of engram.nn.layer can be exported"
                  .formatted(name, own.getClass().getSimpleName()));
    };
  }

  private String residual(Residual residual, String name, String x) {
    boolean flatBefore = flat;
    boolean pixelsBefore = pixels;
    String around = layer(residual.shortcut(), name + ".downsample", x);
    boolean pixelsAround = pixels;
    flat = flatBefore;
    pixels = pixelsBefore;
    String through = layer(residual.body(), name, x);
    if (pixels != pixelsAround) {
      throw otherOrder(name);
    }
    return graph.add("Add", name, List.of(around, through));
  }

  private static IllegalArgumentException otherOrder(String layer) {
    return new IllegalArgumentException(
        "layer \"%s\" reads flattened pixels, which ONNX has in another order; only a linear layer can: put one between it and flatten"
            .formatted(layer));
  }

  private String flat(String name, String x) {
    return graph.add("Flatten", name, List.of(x), Attribute.of("axis", 1));
  }

  /** Input, weight, and bias where there is one. */
  private List<String> operands(String x, String layer) {
    List<String> operands = new ArrayList<>(List.of(x, tensor(layer + ".weight")));
    Optional.ofNullable(tensors.get(layer + ".bias"))
        .ifPresent(_ -> operands.add(tensor(layer + ".bias")));
    return operands;
  }

  private String tensor(String name) {
    SafeTensors.Entry entry = tensors.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("there is no tensor \"%s\"".formatted(name));
    }
    return graph.constant(name, new Constant.Floats(entry.shape(), entry.values()));
  }

  private static Attribute square(String name, int side) {
    return Attribute.of(name, sides(side, 2));
  }

  private static List<Long> sides(long side, int count) {
    return Collections.nCopies(count, side);
  }
}
