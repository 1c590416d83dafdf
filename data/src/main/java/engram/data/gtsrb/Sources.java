package engram.data.gtsrb;

import engram.data.DataException;
import engram.data.archive.Archive;
import engram.data.archive.FileTree;
import engram.data.archive.FolderArchive;
import engram.data.archive.ZipArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What lies at the path that the user gave, before anything is opened: one zip, or a folder with
 * zips or unpacked files in it.
 *
 * @param path as the user gave it
 * @param zips zips to read
 * @param files pictures and tables below the folder, relative with slashes; empty for one zip
 * @param fingerprint changes when name, size or modification time of any of these files does
 */
record Sources(Path path, List<Path> zips, List<String> files, String fingerprint) {

  /** Enough for a folder above {@code GTSRB/Final_Training/Images/00000/}, and one to spare. */
  private static final int MAX_DEPTH = 6;

  /** The official names, and those that Kaggle gives to its own. Other zips are not opened. */
  private static final Pattern ZIP = Pattern.compile("(gtsrb.*|archive)\\.zip");

  private static final Pattern WANTED = Pattern.compile(".*\\.(ppm|png|csv)");

  /**
   * Looks, without reading any file.
   *
   * @throws DataException if nothing is there, or it cannot be listed
   */
  static Sources at(Path path) {
    if (!Files.exists(path)) {
      throw new DataException(
          path.toString(),
          "no such file or folder, expected the folder that holds GTSRB or its zips",
          "Check the path, or fetch the data with  engram data fetch gtsrb");
    }
    boolean folder = Files.isDirectory(path);
    FileTree tree = FileTree.of(path, MAX_DEPTH, name -> matches(WANTED, name) || isZip(name));
    List<Path> zips =
        tree.files().keySet().stream()
            .filter(name -> !folder || isZip(name))
            .map(path::resolve)
            .toList();
    List<String> files =
        tree.files().keySet().stream().filter(name -> matches(WANTED, name)).toList();
    return new Sources(path, zips, files, tree.fingerprint());
  }

  /** Zips lie at the top of the folder; deeper ones are somebody else's. */
  private static boolean isZip(String name) {
    return !name.contains("/") && matches(ZIP, name);
  }

  private static boolean matches(Pattern pattern, String name) {
    return pattern.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** Opens all of it: zips first, as they are quicker to read than unpacked files. */
  List<Archive> open() {
    List<Archive> archives = new ArrayList<>();
    try {
      zips.forEach(zip -> archives.add(new ZipArchive(zip)));
    } catch (DataException e) {
      archives.forEach(Archive::close);
      throw e;
    }
    archives.add(new FolderArchive(path, files, List.of()));
    return archives;
  }
}
