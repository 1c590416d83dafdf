package engram.spark;

import engram.bench.sweep.SweepFolder;
import engram.bench.sweep.SweepPlan;
import engram.bench.sweep.SweepUnit;
import engram.bench.sweep.UnitState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a sweep on a file system of Hadoop's: files and names are those of {@link
 * SweepFolder}, so that on a shared disk either goes on with what the other began.
 */
final class RemoteSweep {
  private final FileSystem files;
  private final Path folder;

  private RemoteSweep(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * The sweep at a path such as {@code hdfs://host/sweep} or {@code file:///shared/sweep}.
   *
   * @throws IOException if there is no such file system
   */
  static RemoteSweep at(String to, Configuration settings) throws IOException {
    try {
      Path folder = new Path(to);
      FileSystem files = folder.getFileSystem(settings);
      if (files instanceof LocalFileSystem local) {
        files = local.getRaw(); // else each file would get a hidden one beside it
      }
      return new RemoteSweep(files, files.makeQualified(folder));
    } catch (IllegalArgumentException e) {
      throw new IOException("--to %s: %s".formatted(to, e.getMessage()), e);
    }
  }

  Path path() {
    return folder;
  }

  /** The folder as one of this machine's, if it is. */
  Optional<java.nio.file.Path> local() {
    return folder.toUri().getScheme().equals("file")
        ? Optional.of(java.nio.file.Path.of(folder.toUri()))
        : Optional.empty();
  }

  /** Creates the folder with the plan in it; one that is there is gone on with. */
  void create(SweepPlan plan) throws IOException {
    files.mkdirs(new Path(folder, "units"));
    write(new Path(folder, "plan.yaml"), plan.text());
  }

  /** The folder of a unit. */
  RemoteUnit unit(String hash) {
    return new RemoteUnit(files, units(hash));
  }

  /** How far each unit is, in their order; nobody but this driver runs any. */
  SequencedMap<SweepUnit, UnitState> states(List<SweepUnit> all) throws IOException {
    SequencedMap<SweepUnit, UnitState> states = new LinkedHashMap<>();
    for (SweepUnit unit : all) {
      states.put(unit, state(unit));
    }
    return states;
  }

  /** How far a unit is. */
  UnitState state(SweepUnit unit) throws IOException {
    Optional<UnitState.Finished> finished = unit(unit.hash()).finished();
    if (finished.isPresent()) {
      return finished.get();
    }
    int tries = tries(unit.hash());
    if (tries > 0) {
      return new UnitState.Failed(error(unit.hash(), tries), tries);
    }
    return files.exists(units(unit.hash())) ? new UnitState.Interrupted() : new UnitState.Waiting();
  }

  /** How often a unit has failed. */
  int tries(String hash) throws IOException {
    int tries = 0;
    while (tries < SweepFolder.MOST_TRIES && files.exists(failure(hash, tries + 1))) {
      tries++;
    }
    return tries;
  }

  /** Why a unit failed last, which it did {@code tries} times. */
  private String error(String hash, int tries) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(files.open(failure(hash, tries)), StandardCharsets.UTF_8))) {
      return Optional.ofNullable(lines.readLine()).orElse("");
    }
  }

  /** Notes that a unit failed once more. */
  void failed(String hash, String text) throws IOException {
    write(failure(hash, tries(hash) + 1), text);
  }

  /** Forgets failures, so that a unit is tried anew. */
  void forgive(String hash) throws IOException {
    for (int n = SweepFolder.MOST_TRIES; n > 0; n--) {
      files.delete(failure(hash, n), false);
    }
  }

  /** Has a unit that is not finished begin anew. */
  void clear(String hash) throws IOException {
    files.delete(units(hash), true);
  }

  private Path units(String name) {
    return new Path(new Path(folder, "units"), name);
  }

  private Path failure(String hash, int number) {
    return units("%s.failed.%d".formatted(hash, number));
  }

  private void write(Path file, String text) throws IOException {
    RemoteUnit.write(files, file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
