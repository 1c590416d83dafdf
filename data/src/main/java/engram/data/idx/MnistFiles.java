package engram.data.idx;

import engram.base.Reason;
import engram.data.DataException;
import engram.data.DataFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Files of MNIST's form that lie in a folder, or in EMNIST's zip. Names may end in {@code .gz} and
 * have a dot before {@code idx}, as they are handed around.
 *
 * @param place folder or zip, for messages
 * @param files where each lies, by its name without an ending, such as {@code
 *     train-images-idx3-ubyte}
 */
record MnistFiles(Path place, SortedMap<String, Place> files) {

  /** EMNIST's six parts in one. */
  private static final String ZIP = "gzip.zip";

  private static final Pattern NAME =
      Pattern.compile("((?:.*-)?(?:images|labels))[.-](idx[13]-ubyte)(\\.gz)?");

  /** A file of its own, or an entry of a zip. */
  private record Place(Path file, Optional<String> entry) {

    DataFile open() {
      return entry.isEmpty() ? DataFile.open(file) : unzip(entry.get());
    }

    private DataFile unzip(String name) {
      String where = file + "!" + name;
      try {
        ZipFile zip = new ZipFile(file.toFile());
        try {
          InputStream in = zip.getInputStream(zip.getEntry(name));
          return DataFile.of(
              where,
              new FilterInputStream(in) {
                @Override
                public void close() throws IOException {
                  zip.close();
                }
              });
        } catch (IOException | RuntimeException e) {
          zip.close();
          throw e;
        }
      } catch (IOException e) {
        throw new DataException(
            where, "cannot be unpacked: " + e.getMessage(), "Fetch it again", e);
      }
    }
  }

  /**
   * What is at a path: in the folder itself, in its {@code raw} or, as torchvision has it, {@code
   * MNIST/raw}, or in EMNIST's zip.
   *
   * @param form whose names to look for
   * @throws DataException if there is no such folder, or it cannot be read
   */
  static MnistFiles at(Path path, MnistForm form) {
    if (Files.isRegularFile(path) && path.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
      return inZip(path);
    }
    if (!Files.isDirectory(path)) {
      throw new DataException(
          path.toString(),
          (Files.exists(path) ? "not a folder" : "no such folder")
              + ", expected the one that holds "
              + form.trainPrefix()
              + "-images-idx3-ubyte.gz and its three companions",
          "Check the path, or fetch the data with  engram data fetch " + form.name());
    }
    for (String below : List.of("", "raw", form.folder() + "/raw", "gzip")) {
      MnistFiles found = inFolder(path.resolve(below));
      if (!found.files.isEmpty()) {
        return found;
      }
    }
    return Files.isRegularFile(path.resolve(ZIP)) ? inZip(path.resolve(ZIP)) : inFolder(path);
  }

  private static MnistFiles inFolder(Path folder) {
    SortedMap<String, Place> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        // Unpacked ones come first in this order, and are the quicker to read; a folder that
        // unpacking made around a file, and named like it, comes last.
        all.sorted(
                Comparator.comparing((Path file) -> Files.isDirectory(file)).thenComparing(f -> f))
            .forEach(file -> add(files, file.getFileName().toString(), file, false));
      } catch (IOException e) {
        throw new DataException(
            folder.toString(),
            "cannot be listed: " + Reason.of(e),
            "Check that you may read it",
            e);
      }
    }
    return new MnistFiles(folder, files);
  }

  private static MnistFiles inZip(Path path) {
    SortedMap<String, Place> files = new TreeMap<>();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      zip.stream().map(ZipEntry::getName).sorted().forEach(name -> add(files, name, path, true));
    } catch (IOException e) {
      throw new DataException(
          path.toString(), "not a whole zip: " + e.getMessage(), "Fetch it again", e);
    }
    return new MnistFiles(path, files);
  }

  private static void add(SortedMap<String, Place> files, String name, Path path, boolean zipped) {
    Matcher matcher = NAME.matcher(name.substring(name.lastIndexOf('/') + 1));
    if (matcher.matches()) {
      Place place = new Place(path, zipped ? Optional.of(name) : Optional.empty());
      files.putIfAbsent(matcher.group(1) + "-" + matcher.group(2), place);
    }
  }

  /** Which parts of EMNIST are here. */
  SortedSet<String> emnistParts() {
    SortedSet<String> parts = new TreeSet<>();
    for (String part : MnistForm.EMNIST_PARTS) {
      if (files.keySet().stream().anyMatch(name -> name.startsWith("emnist-" + part + "-"))) {
        parts.add(part);
      }
    }
    return parts;
  }

  /**
   * Checks that all of them are here.
   *
   * @param form for the message
   * @throws DataException naming those that are missing
   */
  void require(List<String> names, MnistForm form) {
    List<String> missing = names.stream().filter(name -> !files.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          place.toString(),
          "there is no %s here, with or without .gz".formatted(String.join(", no ", missing)),
          "Check the path, or fetch the data with  engram data fetch " + form.name());
    }
  }

  /** Opens one that is here. */
  DataFile open(String name) {
    return Objects.requireNonNull(files.get(name)).open();
  }
}
