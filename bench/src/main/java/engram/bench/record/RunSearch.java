package engram.bench.record;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Finds run folders in a folder that holds many, such as that of a sweep or {@code runs}. */
public final class RunSearch {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private RunSearch() {}

  /** Whether a run began in this folder. */
  public static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve(RunFiles.CONFIG))
        && Files.isRegularFile(folder.resolve(RunFiles.ENVIRONMENT));
  }

  /**
   * All run folders below, by name and number: {@code run2} comes before {@code run10}. Links to
   * folders are not followed.
   */
  public static List<Path> below(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            if (isRun(each)) {
              found.add(each);
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(RunSearch::sortKey));
    return List.copyOf(found);
  }

  /** The path with each number filled up to as many digits as any has. */
  private static String sortKey(Path path) {
    return NUMBER
        .matcher(path.toString())
        .replaceAll(number -> "0".repeat(18 - number.group().length()) + number.group());
  }
}
