package engram.bench.sweep;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.base.WholeFile;
import engram.bench.file.JsonIn;
import engram.bench.record.RecordedRun;
import engram.cl.experiment.RunEvent.StrategyDiverged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code done.json} in the folder of a unit: written last, so that what is beside it is whole. It
 * has the SHA-256 of every file, so that copies and other engines' units can be compared.
 */
public final class DoneMark {
  /** Its name in the folder of a unit. */
  public static final String FILE = "done.json";

  private static final String DIVERGED = "diverged";

  private DoneMark() {}

  /**
   * Marks a unit as finished.
   *
   * @param seconds that it took since it was begun, or gone on with for the last time
   */
  public static UnitState.Finished write(Path unitFolder, SweepUnit unit, double seconds)
      throws IOException {
    Optional<String> diverged =
        RecordedRun.divergedIn(unitFolder).stream().findFirst().map(StrategyDiverged::message);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("unit", unit.hash());
    json.put("seconds", Math.round(seconds * 10) / 10.0);
    diverged.ifPresent(what -> json.put(DIVERGED, what));
    ObjectNode files = json.putObject("sha256");
    for (Path file : files(unitFolder)) {
      files.put(unitFolder.relativize(file).toString().replace('\\', '/'), UnitHash.ofFile(file));
    }
    byte[] text =
        (new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    WholeFile.write(unitFolder.resolve(FILE), out -> out.write(text));
    return new UnitState.Finished(seconds, diverged);
  }

  /** What the mark in a unit's folder says, if it is finished. */
  public static Optional<UnitState.Finished> read(Path unitFolder) throws IOException {
    Path file = unitFolder.resolve(FILE);
    return Files.isRegularFile(file) ? Optional.of(of(JsonIn.read(file))) : Optional.empty();
  }

  /**
   * What a mark says.
   *
   * @param name what it is, for messages
   */
  public static UnitState.Finished of(String name, byte[] file) throws IOException {
    return of(JsonIn.parse(name, file));
  }

  private static UnitState.Finished of(ObjectNode json) {
    Optional<String> diverged =
        Optional.of(json.path(DIVERGED).asText()).filter(what -> !what.isEmpty());
    return new UnitState.Finished(json.path("seconds").asDouble(), diverged);
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
