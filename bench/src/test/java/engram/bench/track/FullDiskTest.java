package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk leaves that takes new names but no bytes: an interrupt fails a write as it does. */
class FullDiskTest {
  @TempDir Path temp;

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(temp)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void assertLeavesNothing(Tracker.Opening opening) throws IOException {
    Thread.currentThread().interrupt();
    try {
      assertThrows(IOException.class, () -> opening.begin(Samples.run()));
    } finally {
      assertTrue(Thread.interrupted(), "the write was not interrupted");
    }
    assertEquals(List.of(), files());
    // The next try, when there is room, begins anew.
    opening.begin(Samples.run()).scalars(Samples.after(1, 1), Map.of("train/ce", 0.5));
    assertEquals(1, files().size());
  }

  @Test
  void tensorBoardLeavesNoEmptyFile() throws IOException {
    assertLeavesNothing(run -> new TensorBoard(temp, run));
    assertEquals(4, Decoders.events(files().getFirst()).size());
  }

  @Test
  void wandbLeavesNoEmptyFile() throws IOException {
    WandbProject project = new WandbProject(Optional.empty(), "signs");
    assertLeavesNothing(run -> new WandbFolder(temp, project, run));
    assertEquals(6, Decoders.wandb(files().getFirst()).size());
  }
}
