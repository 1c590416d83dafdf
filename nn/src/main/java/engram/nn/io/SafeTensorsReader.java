package engram.nn.io;

import engram.nn.io.SafeTensorsHeader.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a safetensors file: 8 bytes header length (little-endian), the header in JSON, the data.
 * The tensors must cover the data without gap or overlap.
 */
final class SafeTensorsReader {
  /** The format's own limit. */
  static final int LONGEST_HEADER = 100_000_000;

  private static final int LENGTH_BYTES = 8;
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final FileChannel channel;

  private SafeTensorsReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static SafeTensors read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new SafeTensorsException(file, "path", "this is a folder, expected a file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new SafeTensorsReader(file, channel).read();
    }
  }

  private SafeTensors read() throws IOException {
    int headerBytes = headerBytes();
    String header = utf8(bytes(LENGTH_BYTES, headerBytes));
    if (!header.startsWith("{")) {
      throw new SafeTensorsException(file, "header", "it must begin with {");
    }
    SafeTensorsHeader.Contents contents = SafeTensorsHeader.parse(file, header);
    long start = (long) LENGTH_BYTES + headerBytes;
    checkCover(List.copyOf(contents.tensors().values()), channel.size() - start);
    Map<String, SafeTensors.Entry> tensors = new LinkedHashMap<>();
    for (TensorInfo info : contents.tensors().values()) {
      tensors.put(info.name(), entry(info, start));
    }
    return new SafeTensors(tensors, contents.metadata());
  }

  private int headerBytes() throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw new SafeTensorsException(
          file, "byte 0", "the file has %d bytes, expected 8 or more".formatted(size));
    }
    long length = bytes(0, LENGTH_BYTES).getLong();
    if (length < 2 || length > LONGEST_HEADER) {
      throw new SafeTensorsException(
          file,
          "byte 0",
          "the header length is %s, expected 2 to %d; this may be no safetensors file"
              .formatted(Long.toUnsignedString(length), LONGEST_HEADER));
    }
    if (length > size - LENGTH_BYTES) {
      throw new SafeTensorsException(
          file,
          "byte 8",
          "the header should have %d bytes but only %d follow; the file is truncated"
              .formatted(length, size - LENGTH_BYTES));
    }
    return (int) length;
  }

  private String utf8(ByteBuffer bytes) throws SafeTensorsException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new SafeTensorsException(file, "header", "it is not valid UTF-8");
    }
  }

  /**
   * Checks that the tensors have the sizes that their shapes say and lie end to end in the data.
   */
  private void checkCover(List<TensorInfo> tensors, long dataBytes) throws SafeTensorsException {
    long end = 0;
    List<TensorInfo> byPlace =
        tensors.stream().sorted(Comparator.comparingLong(TensorInfo::begin)).toList();
    for (TensorInfo info : byPlace) {
      String place = "tensor \"" + info.name() + "\"";
      long needed = (long) info.shape().elements() * info.type().bytes();
      if (info.end() - info.begin() != needed) {
        throw new SafeTensorsException(
            file,
            place,
            "data_offsets hold %d bytes but %s %s needs %d"
                .formatted(info.end() - info.begin(), info.type(), info.shape(), needed));
      }
      if (info.begin() != end) {
        throw new SafeTensorsException(
            file,
            place,
            "it begins at data byte %d, expected %d: tensors must neither overlap nor leave gaps"
                .formatted(info.begin(), end));
      }
      end = info.end();
    }
    if (end != dataBytes) {
      throw new SafeTensorsException(
          file,
          "data",
          "there are %d bytes but the tensors take %d; %s"
              .formatted(
                  dataBytes,
                  end,
                  dataBytes < end ? "the file is truncated" : "the rest is unused"));
    }
  }

  private SafeTensors.Entry entry(TensorInfo info, long start) throws IOException {
    long length = info.end() - info.begin();
    if (length > Integer.MAX_VALUE - 8) {
      throw new SafeTensorsException(
          file,
          "tensor \"" + info.name() + "\"",
          "it has %,d bytes, more than the 2 GiB that can be read".formatted(length));
    }
    byte[] data = bytes(start + info.begin(), (int) length).array();
    SafeTensors.Entry entry = new SafeTensors.Entry(info.type(), info.shape(), data);
    try {
      if (info.type().isWhole()) {
        entry.values();
      }
    } catch (ArithmeticException e) {
      throw new SafeTensorsException(
          file,
          "tensor \"" + info.name() + "\"",
          "a whole number beyond 2^24 is not exact in float32");
    }
    return entry;
  }

  private ByteBuffer bytes(long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.position() < count) {
      // In pieces: the JDK keeps a buffer outside the heap as large as the largest piece.
      buffer.limit(Math.min(count, buffer.position() + CHUNK));
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new SafeTensorsException(
            file, "byte " + (position + buffer.position()), "the file ends here");
      }
    }
    return buffer.flip();
  }
}
