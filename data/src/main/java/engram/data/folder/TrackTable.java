package engram.data.folder;

import engram.base.Litter;
import engram.data.DataException;
import engram.data.archive.Archive;
import engram.data.archive.Tables;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The optional table {@code tracks.csv} beside the class folders: which pictures show the same
 * object. Columns {@code Path} (or {@code Filename}) and {@code Track}, in any order, separated by
 * comma, semicolon or tab; a path is relative to the table, with either kind of slash, or is a file
 * name alone where only one picture has it. A track is any text, and counts within its class.
 */
final class TrackTable {

  static final String NAME = "tracks.csv";

  private static final String PATH = "Path";
  private static final String FILENAME = "Filename";
  private static final String TRACK = "Track";
  private static final String REMEDY =
      "Correct the table, or remove it: then each picture is an object of its own";

  private TrackTable() {}

  /**
   * A number for each item, the same for pictures of one object: from 0, in their order.
   *
   * @param notice takes lines on tables that lie elsewhere
   * @throws DataException naming file and line if the table is malformed or names no picture
   */
  static int[] tracks(
      Archive archive,
      ClassFolders classes,
      List<ClassFolders.Item> items,
      Consumer<String> notice) {
    Map<String, String> trackOf = new HashMap<>();
    String table = classes.root() + NAME;
    for (String name : archive.files()) {
      if (isTable(name) && !name.equals(table) && !Litter.isLitter(name)) {
        notice.accept(
            "%s is passed over: the table of tracks is expected beside the classes, %s"
                .formatted(name, table));
      }
    }
    if (archive.has(table)) {
      read(archive, classes, items, trackOf);
    }
    Map<String, Integer> numbers = new HashMap<>();
    int[] tracks = new int[items.size()];
    for (int i = 0; i < tracks.length; i++) {
      ClassFolders.Item item = items.get(i);
      String key =
          Optional.ofNullable(trackOf.get(item.name()))
              .map(track -> item.label() + "\t" + track)
              .orElse(item.name());
      tracks[i] = numbers.computeIfAbsent(key, k -> numbers.size());
    }
    return tracks;
  }

  /** Whether a file is named as the table is. */
  static boolean isTable(String name) {
    return name.substring(name.lastIndexOf('/') + 1).equals(NAME);
  }

  private static void read(
      Archive archive,
      ClassFolders classes,
      List<ClassFolders.Item> items,
      Map<String, String> trackOf) {
    String where = archive.where(classes.root() + NAME);
    Map<String, Optional<String>> pictures = new HashMap<>();
    for (ClassFolders.Item item : items) {
      String name = item.name();
      pictures.put(plain(name.substring(classes.root().length())), Optional.of(name));
      pictures.merge(
          plain(name.substring(name.lastIndexOf('/') + 1)),
          Optional.of(name),
          (one, other) -> Optional.empty());
    }
    String text = Tables.text(archive.read(classes.root() + NAME));
    try (CSVParser parser = CSVParser.parse(new StringReader(text), Tables.format(text))) {
      String column = column(where, parser.getHeaderNames(), List.of(PATH, FILENAME));
      String track = column(where, parser.getHeaderNames(), List.of(TRACK));
      for (CSVRecord row : parser) {
        String line = where + ", line " + parser.getCurrentLineNumber();
        if (!row.isConsistent()) {
          throw new DataException(
              line,
              "%d values, expected %d as in the header"
                  .formatted(row.size(), parser.getHeaderNames().size()),
              REMEDY);
        }
        String path = row.get(column);
        String name = row.get(track);
        Optional<String> before =
            Optional.ofNullable(trackOf.put(picture(line, path, pictures), name));
        if (before.isPresent() && !before.get().equals(name)) {
          throw new DataException(
              line,
              "%s is of track %s, and of track %s before".formatted(path, name, before.get()),
              REMEDY);
        }
      }
    } catch (IOException
        | UncheckedIOException
        | IllegalArgumentException
        | IllegalStateException e) {
      // The ways in which Commons CSV says that quotes or header are malformed.
      throw new DataException(where, "not a table: " + e.getMessage(), REMEDY, e);
    }
  }

  private static String column(String where, List<String> header, List<String> names) {
    return header.stream()
        .filter(column -> names.stream().anyMatch(column::equalsIgnoreCase))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    where + ", line 1",
                    "there is no column %s, found %s"
                        .formatted(
                            String.join(" or ", names),
                            header.isEmpty() ? "nothing" : String.join(", ", header)),
                    REMEDY));
  }

  private static String picture(String line, String path, Map<String, Optional<String>> pictures) {
    String name = plain(path);
    if (!pictures.containsKey(name)) {
      throw new DataException(
          line, "there is no picture %s in the class folders".formatted(path), REMEDY);
    }
    return pictures
        .getOrDefault(name, Optional.empty())
        .orElseThrow(
            () ->
                new DataException(
                    line,
                    "%s is the name of several pictures".formatted(path),
                    "Write the path from the table on, with the class"));
  }

  /** As paths are compared: slashes, no dot in front, one way to write an umlaut. */
  private static String plain(String path) {
    String slashes = path.replace('\\', '/');
    return Normalizer.normalize(
        slashes.startsWith("./") ? slashes.substring(2) : slashes, Normalizer.Form.NFC);
  }
}
