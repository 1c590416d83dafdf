package engram.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class InputFileTest {
  @TempDir private Path folder;

  private static String message(Executable reading) {
    return assertThrows(IOException.class, reading).getMessage();
  }

  @Test
  void textComesWithoutTheMarkOfByteOrder() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "\uFEFFlänge\r\n");
    assertEquals("länge\r\n", InputFile.readText(file, 100));
    Files.write(file, "länge".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + ": the file is not UTF-8 text", message(() -> InputFile.readText(file, 100)));
  }

  @Test
  void limitIsSaid() throws IOException {
    Path file = Files.write(folder.resolve("a.bin"), new byte[1000]);
    assertEquals(1000, InputFile.read(file, 1000).length);
    assertEquals(
        file + ": 1,000 bytes, expected at most 999", message(() -> InputFile.read(file, 999)));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3_000_000_000L);
    }
    assertEquals(
        file + ": 3,000,000,000 bytes, expected at most 999",
        message(() -> InputFile.read(file, 999)));
  }

  @Test
  void whatIsNoRegularFileIsNamedAndNotWaitedFor() throws Exception {
    Path missing = folder.resolve("missing");
    assertEquals(
        missing + ": there is no such file, expected a regular file",
        message(() -> InputFile.read(missing, 9)));
    assertEquals(
        folder + ": this is a folder, expected a regular file",
        message(() -> InputFile.read(folder, 9)));
    Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), missing);
    assertEquals(
        nowhere + ": this is a link that leads nowhere, expected a regular file",
        message(() -> InputFile.read(nowhere, 9)));
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "no /dev/zero here");
    Path link = Files.createSymbolicLink(folder.resolve("zero"), device);
    assertEquals(
        link + ": this is a pipe or a device, expected a regular file",
        message(() -> InputFile.read(link, 9)));
    Path pipe = folder.resolve("pipe");
    Process make = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(make.waitFor(10, TimeUnit.SECONDS) && make.exitValue() == 0, "no mkfifo here");
    assertEquals(
        pipe + ": this is a pipe or a device, expected a regular file",
        message(() -> InputFile.read(pipe, 9)));
  }
}
