package engram.nn.io;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Number types of a safetensors file that can be read as float32. */
public enum Dtype {
  F32(4),
  F64(8),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  /** Whole numbers up to this are exact in float32. */
  private static final long EXACT = 1L << 24;

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a number. */
  public int bytes() {
    return bytes;
  }

  /** Whether there are numbers of this type that float32 does not have. */
  boolean isWhole() {
    return this == I64 || this == I32;
  }

  static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Dtype::name).collect(Collectors.joining(", "));
  }

  /** The next number of a little-endian buffer. */
  float next(ByteBuffer buffer) {
    return switch (this) {
      case F32 -> buffer.getFloat();
      case F64 -> (float) buffer.getDouble();
      case F16 -> Float.float16ToFloat(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      case I64 -> exact(buffer.getLong());
      case I32 -> exact(buffer.getInt());
      case I16 -> buffer.getShort();
      case I8 -> buffer.get();
      case U8 -> buffer.get() & 0xFF;
      case BOOL -> buffer.get() == 0 ? 0 : 1;
    };
  }

  private static float exact(long value) {
    if (value < -EXACT || value > EXACT) {
      throw new ArithmeticException(
          "the whole number %d is beyond 2^24 and not exact in float32".formatted(value));
    }
    return value;
  }
}
