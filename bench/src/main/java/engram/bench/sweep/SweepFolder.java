package engram.bench.sweep;

import engram.base.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The folder of a sweep, perhaps on a disk that several machines share:
 *
 * <pre>
 * plan.yaml            the plan, as it was read last
 * units/HASH/          one unit: an ordinary run folder, and done.json when it is finished
 * units/HASH.lock.N    who runs it now: {@link UnitLock}
 * units/HASH.failed.N  why its N-th try failed
 * report.html          the report of all finished units, with results.csv and summary.json
 * </pre>
 *
 * @param path of the sweep
 */
public record SweepFolder(Path path) {
  /** A unit that fails is tried again twice. */
  public static final int MOST_TRIES = 3;

  /** Creates the folder with the plan in it; one that is there is gone on with. */
  void create(SweepPlan plan) throws IOException {
    WholeFile.createDirectories(units());
    byte[] text = plan.text().getBytes(StandardCharsets.UTF_8);
    WholeFile.write(path.resolve("plan.yaml"), out -> out.write(text));
  }

  /** Where a sweep goes that names no folder: the same whenever it is started again. */
  static Path usual(Path plan) {
    return Path.of("sweeps", nameOf(plan));
  }

  /** The name of a plan's file, without what stands behind the last dot. */
  static String nameOf(Path plan) {
    return String.valueOf(plan.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
  }

  private Path units() {
    return path.resolve("units");
  }

  /** Where a unit's run goes. */
  public Path of(SweepUnit unit) {
    return units().resolve(unit.hash());
  }

  /** How far each unit is, in their order. */
  public SequencedMap<SweepUnit, UnitState> states(List<SweepUnit> all) throws IOException {
    SequencedMap<SweepUnit, UnitState> states = new LinkedHashMap<>();
    for (SweepUnit unit : all) {
      states.put(unit, state(unit));
    }
    return states;
  }

  /** How far a unit is. */
  public UnitState state(SweepUnit unit) throws IOException {
    UnitState state = stateOfHeld(unit);
    if (state instanceof UnitState.Finished || !Files.isDirectory(units())) {
      return state;
    }
    Optional<String> owner = UnitLock.holder(units(), unit.hash());
    return owner.isPresent() ? new UnitState.Running(owner.get()) : state;
  }

  /** The same as its owner sees it, for whom it is not running. */
  UnitState stateOfHeld(SweepUnit unit) throws IOException {
    Optional<UnitState.Finished> finished = DoneMark.read(of(unit));
    if (finished.isPresent()) {
      return finished.get();
    }
    int tries = tries(unit);
    if (tries > 0) {
      return new UnitState.Failed(error(unit, tries), tries);
    }
    return Files.isDirectory(of(unit)) ? new UnitState.Interrupted() : new UnitState.Waiting();
  }

  /** The right to run a unit, if nobody else has it. */
  Optional<UnitLock> lock(SweepUnit unit) throws IOException {
    return UnitLock.take(units(), unit.hash());
  }

  /** How often a unit has failed. */
  int tries(SweepUnit unit) {
    int tries = 0;
    while (tries < MOST_TRIES && Files.exists(failure(unit, tries + 1))) {
      tries++;
    }
    return tries;
  }

  /** Notes that a unit failed once more: what to say of it, and for its programmer where. */
  void failed(SweepUnit unit, Throwable failure) throws IOException {
    StringWriter text = new StringWriter();
    text.append(message(failure)).append("\n\n");
    failure.printStackTrace(new PrintWriter(text, true));
    WholeFile.write(
        failure(unit, tries(unit) + 1),
        out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Removes what a unit that is not finished has written, so that it begins anew. */
  void clear(SweepUnit unit) throws IOException {
    if (Files.isDirectory(of(unit))) {
      try (Stream<Path> tree = Files.walk(of(unit))) {
        for (Path file : tree.toList().reversed()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Forgets failures, so that a unit is tried anew. */
  void forgive(SweepUnit unit) throws IOException {
    for (int n = MOST_TRIES; n > 0; n--) {
      Files.deleteIfExists(failure(unit, n));
    }
  }

  private String error(SweepUnit unit, int tries) throws IOException {
    String text = Files.readString(failure(unit, tries));
    return text.lines().findFirst().orElse("");
  }

  private Path failure(SweepUnit unit, int number) {
    return units().resolve("%s.failed.%d".formatted(unit.hash(), number));
  }

  /** One line of what went wrong. */
  public static String message(Throwable failure) {
    String text =
        failure.getMessage() == null || failure instanceof Error || isUnworded(failure)
            ? failure.toString()
            : failure.getMessage();
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  /** Java's own exceptions, whose messages nobody wrote for people. */
  private static boolean isUnworded(Throwable failure) {
    return failure.getClass().getPackageName().equals("java.lang")
        && !(failure instanceof IllegalArgumentException)
        && !(failure instanceof IllegalStateException);
  }
}
