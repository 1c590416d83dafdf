package engram.bench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is written anew for each input of a parser, in a folder of that parser's own.
 *
 * @param file in the folder or below it
 */
record Place(Path folder, Path file) {

  /** In a folder that is made; its files are made beside. */
  static Place of(Path folder, String file) throws IOException {
    Path all = folder.resolve(file);
    Files.createDirectories(all.toAbsolutePath().getParent());
    return new Place(folder, all);
  }

  /** Another file of the folder, which stays. */
  void beside(String name, byte[] content) throws IOException {
    Path other = folder.resolve(name);
    Files.createDirectories(other.toAbsolutePath().getParent());
    Files.write(other, content);
  }

  /** The file with this content. */
  Path with(byte[] content) throws IOException {
    return Files.write(file, content);
  }
}
