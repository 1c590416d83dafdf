package engram.data.gtsrb;

import java.util.List;

/** Files that can be read by name: a folder or a zip. Reading is safe from many threads at once. */
sealed interface Archive extends AutoCloseable permits FolderArchive, ZipArchive {

  /** Names relative to the archive, with slashes, sorted. */
  List<String> files();

  /** Whether a file of that name is here. */
  boolean has(String name);

  /**
   * The bytes of a file.
   *
   * @throws engram.data.DataException if it is missing, unreadable or damaged
   */
  byte[] read(String name);

  /** How messages name a file of this archive. */
  String where(String name);

  @Override
  void close();

  /** One file of an archive. */
  record File(Archive archive, String name) {

    byte[] read() {
      return archive.read(name);
    }

    String where() {
      return archive.where(name);
    }

    /** Name of the folder that holds it, empty at the top. */
    String folder() {
      return Archive.parent(name);
    }
  }

  /** Name without its last part, empty at the top. */
  static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  /** Name of {@code child} inside {@code folder}. */
  static String child(String folder, String child) {
    return folder.isEmpty() ? child : folder + "/" + child;
  }
}
