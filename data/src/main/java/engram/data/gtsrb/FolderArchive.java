package engram.data.gtsrb;

import engram.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files below a folder, as found when it was listed. */
final class FolderArchive implements Archive {

  private final Path folder;
  private final List<String> files;
  private final Set<String> index;

  FolderArchive(Path folder, List<String> files) {
    this.folder = folder;
    this.files = List.copyOf(files);
    this.index = new HashSet<>(files);
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public boolean has(String name) {
    return index.contains(name);
  }

  @Override
  public byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new DataException(
          where(name), "cannot be read: " + e, "Check that it exists and that you may read it.", e);
    }
  }

  @Override
  public String where(String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public void close() {}
}
