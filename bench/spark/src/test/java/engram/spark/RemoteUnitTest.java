package engram.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.sweep.DoneMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors come and go; what they copied to where the sweep lies stays. */
class RemoteUnitTest {
  private static final String HASH = "0123456789ab";

  @TempDir Path temp;
  private Path here = Path.of("");
  private Path there = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    here = Files.createDirectory(temp.resolve("here"));
    there = temp.resolve("sweep/units").resolve(HASH);
  }

  /** As a new executor sees it. */
  private RemoteUnit remote() throws IOException {
    return RemoteSweep.at(temp.resolve("sweep").toUri().toString(), new Configuration()).unit(HASH);
  }

  private void write(String name, String text) throws IOException {
    Path file = here.resolve(name);
    Files.createDirectories(file.getParent());
    Path part = Files.writeString(here.resolve(".x.part"), text);
    Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aLostExecutorsUnitGoesOnElsewhereFromItsLastState() throws Exception {
    RemoteUnit lost = remote();
    write("config.yaml", "a: 1");
    try (StateCopies _ = StateCopies.begin(here, lost)) {
      write("report/classes.csv", "x");
      write("state/000001.safetensors", "first");
      await(there.resolve("state/000001.safetensors"));
      write("state/000002.safetensors", "second");
      await(there.resolve("state/000002.safetensors"));
    }
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    RemoteUnit next = remote();
    assertFalse(next.isFinished());
    assertTrue(next.fetch(elsewhere));
    assertEquals(files(here), files(elsewhere));
    assertEquals("second", Files.readString(elsewhere.resolve("state/000002.safetensors")));
  }

  private static void await(Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      Thread.sleep(20);
    }
  }

  @Test
  void withoutAStateAUnitBeginsAnew() throws IOException {
    write("config.yaml", "a: 1");
    remote().push(here);
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    assertFalse(remote().fetch(elsewhere));
    assertEquals(List.of(), files(elsewhere));
  }

  @Test
  void aFinishedUnitIsThereAsItIsHere() throws IOException {
    RemoteUnit remote = remote();
    write("metrics.csv", "1");
    write("state/000001.safetensors", "first");
    remote.push(here);
    Files.delete(here.resolve("state/000001.safetensors"));
    Files.delete(here.resolve("state"));
    write("metrics.csv", "2");
    write(DoneMark.FILE, "{}");
    remote.push(here);
    assertTrue(remote().isFinished());
    assertEquals(files(here), files(there));
    assertEquals("2", Files.readString(there.resolve("metrics.csv")));
    assertFalse(Files.exists(there.resolve("state")));
  }
}
