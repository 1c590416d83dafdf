package engram.data.archive;

import engram.data.DataException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Files that can be read by name: a folder or a zip. Reading is safe from many threads at once. */
public sealed interface Archive extends AutoCloseable permits FolderArchive, ZipArchive {

  /** Bound on one file, checked before allocating what a damaged directory asks for. */
  long MAX_FILE_BYTES = 1L << 26;

  /** Names relative to the archive, with slashes, sorted, without what systems leave behind. */
  List<String> files();

  /** Folders, named in the same way, sorted; a zip need not know them all. */
  List<String> folders();

  /** Whether a file of that name is here. */
  boolean has(String name);

  /**
   * The bytes of a file.
   *
   * @throws DataException if it is missing, unreadable or damaged
   */
  byte[] read(String name);

  /** How messages name a file of this archive. */
  String where(String name);

  @Override
  void close();

  /** A file that is larger than any picture or table. */
  static DataException tooLarge(String where, long bytes) {
    return new DataException(
        where,
        String.format(Locale.ROOT, "%,d bytes, expected at most %,d", bytes, MAX_FILE_BYTES),
        "Replace the file with a smaller one, or remove it");
  }

  /** One file of an archive. */
  record File(Archive archive, String name) {

    /** Its bytes. */
    public byte[] read() {
      return archive.read(name);
    }

    /** How messages name it. */
    public String where() {
      return archive.where(name);
    }

    /** Name of the folder that holds it, empty at the top. */
    public String folder() {
      return Archive.parent(name);
    }
  }

  /** Name without its last part, empty at the top. */
  static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  /** A name with slashes of one kind, and without {@code .} and {@code ..} in it. */
  static String normal(String name) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.replace('\\', '/').split("/")) {
      if (part.equals("..") && !parts.isEmpty()) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** Name of {@code child} inside {@code folder}. */
  static String child(String folder, String child) {
    return folder.isEmpty() ? child : folder + "/" + child;
  }
}
