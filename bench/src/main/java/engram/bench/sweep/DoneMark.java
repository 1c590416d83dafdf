package engram.bench.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.base.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code done.json} in the folder of a unit: written last, so that what is beside it is whole. It
 * has the SHA-256 of every file, so that copies and other engines' units can be compared.
 *
 * @param seconds that the unit took since it was begun, or gone on with for the last time
 */
public record DoneMark(double seconds) {
  /** Its name in the folder of a unit. */
  public static final String FILE = "done.json";

  /** Marks a unit as finished. */
  public static void write(Path unitFolder, SweepUnit unit, double seconds) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("unit", unit.hash());
    json.put("seconds", Math.round(seconds * 10) / 10.0);
    ObjectNode files = json.putObject("sha256");
    for (Path file : files(unitFolder)) {
      files.put(unitFolder.relativize(file).toString().replace('\\', '/'), UnitHash.ofFile(file));
    }
    byte[] text =
        (new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    WholeFile.write(unitFolder.resolve(FILE), out -> out.write(text));
  }

  /** The mark in a unit's folder, if it is finished. */
  public static Optional<DoneMark> read(Path unitFolder) throws IOException {
    Path file = unitFolder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
    return Optional.of(new DoneMark(json.path("seconds").asDouble()));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> !file.equals(folder.resolve(FILE)))
          .filter(file -> !String.valueOf(file.getFileName()).startsWith(".")) // a lock of the run
          .sorted()
          .toList();
    }
  }
}
