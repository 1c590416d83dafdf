package engram.nn.io;

import engram.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

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
   * One tensor, as its bytes lie in a file.
   *
   * @param shape may have rank 0: one number
   * @param data row-major, little-endian; not to be changed
   */
  public record Entry(Dtype type, Shape shape, byte[] data) {
    public Entry {
      if (data.length != (long) shape.elements() * type.bytes()) {
        throw new IllegalArgumentException(
            "safetensors: %d bytes for %s %s".formatted(data.length, type, shape));
      }
    }

    /** A tensor of float32. */
    public Entry(Shape shape, float[] values) {
      this(Dtype.F32, shape, bytes(4 * values.length, out -> out.asFloatBuffer().put(values)));
    }

    /** A row of whole numbers. */
    public static Entry of(int[] values) {
      return new Entry(
          Dtype.I32,
          Shape.shape(values.length),
          bytes(4 * values.length, out -> out.asIntBuffer().put(values)));
    }

    /** A row of float64. */
    public static Entry of(double[] values) {
      return new Entry(
          Dtype.F64,
          Shape.shape(values.length),
          bytes(8 * values.length, out -> out.asDoubleBuffer().put(values)));
    }

    /** A row of unsigned bytes. */
    public static Entry of(byte[] values) {
      return new Entry(Dtype.U8, Shape.shape(values.length), values);
    }

    private static byte[] bytes(int length, Consumer<ByteBuffer> write) {
      ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      write.accept(bytes);
      return bytes.array();
    }

    /**
     * The numbers as float32, whatever their type is.
     *
     * @throws ArithmeticException if a whole number is not exact in float32
     */
    public float[] values() {
      float[] values = new float[shape.elements()];
      ByteBuffer in = buffer();
      if (type == Dtype.F32) {
        in.asFloatBuffer().get(values);
        return values;
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = type.next(in);
      }
      return values;
    }

    /** The numbers of a tensor of type I32. */
    public int[] ints() {
      requireType(Dtype.I32);
      int[] values = new int[shape.elements()];
      buffer().asIntBuffer().get(values);
      return values;
    }

    /** The numbers of a tensor of type F64. */
    public double[] doubles() {
      requireType(Dtype.F64);
      double[] values = new double[shape.elements()];
      buffer().asDoubleBuffer().get(values);
      return values;
    }

    private void requireType(Dtype expected) {
      if (type != expected) {
        throw new IllegalArgumentException(
            "safetensors: a tensor is of %s, expected %s".formatted(type, expected));
      }
    }

    private ByteBuffer buffer() {
      return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
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

  /** About how many bytes its file has, rather too many. */
  public long bytes() {
    long bytes = 0;
    for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
      bytes += tensor.getValue().data().length + 3L * tensor.getKey().length() + 128;
    }
    for (Map.Entry<String, String> text : metadata.entrySet()) {
      bytes += 3L * (text.getKey().length() + text.getValue().length()) + 8;
    }
    return bytes + 64;
  }

  /**
   * Writes a file. It appears under its name only when it is complete and on disk, so a crash
   * leaves the old file or the new one, never half of one.
   */
  public void write(Path file) throws IOException {
    SafeTensorsWriter.write(this, file);
  }
}
