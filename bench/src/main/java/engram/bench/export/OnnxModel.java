package engram.bench.export;

import static engram.tensor.Shape.shape;

import engram.bench.export.Graph.Attribute;
import engram.bench.export.OnnxFile.Port;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.io.Checkpoint;
import engram.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * A network as an ONNX file: {@code images} [N, C, H, W] -> {@code logits} or {@code probabilities}
 * [N, classes].
 *
 * @param bytes the file
 * @param folded how many batch norms went into the layer before them
 * @param kept how many did not
 */
record OnnxModel(byte[] bytes, Port input, Port output, int folded, int kept) {
  private static final String IMAGES = "images";

  /**
   * How it is written.
   *
   * @param fold whether batch norms go into the layer before them
   * @param softmax whether the output is probabilities and not logits
   */
  record Form(boolean fold, boolean softmax) {}

  /**
   * Turns a network into a file.
   *
   * @param metadata what a reader should know, by key
   * @throws IllegalArgumentException if a layer has no counterpart in ONNX
   */
  static OnnxModel of(Network network, Form form, Map<String, String> metadata) {
    Sequential model = network.model();
    String result = form.softmax ? "probabilities" : "logits";
    Graph graph = new Graph(List.of(IMAGES, result));
    String last = LayerNodes.append(graph, model, Checkpoint.tensors(network), IMAGES);
    if (form.softmax) {
      last = graph.add("Softmax", "softmax", List.of(last), Attribute.of("axis", 1));
    }
    graph.rename(last, result);
    int folded = form.fold ? Folding.fold(graph) : 0;
    Port input = new Port(IMAGES, channelsFirst(model.input()));
    Port output = new Port(result, shape(model.classifier().out()));
    return new OnnxModel(
        OnnxFile.bytes(graph, input, output, metadata),
        input,
        output,
        folded,
        graph.count(LayerNodes.BATCH_NORM));
  }

  private static Shape channelsFirst(Shape image) {
    return image.rank() == 3 ? shape(image.dim(2), image.dim(0), image.dim(1)) : image;
  }
}
