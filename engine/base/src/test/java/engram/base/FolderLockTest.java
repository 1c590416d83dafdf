package engram.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FolderLockTest {
  @TempDir private Path folder;

  /** Takes the lock, says so, and holds it until it is ended. */
  static final class Holder {
    public static void main(String[] folder) throws Exception {
      try (FolderLock _ = FolderLock.take(Path.of(folder[0]))) {
        System.out.println("held");
        System.in.read();
        Runtime.getRuntime().halt(1); // as if killed: nothing is closed
      }
    }
  }

  private static String folderOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private Process holder() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            folderOf(FolderLock.class) + File.pathSeparator + folderOf(Holder.class),
            Holder.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void anotherProcessIsRefusedByTheNameOfTheOwnerAndADeadOneIsNot() throws Exception {
    Process holder = holder();
    try {
      assertEquals("held", holder.inputReader().readLine());
      IOException refused =
          assertThrows(FolderLock.InUse.class, () -> FolderLock.take(folder).close());
      String owner = "%s is in use by process %d on ".formatted(folder, holder.pid());
      assertTrue(refused.getMessage().startsWith(owner), refused.getMessage());
      holder.getOutputStream().close();
      assertTrue(holder.waitFor(60, TimeUnit.SECONDS));
      FolderLock.take(folder).close();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void theSecondInOneProcessIsRefusedAndTheFirstKeepsIt() throws Exception {
    try (FolderLock _ = FolderLock.take(folder)) {
      assertThrows(FolderLock.InUse.class, () -> FolderLock.take(folder).close());
      Path sameFolder = folder.resolve("../" + folder.getFileName());
      assertThrows(FolderLock.InUse.class, () -> FolderLock.take(sameFolder).close());
      Process other = holder();
      assertTrue(other.waitFor(60, TimeUnit.SECONDS), "the lock is still held");
      assertEquals(1, other.exitValue());
    }
    FolderLock.take(folder).close();
    assertEquals(0, Files.size(folder.resolve(FolderLock.NAME)), "the same bytes after any run");
  }

  @Test
  void whereNoFileCanBeMadeItIsNamed() throws IOException {
    Files.createDirectory(folder.resolve(FolderLock.NAME));
    String message =
        assertThrows(IOException.class, () -> FolderLock.take(folder).close()).getMessage();
    assertTrue(message.startsWith("cannot write " + folder.toRealPath()), message);
    assertTrue(message.contains(FolderLock.NAME), message);
  }
}
