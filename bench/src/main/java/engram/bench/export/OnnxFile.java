package engram.bench.export;

import engram.bench.console.Version;
import engram.bench.export.Graph.Attribute;
import engram.bench.export.Graph.Constant;
import engram.bench.export.Graph.Node;
import engram.bench.file.Protobuf;
import engram.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A graph as the bytes of an ONNX file: the messages of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>, version 8, that a
 * network needs, with operators of set 17.
 */
final class OnnxFile {
  static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  // Values of onnx.proto's enumerations.
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int ATTRIBUTE_FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;

  private OnnxFile() {}

  /**
   * An input or output of the graph; its first dimension, the number of images, is free.
   *
   * @param example dimensions behind the first, such as [C, H, W]
   */
  record Port(String name, Shape example) {
    /** {@code images [N, 3, 32, 32]}. */
    @Override
    public String toString() {
      return IntStream.range(0, example.rank())
          .mapToObj(d -> String.valueOf(example.dim(d)))
          .collect(Collectors.joining(", ", name + " [N, ", "]"));
    }
  }

  /**
   * The whole file.
   *
   * @param metadata what a reader should know, by key
   */
  static byte[] bytes(Graph graph, Port input, Port output, Map<String, String> metadata) {
    Protobuf graphProto = new Protobuf();
    graph.nodes().forEach(node -> graphProto.message(1, node(node)));
    graphProto.text(2, "engram");
    graph.constants().forEach((name, value) -> graphProto.message(5, constant(name, value)));
    graphProto.message(11, port(input)).message(12, port(output));
    Protobuf model =
        new Protobuf()
            .integer(1, IR_VERSION)
            .text(2, "engram")
            .text(3, Version.text())
            .message(7, graphProto)
            .message(8, new Protobuf().text(1, "").integer(2, OPSET));
    metadata.forEach((key, value) -> model.message(14, new Protobuf().text(1, key).text(2, value)));
    return model.toBytes();
  }

  private static Protobuf node(Node node) {
    Protobuf proto = new Protobuf();
    node.inputs().forEach(input -> proto.text(1, input));
    proto.text(2, node.output()).text(3, node.name()).text(4, node.op());
    node.attributes().forEach(attribute -> proto.message(5, attribute(attribute)));
    return proto;
  }

  private static Protobuf attribute(Attribute attribute) {
    Protobuf proto = new Protobuf().text(1, attribute.name());
    return switch (attribute) {
      case Attribute.Real real -> proto.float32(2, real.value()).integer(20, ATTRIBUTE_FLOAT);
      case Attribute.Whole whole -> proto.integer(3, whole.value()).integer(20, ATTRIBUTE_INT);
      case Attribute.Wholes wholes -> {
        wholes.values().forEach(value -> proto.integer(8, value));
        yield proto.integer(20, ATTRIBUTE_INTS);
      }
    };
  }

  private static Protobuf constant(String name, Constant constant) {
    Protobuf proto = new Protobuf();
    ByteBuffer raw =
        switch (constant) {
          case Constant.Floats(Shape shape, float[] values) -> {
            for (int d = 0; d < shape.rank(); d++) {
              proto.integer(1, shape.dim(d));
            }
            proto.integer(2, FLOAT);
            ByteBuffer bytes = little(values.length * Float.BYTES);
            bytes.asFloatBuffer().put(values);
            yield bytes;
          }
          case Constant.Wholes(List<Long> values) -> {
            proto.integer(1, values.size()).integer(2, INT64);
            ByteBuffer bytes = little(values.size() * Long.BYTES);
            values.forEach(bytes::putLong);
            yield bytes;
          }
        };
    return proto.text(8, name).bytes(9, raw.array());
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Protobuf port(Port port) {
    Protobuf shape = new Protobuf().message(1, new Protobuf().text(2, "N"));
    for (int d = 0; d < port.example().rank(); d++) {
      shape.message(1, new Protobuf().integer(1, port.example().dim(d)));
    }
    Protobuf tensor = new Protobuf().integer(1, FLOAT).message(2, shape);
    return new Protobuf().text(1, port.name()).message(2, new Protobuf().message(1, tensor));
  }
}
