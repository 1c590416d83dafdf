package engram.nn.io;

import engram.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named tensors and text metadata, as a safetensors file holds them: the format in which PyTorch
 * users exchange weights.
 *
 * @param tensors by name, in the order of the file
 * @param metadata free text by key
 */
public record SafeTensors(Map<String, Entry> tensors, Map<String, String> metadata) {

  public SafeTensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * One tensor. Whatever number type the file has, values are float32 here.
   *
   * @param shape may have rank 0: one number
   * @param values row-major
   */
  public record Entry(Shape shape, float[] values) {
    public Entry {
      if (values.length != shape.elements()) {
        throw new IllegalArgumentException(
            "safetensors: %d values for shape %s".formatted(values.length, shape));
      }
    }
  }

  /**
   * Reads a file and checks every rule of the format.
   *
   * @throws SafeTensorsException naming file, tensor and rule, if one is broken
   * @throws IOException if the file cannot be read
   */
  public static SafeTensors read(Path file) throws IOException {
    return SafeTensorsReader.read(file);
  }

  /**
   * Writes a file of float32 tensors. It appears under its name only when it is complete and on
   * disk, so a crash leaves the old file or the new one, never half of one.
   */
  public void write(Path file) throws IOException {
    SafeTensorsWriter.write(this, file);
  }
}
