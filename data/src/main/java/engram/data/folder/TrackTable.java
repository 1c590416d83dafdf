package engram.data.folder;

import engram.base.Excerpt;
import engram.data.DataException;
import engram.data.archive.Archive;
import engram.data.archive.Table;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The optional table {@code tracks.csv} beside the class folders: which pictures show the same
 * object. Columns {@code Path} (or {@code Filename}) and {@code Track}, in any order, in any of the
 * forms that {@link Table} reads; a path is relative to the table, with either kind of slash, or is
 * a file name alone where only one picture has it. A track is any text, and counts within its
 * class.
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
    String expected = classes.root() + NAME;
    for (String name : archive.files()) {
      if (name.equalsIgnoreCase(expected)) {
        read(archive, name, classes, items, trackOf);
      } else if (isTable(name)) {
        notice.accept(
            "%s is passed over: the table of tracks is expected beside the classes, %s"
                .formatted(name, expected));
      }
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
    return name.substring(name.lastIndexOf('/') + 1).equalsIgnoreCase(NAME);
  }

  private static void read(
      Archive archive,
      String name,
      ClassFolders classes,
      List<ClassFolders.Item> items,
      Map<String, String> trackOf) {
    String where = archive.where(name);
    Map<String, Optional<String>> pictures = new HashMap<>();
    for (ClassFolders.Item item : items) {
      String file = item.name();
      pictures.put(plain(file.substring(classes.root().length())), Optional.of(file));
      pictures.merge(
          plain(file.substring(file.lastIndexOf('/') + 1)),
          Optional.of(file),
          (one, other) -> Optional.empty());
    }
    Table table = Table.read(where, archive.read(name), REMEDY);
    List<String> needed = List.of(PATH, TRACK);
    int path = table.column(List.of(PATH, FILENAME), needed, REMEDY);
    int track = table.column(List.of(TRACK), needed, REMEDY);
    for (Table.Row row : table.rows()) {
      String now = row.cell(track);
      Optional<String> before =
          Optional.ofNullable(trackOf.put(picture(row.where(), row.cell(path), pictures), now));
      if (before.isPresent() && !before.get().equals(now)) {
        throw new DataException(
            row.where(),
            "%s is of track %s, and of track %s before"
                .formatted(Excerpt.of(row.cell(path)), Excerpt.of(now), Excerpt.of(before.get())),
            REMEDY);
      }
    }
  }

  private static String picture(String line, String path, Map<String, Optional<String>> pictures) {
    String name = plain(path);
    if (!pictures.containsKey(name)) {
      throw new DataException(
          line, "there is no picture %s in the class folders".formatted(Excerpt.of(path)), REMEDY);
    }
    return pictures
        .getOrDefault(name, Optional.empty())
        .orElseThrow(
            () ->
                new DataException(
                    line,
                    "%s is the name of several pictures".formatted(Excerpt.of(path)),
                    "Write the path from the table on, with the class"));
  }

  /** As paths are compared: one way to write an umlaut. */
  private static String plain(String path) {
    return Normalizer.normalize(Archive.normal(path), Normalizer.Form.NFC);
  }
}
