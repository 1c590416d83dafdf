package engram.bench.track;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A protocol buffers message as its fields come: the wire format read back, for tests. */
record Wire(List<Field> fields) {

  /** One field; {@code value} is a Long, a Float, a Double or a byte[]. */
  record Field(int number, Object value) {}

  static Wire read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      long tag = varint(in);
      Object value =
          switch ((int) (tag & 7)) {
            case 0 -> varint(in);
            case 1 -> in.getDouble();
            case 2 -> {
              byte[] text = new byte[(int) varint(in)];
              in.get(text);
              yield text;
            }
            case 5 -> in.getFloat();
            default -> throw new AssertionError("wire type of tag " + tag);
          };
      fields.add(new Field((int) (tag >>> 3), value));
    }
    return new Wire(fields);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  /** All values of a field. */
  List<Object> all(int number) {
    return fields.stream().filter(f -> f.number() == number).map(Field::value).toList();
  }

  /** The only value of a field. */
  Object one(int number) {
    List<Object> values = all(number);
    if (values.size() != 1) {
      throw new AssertionError("field %d is there %d times".formatted(number, values.size()));
    }
    return values.getFirst();
  }

  boolean has(int number) {
    return !all(number).isEmpty();
  }

  Wire message(int number) {
    return read((byte[]) one(number));
  }

  List<Wire> messages(int number) {
    return all(number).stream().map(value -> read((byte[]) value)).toList();
  }

  String text(int number) {
    return new String((byte[]) one(number), StandardCharsets.UTF_8);
  }

  long integer(int number) {
    return (long) one(number);
  }
}
