package engram.data.archive;

import engram.base.InputFile;
import engram.base.Reason;
import engram.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files below a folder, as found when it was listed. */
public final class FolderArchive implements Archive {

  private final Path folder;
  private final List<String> files;
  private final List<String> folders;
  private final Set<String> index;

  /**
   * The files of a folder.
   *
   * @param files their names, relative with slashes
   * @param folders names of folders below, in the same way
   */
  public FolderArchive(Path folder, List<String> files, List<String> folders) {
    this.folder = folder;
    this.files = List.copyOf(files);
    this.folders = List.copyOf(folders);
    this.index = new HashSet<>(files);
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public List<String> folders() {
    return folders;
  }

  @Override
  public boolean has(String name) {
    return index.contains(name);
  }

  @Override
  public byte[] read(String name) {
    Path file = folder.resolve(name);
    try {
      if (!Files.isRegularFile(file)) {
        throw new DataException(
            where(name),
            InputFile.kind(file) + ", expected a regular file",
            "Remove it, or replace it");
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw Archive.tooLarge(where(name), Files.size(file));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataException(
          where(name), "cannot be read: " + Reason.of(e), "Check that you may read it.", e);
    }
  }

  @Override
  public String where(String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public void close() {}
}
