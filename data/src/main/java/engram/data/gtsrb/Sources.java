package engram.data.gtsrb;

import engram.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
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
    SortedMap<String, BasicFileAttributes> found = new TreeMap<>();
    boolean folder = Files.isDirectory(path);
    try {
      if (folder) {
        list(path, found);
      } else {
        found.put("", Files.readAttributes(path, BasicFileAttributes.class));
      }
    } catch (IOException e) {
      throw new DataException(
          path.toString(), "cannot be listed: " + e, "Check that you may read it.", e);
    }
    List<Path> zips =
        found.keySet().stream().filter(name -> !folder || isZip(name)).map(path::resolve).toList();
    List<String> files = found.keySet().stream().filter(name -> matches(WANTED, name)).toList();
    return new Sources(path, zips, files, fingerprint(found));
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
    archives.add(new FolderArchive(path, files));
    return archives;
  }

  private static void list(Path folder, SortedMap<String, BasicFileAttributes> found)
      throws IOException {
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        MAX_DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            boolean hidden =
                dir.getFileName() != null && dir.getFileName().toString().startsWith(".");
            return hidden && !dir.equals(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (matches(WANTED, name) || isZip(name)) {
              found.put(name, attributes);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(folder)) {
              throw e;
            }
            return FileVisitResult.CONTINUE; // a loop of links, or a stranger's folder
          }
        });
  }

  private static String fingerprint(SortedMap<String, BasicFileAttributes> files) {
    StringBuilder text = new StringBuilder();
    files.forEach(
        (name, attributes) ->
            text.append(name)
                .append('\t')
                .append(attributes.size())
                .append('\t')
                .append(attributes.lastModifiedTime().toMillis())
                .append('\n'));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
