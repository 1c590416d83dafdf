package engram.nn.io;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafeTensorsTest {
  @TempDir Path folder;

  private Path file(String header, int dataBytes) throws IOException {
    return file(header, new byte[dataBytes]);
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("case.safetensors"), bytes.array());
  }

  private static String tensor(String name, String dtype, String dims, int begin, int end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
        .formatted(name, dtype, dims, begin, end);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Map<String, SafeTensors.Entry> tensors = new LinkedHashMap<>();
    tensors.put("fc.weight", new SafeTensors.Entry(shape(2, 3), new float[] {1, 2, 3, 4, 5, 6}));
    tensors.put("scalar", new SafeTensors.Entry(Shape.shape(), new float[] {-0.0f}));
    tensors.put("ünïcode \"quoted\"", new SafeTensors.Entry(shape(1), new float[] {Float.NaN}));
    Path file = folder.resolve("model.safetensors");
    Files.writeString(file, "an older file");
    new SafeTensors(tensors, Map.of("note", "zwei\nZeilen")).write(file);

    SafeTensors read = SafeTensors.read(file);
    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.tensors().keySet()));
    tensors.forEach(
        (name, entry) -> {
          SafeTensors.Entry found = read.tensors().get(name);
          assertEquals(entry.shape(), found.shape());
          assertArrayEquals(entry.values(), found.values());
        });
    assertEquals(Map.of("note", "zwei\nZeilen"), read.metadata());
    assertEquals(0, (Files.readAllBytes(file)[0] & 0xFF) % 8, "the data is aligned");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList(), "nothing is left beside the file");
    }
  }

  @Test
  void readsOtherNumberTypesAsFloat() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(33).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.5).putLong(-7).putInt(1 << 24).putShort((short) 0x3C00);
    data.putShort((short) 0x4040).putShort((short) -3).putInt(0x00FF_0180).putShort((short) 1);
    String header =
        String.join(
            ",",
            tensor("f64", "F64", "1", 0, 8),
            tensor("i64", "I64", "1", 8, 16),
            tensor("i32", "I32", "1", 16, 20),
            tensor("f16", "F16", "1", 20, 22),
            tensor("bf16", "BF16", "", 22, 24),
            tensor("i16", "I16", "1", 24, 26),
            tensor("i8", "I8", "1", 26, 27),
            tensor("bool", "BOOL", "1", 27, 28),
            tensor("u8", "U8", "5", 28, 33));
    Map<String, SafeTensors.Entry> tensors =
        SafeTensors.read(file("{" + header + "}  ", data.array())).tensors();
    assertEquals(0.5f, tensors.get("f64").values()[0]);
    assertEquals(-7f, tensors.get("i64").values()[0]);
    assertEquals((float) (1 << 24), tensors.get("i32").values()[0]);
    assertEquals(1f, tensors.get("f16").values()[0]);
    assertEquals(3f, tensors.get("bf16").values()[0]);
    assertEquals(-3f, tensors.get("i16").values()[0]);
    assertEquals(-128f, tensors.get("i8").values()[0]);
    assertEquals(1f, tensors.get("bool").values()[0]);
    assertArrayEquals(new float[] {255, 0, 1, 0, 0}, tensors.get("u8").values());
  }

  @Test
  void tensorsWithoutElementsAreKeptAsideWithTheirDimensions() throws IOException {
    String header =
        String.join(
            ",",
            tensor("first", "F32", "0", 0, 0),
            tensor("a", "F32", "2", 0, 8),
            tensor("between", "I64", "3,0,99999999999", 8, 8),
            tensor("b", "F32", "1", 8, 12),
            tensor("last", "BF16", "0,2", 12, 12));
    SafeTensors read = SafeTensors.read(file("{" + header + "}", 12));
    assertEquals(Set.of("a", "b"), read.tensors().keySet());
    Map<String, List<Long>> empty =
        Map.of(
            "first", List.of(0L),
            "between", List.of(3L, 0L, 99_999_999_999L),
            "last", List.of(0L, 2L));
    assertEquals(empty, read.empty());
    Path again = folder.resolve("again.safetensors");
    read.write(again);
    assertEquals(empty, SafeTensors.read(again).empty());
  }

  static Stream<Arguments> damaged() {
    String a = tensor("a", "F32", "2", 0, 8);
    return Stream.of(
        Arguments.of("{" + a + "}", 7, "truncated"),
        Arguments.of("{" + a + "}", 9, "the rest is unused"),
        Arguments.of("{" + a + "," + a + "}", 8, "tensor \"a\": the name is there twice"),
        Arguments.of("{" + tensor("a", "F32", "3", 0, 8) + "}", 8, "F32 [3] needs 12"),
        Arguments.of("{" + tensor("a", "F32", "2,0", 0, 8) + "}", 8, "F32 [2, 0] needs 0"),
        Arguments.of(
            "{" + tensor("a", "F32", "2,0", 4, 4) + "," + a.replace("\"a", "\"b") + "}",
            8,
            "begins at data byte 4"),
        Arguments.of("{" + tensor("a", "F32", "99999,99999", 0, 8) + "}", 8, "below 2^31"),
        Arguments.of("{" + tensor("a", "F32", "99999999999", 0, 8) + "}", 8, "below 2^31"),
        Arguments.of("{" + tensor("a", "F8_E4M3", "8", 0, 8) + "}", 8, "dtype F8_E4M3"),
        Arguments.of("{" + tensor("a", "F32", "2", 8, 0) + "}", 8, "begin <= end"),
        Arguments.of("{" + tensor("a", "F32", "-2", 0, 8) + "}", 8, "negative"),
        Arguments.of("{" + tensor("a", "F32", "2.5", 0, 8) + "}", 8, "expected a whole number"),
        Arguments.of(
            "{" + a + "," + tensor("b", "F32", "1", 4, 8) + "}", 8, "begins at data byte 4"),
        Arguments.of(
            "{" + a + "," + tensor("b", "F32", "1", 12, 16) + "}", 16, "begins at data byte 12"),
        Arguments.of("{" + a + ",\"b\":7}", 8, "tensor \"b\": found a whole number"),
        Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "\"data_offsets\" is missing"),
        Arguments.of("{\"a\":{\"stride\":1}}", 8, "unknown field \"stride\""),
        Arguments.of("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", 8, "is there twice"),
        Arguments.of("{\"__metadata__\":{\"k\":1}}", 0, "expected a text"),
        Arguments.of("{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", 0, "twice"),
        Arguments.of("{" + a, 8, "not valid JSON"),
        Arguments.of("{" + a + "}{}", 8, "text follows"),
        Arguments.of(" {" + a + "}", 8, "must begin with {"),
        Arguments.of("[]", 0, "must begin with {"),
        Arguments.of("{".repeat(3) + "\"a\":".repeat(20), 0, "not valid JSON"));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void aBrokenRuleIsNamedWithFileAndPlace(String header, int dataBytes, String expected)
      throws IOException {
    Path file = file(header, dataBytes);
    String message =
        assertThrows(SafeTensorsException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains(expected), message);
  }

  @Test
  void lengthsThatCannotBeAreRefused() throws IOException {
    for (long length : new long[] {-1, 0, 1, 3, 100_000_001, Long.MAX_VALUE}) {
      byte[] bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      Path file = Files.write(folder.resolve("length.safetensors"), bytes);
      assertThrows(SafeTensorsException.class, () -> SafeTensors.read(file), "length " + length);
    }
    Path empty = Files.write(folder.resolve("empty.safetensors"), new byte[0]);
    assertThrows(SafeTensorsException.class, () -> SafeTensors.read(empty));
  }

  @Test
  void wholeNumbersThatFloatsCannotHoldAreRefused() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    Path file =
        file("{" + tensor("n", "I64", "1", 0, 8) + "}", data.putLong((1 << 24) + 1).array());
    assertThrows(SafeTensorsException.class, () -> SafeTensors.read(file));
  }

  @Test
  void arbitraryDamageIsReportedAndNeverWorse() throws IOException {
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + tensor("a", "F32", "2,1", 0, 8)
            + ","
            + tensor("b", "I32", "", 8, 12)
            + "}";
    byte[] good = Files.readAllBytes(file(header, 12));
    CounterRandom random = CounterRandom.of(1, "damage");
    Path file = folder.resolve("fuzzed.safetensors");
    for (int round = 0; round < 800; round++) {
      CounterRandom draw = random.split(round);
      byte[] bytes =
          java.util.Arrays.copyOf(good, good.length - draw.below(3, 0) * draw.below(9, 1));
      for (int i = 0; i <= draw.below(3, 2); i++) {
        bytes[draw.below(bytes.length, 10 + i)] = (byte) draw.bits(20 + i);
      }
      Files.write(file, bytes);
      try {
        SafeTensors.read(file);
      } catch (SafeTensorsException expected) {
        assertTrue(expected.getMessage().startsWith(file.toString()));
      }
    }
  }

  @Test
  void aFolderIsNamed() {
    SafeTensorsException error =
        assertThrows(SafeTensorsException.class, () -> SafeTensors.read(folder));
    assertEquals(folder + ", path: this is a folder, expected a regular file", error.getMessage());
  }
}
