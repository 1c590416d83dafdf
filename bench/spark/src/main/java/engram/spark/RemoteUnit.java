package engram.spark;

import engram.bench.sweep.DoneMark;
import engram.bench.sweep.UnitState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The folder of a unit where the sweep lies, which may be on any file system of Hadoop's, and its
 * copies on executors.
 *
 * <p>An executor may be lost at any moment. So the order in which files are copied says what is
 * whole: a state comes behind what was written before it, the mark that the unit is finished behind
 * everything. What was copied behind the last state does no harm, as a run that goes on from it
 * writes those files anew.
 */
final class RemoteUnit {
  private static final String STATES = "state/";
  private static final String PART = ".part";

  private final FileSystem files;
  private final org.apache.hadoop.fs.Path folder;
  private final org.apache.hadoop.fs.Path holder;
  private final String name = UUID.randomUUID().toString();
  private final Map<String, Stamp> copied = new HashMap<>();

  /** Tells a file from what it was before: each is written beside its place and renamed. */
  private record Stamp(Object file, long size, long modified) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          Optional.ofNullable(now.fileKey()).orElse(""),
          now.size(),
          now.lastModifiedTime().toMillis());
    }
  }

  RemoteUnit(FileSystem files, org.apache.hadoop.fs.Path folder) {
    this.files = files;
    this.folder = files.makeQualified(folder);
    holder = new org.apache.hadoop.fs.Path(folder.getParent(), folder.getName() + ".holder");
  }

  /** What the mark of the unit says; empty as long as it has none. */
  Optional<UnitState.Finished> finished() throws IOException {
    try (InputStream in = files.open(at(DoneMark.FILE))) {
      return Optional.of(DoneMark.of(DoneMark.FILE, in.readAllBytes()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Takes the unit over from whoever had it, unless it is finished. An executor that its driver
   * lost, or whose driver was lost, may still run: it cannot {@link #push} any more.
   *
   * @return whether something is left to do
   */
  boolean take() throws IOException {
    write(files, holder, out -> out.write(name.getBytes(StandardCharsets.UTF_8)));
    // Asked afterwards: before, whoever had it could still finish it between question and taking.
    if (finished().isPresent()) {
      files.delete(holder, false);
      return false;
    }
    return true;
  }

  private void requireHeld() throws IOException {
    String now = "";
    try (InputStream in = files.open(holder)) {
      now = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException itIsFinished) {
      // By another.
    }
    if (!now.equals(name)) {
      throw new TakenOver(folder.getName());
    }
  }

  /** Another executor has the unit. */
  static final class TakenOver extends IOException {
    TakenOver(String unit) {
      super("%s is run by another executor now".formatted(unit));
    }
  }

  /**
   * Copies a run that has a state to go on from into an empty folder; one without begins anew.
   *
   * @return whether there is a state
   */
  boolean fetch(Path local) throws IOException {
    List<String> names = names();
    if (names.stream().noneMatch(name -> name.startsWith(STATES))) {
      return false;
    }
    for (String name : names) {
      Path file = local.resolve(name);
      Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(local));
      try (var in = files.open(at(name))) {
        Files.copy(in, file);
      }
      copied.put(name, Stamp.of(file));
    }
    return true;
  }

  /**
   * Makes the folder there as the one here; what did not change is not copied again.
   *
   * @throws TakenOver if another executor has the unit now
   */
  synchronized void push(Path local) throws IOException {
    requireHeld();
    List<String> here = names(local);
    for (String name : here) {
      if (!name.equals(DoneMark.FILE)) {
        put(local, name);
      }
    }
    List<String> gone = new ArrayList<>(names());
    gone.removeAll(here);
    gone.remove(DoneMark.FILE);
    for (String name : gone) {
      files.delete(at(name), false);
      copied.remove(name); // it may come back as it was
    }
    if (here.contains(DoneMark.FILE)) {
      requireHeld();
      files.delete(at(STATES), true); // empty now
      put(local, DoneMark.FILE);
      files.delete(holder, false);
    }
  }

  /** What is in the folder here, states last. */
  private static List<String> names(Path local) throws IOException {
    try (Stream<Path> tree = Files.walk(local)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> local.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.endsWith(PART))
          .sorted(
              Comparator.comparing((String name) -> name.startsWith(STATES))
                  .thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause(); // the run, which goes on, renamed a part under our eyes
    }
  }

  /** What is in the folder there. */
  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      addNames("", names);
    } catch (FileNotFoundException nothingThere) {
      return List.of();
    }
    return names;
  }

  /** Not by listFiles, which on a disk starts a process for each file to ask for permissions. */
  private void addNames(String below, List<String> names) throws IOException {
    for (FileStatus each : files.listStatus(below.isEmpty() ? folder : at(below))) {
      String name = below + each.getPath().getName();
      if (each.isDirectory()) {
        addNames(name + "/", names);
      } else if (!name.endsWith(PART)) {
        names.add(name);
      }
    }
  }

  private void put(Path local, String name) throws IOException {
    Path file = local.resolve(name);
    try {
      Stamp now = Stamp.of(file);
      if (now.equals(copied.get(name))) {
        return;
      }
      org.apache.hadoop.fs.Path to = at(name);
      write(files, to, out -> Files.copy(file, out));
      copied.put(name, now);
    } catch (NoSuchFileException e) {
      // The run removed it meanwhile, as it does with older states.
    }
  }

  private org.apache.hadoop.fs.Path at(String name) {
    return new org.apache.hadoop.fs.Path(folder, name);
  }

  /** What a file holds. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file beside its place, then renames it: nobody sees half of it under its name. */
  static void write(FileSystem files, org.apache.hadoop.fs.Path to, Content content)
      throws IOException {
    org.apache.hadoop.fs.Path part =
        new org.apache.hadoop.fs.Path(to.getParent(), "." + to.getName() + PART);
    try (OutputStream out = create(files, part)) {
      content.writeTo(out);
    }
    files.delete(to, false);
    if (!files.rename(part, to)) {
      throw new IOException("%s: cannot be renamed to %s".formatted(part, to.getName()));
    }
  }

  /** On a disk without Hadoop, which starts a process for each file to set its permissions. */
  private static OutputStream create(FileSystem files, org.apache.hadoop.fs.Path part)
      throws IOException {
    if (files instanceof RawLocalFileSystem disk) {
      Files.createDirectories(disk.pathToFile(part.getParent()).toPath());
      return Files.newOutputStream(disk.pathToFile(part).toPath());
    }
    return files.create(part, true);
  }
}
