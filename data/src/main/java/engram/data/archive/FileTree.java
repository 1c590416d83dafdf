package engram.data.archive;

import engram.base.Litter;
import engram.base.Reason;
import engram.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What lies below a folder, but for what systems leave behind. Links are followed.
 *
 * @param files wanted files, names relative with slashes
 * @param folders all folders below, named in the same way
 * @param unlisted links that go round, and folders that may not be entered, with the reason
 */
public record FileTree(
    SortedMap<String, BasicFileAttributes> files,
    SortedSet<String> folders,
    SortedMap<String, String> unlisted) {

  /**
   * Lists a folder without reading any file, or only the file itself, with an empty name.
   *
   * @param depth how many levels down
   * @param wanted which names to list
   * @throws DataException if it cannot be listed
   */
  public static FileTree of(Path path, int depth, Predicate<String> wanted) {
    FileTree tree = new FileTree(new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
    try {
      if (Files.isDirectory(path)) {
        Files.walkFileTree(
            path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new Visitor(path, wanted, tree));
      } else {
        tree.files.put("", Files.readAttributes(path, BasicFileAttributes.class));
      }
    } catch (IOException e) {
      throw new DataException(
          path.toString(), "cannot be listed: " + Reason.of(e), "Check that you may read it.", e);
    }
    return tree;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Predicate<String> wanted;
    private final FileTree tree;

    Visitor(Path root, Predicate<String> wanted, FileTree tree) {
      this.root = root;
      this.wanted = wanted;
      this.tree = tree;
    }

    private String name(Path path) {
      String separator = root.getFileSystem().getSeparator();
      return root.relativize(path).toString().replace(separator, "/");
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
      if (dir.equals(root)) {
        return FileVisitResult.CONTINUE;
      }
      if (Litter.isLitter(dir.getFileName().toString())) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      tree.folders.add(name(dir));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = name(file);
      if (!Litter.isLitter(name) && wanted.test(name)) {
        tree.files.put(name, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (file.equals(root)) {
        throw e;
      }
      if (!Litter.isLitter(name(file))) {
        tree.unlisted.put(
            name(file),
            e instanceof FileSystemLoopException
                ? "it leads back to a folder above it"
                : "it cannot be entered (" + Reason.of(e) + ")");
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /** Changes when name, size or modification time of any of the files does. */
  public String fingerprint() {
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
