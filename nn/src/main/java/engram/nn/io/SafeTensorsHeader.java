package engram.nn.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import engram.base.Excerpt;
import engram.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the JSON header of a safetensors file; what it says is checked as far as it stands alone.
 */
final class SafeTensorsHeader {
  private static final String METADATA = "__metadata__";
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxStringLength(SafeTensorsReader.LONGEST_HEADER)
                  .maxNameLength(SafeTensorsReader.LONGEST_HEADER)
                  .build())
          .build();

  private final Path file;
  private final JsonParser json;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /**
   * Where a tensor lies: bytes {@code begin} to {@code end - 1} of the data.
   *
   * @param dims its dimensions, of which some may be 0
   * @param elements their product, below 2^31
   */
  record TensorInfo(String name, Dtype type, List<Long> dims, int elements, long begin, long end) {

    /** The shape, of one that has elements. */
    Shape shape() {
      return Shape.shape(dims.stream().mapToInt(Long::intValue).toArray());
    }
  }

  /** What a header says. */
  record Contents(Map<String, TensorInfo> tensors, Map<String, String> metadata) {}

  private SafeTensorsHeader(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  static Contents parse(Path file, String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      SafeTensorsHeader header = new SafeTensorsHeader(file, json);
      header.object();
      return new Contents(header.tensors, header.metadata);
    } catch (JsonProcessingException e) {
      throw new SafeTensorsException(
          file, "header", "it is not valid JSON: " + Excerpt.of(e.getOriginalMessage()));
    }
  }

  private void object() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, "header");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      String place = "tensor \"" + Excerpt.of(name) + "\"";
      json.nextToken();
      if (name.equals(METADATA)) {
        metadata();
      } else if (tensors.put(name, tensor(name, place)) != null) {
        throw problem(place, "the name is there twice");
      }
    }
    if (json.nextToken() != null) {
      throw problem("header", "text follows the closing brace; only spaces may");
    }
  }

  private void metadata() throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT, METADATA);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      expect(json.nextToken(), JsonToken.VALUE_STRING, METADATA + " \"" + Excerpt.of(key) + "\"");
      if (metadata.put(key, json.getText()) != null) {
        throw problem(METADATA, "the key \"%s\" is there twice".formatted(Excerpt.of(key)));
      }
    }
  }

  private TensorInfo tensor(String name, String place) throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT, place);
    Optional<Dtype> type = Optional.empty();
    Optional<List<Long>> dims = Optional.empty();
    Optional<List<Long>> offsets = Optional.empty();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> type = once(type, dtype(place), place, field);
        case "shape" -> dims = once(dims, numbers(place + ", shape"), place, field);
        case "data_offsets" -> offsets = once(offsets, offsets(place), place, field);
        default ->
            throw problem(
                place,
                "unknown field \"%s\"; expected dtype, shape, data_offsets"
                    .formatted(Excerpt.of(field)));
      }
    }
    List<Long> range = required(offsets, place, "data_offsets");
    List<Long> shape = required(dims, place, "shape");
    return new TensorInfo(
        name,
        required(type, place, "dtype"),
        shape,
        elements(place, shape),
        range.getFirst(),
        range.getLast());
  }

  private <T> Optional<T> once(Optional<T> earlier, T value, String place, String field)
      throws SafeTensorsException {
    if (earlier.isPresent()) {
      throw problem(place, "the field \"%s\" is there twice".formatted(field));
    }
    return Optional.of(value);
  }

  private <T> T required(Optional<T> value, String place, String field)
      throws SafeTensorsException {
    return value.orElseThrow(() -> problem(place, "the field \"%s\" is missing".formatted(field)));
  }

  private Dtype dtype(String place) throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_STRING, place + ", dtype");
    String name = json.getText();
    return Dtype.named(name)
        .orElseThrow(
            () ->
                problem(
                    place,
                    "dtype %s cannot be read; expected one of %s"
                        .formatted(Excerpt.of(name), Dtype.names())));
  }

  private int elements(String place, List<Long> dims) throws SafeTensorsException {
    long product = dims.contains(0L) ? 0 : 1;
    for (long dim : dims) {
      product *= Math.min(dim, 1L << 31); // below 2^31 until here, so that it fits
      if (product > Integer.MAX_VALUE) {
        throw problem(
            place,
            "shape " + Excerpt.of(dims) + ": the product of its dimensions must be below 2^31");
      }
    }
    return (int) product;
  }

  private List<Long> offsets(String place) throws IOException {
    List<Long> numbers = numbers(place + ", data_offsets");
    if (numbers.size() != 2 || numbers.get(0) > numbers.get(1)) {
      throw problem(
          place,
          "data_offsets are %s, expected [begin, end] with begin <= end"
              .formatted(Excerpt.of(numbers)));
    }
    return numbers;
  }

  /** An array of whole numbers from 0. */
  private List<Long> numbers(String place) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, place);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, place);
      long value =
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : json.getLongValue();
      if (value < 0) {
        throw problem(place, Excerpt.of(json.getText()) + " is negative or too large");
      }
      numbers.add(value);
    }
    return numbers;
  }

  private void expect(JsonToken found, JsonToken expected, String place)
      throws SafeTensorsException {
    if (found != expected) {
      throw problem(place, "found %s, expected %s".formatted(words(found), words(expected)));
    }
  }

  private static String words(JsonToken token) {
    if (token == null) {
      return "the end of the header";
    }
    return switch (token) {
      case START_OBJECT -> "an object {...}";
      case START_ARRAY -> "an array [...]";
      case VALUE_STRING -> "a text in quotes";
      case VALUE_NUMBER_INT -> "a whole number";
      default -> token.asString() == null ? token.name() : token.asString();
    };
  }

  private SafeTensorsException problem(String place, String problem) {
    return new SafeTensorsException(file, place, problem);
  }
}
