package engram.nn.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import engram.base.WholeFile;
import engram.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes a safetensors file. */
final class SafeTensorsWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int HEADER_ALIGNMENT = 8;

  private SafeTensorsWriter() {}

  static void write(SafeTensors content, Path file) throws IOException {
    WholeFile.write(
        file,
        out -> {
          out.write(header(content));
          for (SafeTensors.Entry entry : content.tensors().values()) {
            out.write(entry.data());
          }
        });
  }

  private static byte[] header(SafeTensors content) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (!content.metadata().isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> pair : content.metadata().entrySet()) {
          json.writeStringField(pair.getKey(), pair.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, SafeTensors.Entry> tensor : content.tensors().entrySet()) {
        long end = offset + tensor.getValue().data().length;
        json.writeObjectFieldStart(tensor.getKey());
        json.writeStringField("dtype", tensor.getValue().type().name());
        Shape shape = tensor.getValue().shape();
        json.writeFieldName("shape");
        json.writeArray(
            IntStream.range(0, shape.rank()).map(shape::dim).toArray(), 0, shape.rank());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {offset, end}, 0, 2);
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    }
    while (text.size() % HEADER_ALIGNMENT != 0) {
      text.write(' ');
    }
    ByteBuffer header = ByteBuffer.allocate(8 + text.size()).order(ByteOrder.LITTLE_ENDIAN);
    return header.putLong(text.size()).put(text.toByteArray()).array();
  }
}
