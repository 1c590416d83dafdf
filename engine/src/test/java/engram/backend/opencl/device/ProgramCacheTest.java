package engram.backend.opencl.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jocl.CL;
import org.jocl.cl_program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs kept as binaries: a second session takes them, and never a damaged one. */
@Tag("device")
@Timeout(300)
class ProgramCacheTest {
  private static final String SOURCE = "kernel void twice(global float* x) { x[0] *= K; }";

  @TempDir private Path folder;

  /** How many programs a session compiles that needs one program. */
  private int compiled(OpenClDevice device, String constants) {
    try (Session session =
        new Session(device, Optional.of(new ProgramCache(folder.resolve("new"))))) {
      cl_program program = session.programs().build("twice.cl", SOURCE, constants);
      CL.clReleaseKernel(CL.clCreateKernel(program, "twice", null)); // fails if it is not whole
      CL.clReleaseProgram(program);
      return session.programs().compiled();
    }
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), "files are whole or not there");
      return all.getFirst();
    }
  }

  @Test
  void theSecondSessionCompilesNothing() throws IOException {
    OpenClDevice device = AnyDevice.orSkip();
    assertEquals(1, compiled(device, "-DK=2"));
    assertTrue(Files.size(onlyFile()) > 32);
    assertEquals(0, compiled(device, "-DK=2"));
    assertEquals(1, compiled(device, "-DK=3"), "other constants, another program");
  }

  @Test
  void whatIsDamagedIsBuiltAnewAndKeptAgain() throws IOException {
    OpenClDevice device = AnyDevice.orSkip();
    compiled(device, "-DK=2");
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    for (int at : new int[] {0, 31, 32, whole.length / 2, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertEquals(1, compiled(device, "-DK=2"), "byte " + at);
      assertEquals(0, compiled(device, "-DK=2"), "mended after byte " + at);
    }
    for (int length : new int[] {0, 1, 32, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertEquals(1, compiled(device, "-DK=2"), length + " bytes");
    }
  }

  @Test
  void aBinaryThatTheDriverRefusesIsBuiltAnew() throws IOException {
    OpenClDevice device = AnyDevice.orSkip();
    compiled(device, "-DK=2");
    new ProgramCache(folder).write(onlyFile(), new byte[] {1, 2, 3}); // sealed, but no program
    assertEquals(1, compiled(device, "-DK=2"));
    assertEquals(0, compiled(device, "-DK=2"));
  }

  @Test
  void aFolderThatCannotBeMadeCostsOnlyTime() throws IOException {
    OpenClDevice device = AnyDevice.orSkip();
    Files.writeString(folder.resolve("new"), "a file where the folder should be");
    assertEquals(1, compiled(device, "-DK=2"));
    assertEquals(1, compiled(device, "-DK=2"));
  }

  @Test
  void theNameOfAFileSaysAllThatDecidesWhatIsBuilt() {
    OpenClDevice device = AnyDevice.orSkip();
    ProgramCache cache = new ProgramCache(folder);
    OpenClDevice newer = withDriver(device, device.driver() + ".1");
    Path file = cache.file(device, SOURCE, "-DK=2");
    assertEquals(file, cache.file(device, SOURCE, "-DK=2"));
    assertNotEquals(file, cache.file(device, SOURCE, "-DK=3"));
    assertNotEquals(file, cache.file(device, SOURCE + " ", "-DK=2"));
    assertNotEquals(file, cache.file(newer, SOURCE, "-DK=2"));
  }

  /** A file under another's name has the right digest of its bytes, and is still not believed. */
  @Test
  void aFileUnderAnotherNameIsNotTaken() throws IOException {
    ProgramCache cache = new ProgramCache(folder);
    cache.write(folder.resolve("a.bin"), new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {1, 2, 3}, cache.read(folder.resolve("a.bin")).orElseThrow());
    Files.copy(folder.resolve("a.bin"), folder.resolve("b.bin"));
    assertEquals(Optional.empty(), cache.read(folder.resolve("b.bin")));
    assertEquals(Optional.empty(), cache.read(folder.resolve("missing.bin")));
  }

  private static OpenClDevice withDriver(OpenClDevice d, String driver) {
    return AnyDevice.changed(d, driver, d.computeUnits());
  }
}
