package engram.bench.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.base.Excerpt;
import engram.base.InputFile;
import java.io.IOException;
import java.nio.file.Path;

/** JSON objects, whose errors name the file. */
public final class JsonIn {
  /** Bound on a file: hundreds of times what a run of all strategies writes. */
  private static final int MOST_BYTES = 1 << 25;

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonIn() {}

  /**
   * The object in a file.
   *
   * @throws IOException naming the file, if it is none or cannot be read
   */
  public static ObjectNode read(Path file) throws IOException {
    return parse(file.toString(), InputFile.read(file, MOST_BYTES));
  }

  /**
   * The object that some bytes hold.
   *
   * @param name what they are, for messages
   * @throws IOException naming it, and line and column where it is no JSON
   */
  public static ObjectNode parse(String name, byte[] bytes) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : ", line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new IOException(
          "%s%s: this is not JSON: %s".formatted(name, place, Excerpt.of(e.getOriginalMessage())),
          e);
    }
    if (!(json instanceof ObjectNode object)) {
      throw new IOException("%s: expected a JSON object, { ... }".formatted(name));
    }
    return object;
  }
}
