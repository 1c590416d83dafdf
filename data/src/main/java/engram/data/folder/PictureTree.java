package engram.data.folder;

import engram.data.DataException;
import engram.data.archive.Archive;
import engram.data.archive.FileTree;
import engram.data.archive.FolderArchive;
import engram.data.archive.ZipArchive;
import engram.data.image.ImageFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What lies at a path, listed and not read.
 *
 * @param path a folder or a zip
 * @param isZip whether it is a zip
 * @param tree its files, or the zip itself
 */
record PictureTree(Path path, boolean isZip, FileTree tree) {

  /** Levels of folders that are looked into. */
  private static final int MAX_DEPTH = 16;

  /** Pictures of other formats: to pass over them in silence would lose them. */
  private static final List<String> OTHER_PICTURES =
      List.of(".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".avif");

  /**
   * Looks, without reading any file.
   *
   * @throws DataException if nothing is there, or it cannot be listed
   */
  static PictureTree at(Path path) {
    boolean folder = Files.isDirectory(path);
    if (!folder && !Files.isRegularFile(path)) {
      throw new DataException(
          path.toString(),
          (Files.exists(path) ? "neither a folder nor a zip" : "no such file or folder")
              + ", expected a folder with a folder of pictures for each class",
          "Check the path");
    }
    FileTree tree = FileTree.of(path, MAX_DEPTH, _ -> true);
    for (Map.Entry<String, String> link : tree.unlisted().entrySet()) {
      if (link.getValue().contains("entered")) {
        throw new DataException(
            path.resolve(link.getKey()).toString(),
            link.getValue(),
            "Check that you may read it, or remove it");
      }
    }
    return new PictureTree(path, !folder, tree);
  }

  /** Opens it for reading. */
  Archive open() {
    return isZip
        ? new ZipArchive(path)
        : new FolderArchive(path, List.copyOf(tree.files().keySet()), List.copyOf(tree.folders()));
  }

  /** Lines on what was passed over in {@code archive}. */
  List<String> notices(Archive archive) {
    List<String> lines = new ArrayList<>();
    tree.unlisted()
        .forEach((name, reason) -> lines.add("%s is passed over: %s".formatted(name, reason)));
    List<String> strangers =
        archive.files().stream()
            .filter(name -> !isPicture(name))
            .filter(name -> !TrackTable.isTable(name))
            .toList();
    if (strangers.size() == 1) {
      lines.add("%s is no picture and is passed over".formatted(strangers.getFirst()));
    } else if (!strangers.isEmpty()) {
      lines.add(
          "%,d files are no pictures and are passed over, such as %s"
              .formatted(strangers.size(), strangers.getFirst()));
    }
    return lines;
  }

  /** Whether the name is that of a picture, of a format that can be read or not. */
  static boolean isPicture(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.concat(ImageFile.ENDINGS.stream(), OTHER_PICTURES.stream())
        .anyMatch(lower::endsWith);
  }
}
