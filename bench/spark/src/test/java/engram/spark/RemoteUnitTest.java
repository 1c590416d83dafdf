package engram.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.sweep.DoneMark;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> String.valueOf(each.getFileName())).toList();
    }
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
    lost.take();
    write("config.yaml", "a: 1");
    try (StateCopies _ = StateCopies.begin(here, lost, new StopRequest())) {
      write("report/classes.csv", "x");
      write("state/000001.safetensors", "first");
      await(there.resolve("state/000001.safetensors"));
      write("state/000002.safetensors", "second");
      await(there.resolve("state/000002.safetensors"));
    }
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    RemoteUnit next = remote();
    assertTrue(next.finished().isEmpty());
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
    RemoteUnit remote = remote();
    remote.take();
    remote.push(here);
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    assertFalse(remote().fetch(elsewhere));
    assertEquals(List.of(), files(elsewhere));
  }

  @Test
  void aFinishedUnitIsThereAsItIsHere() throws IOException {
    RemoteUnit remote = remote();
    remote.take();
    write("metrics.csv", "1");
    write("state/000001.safetensors", "first");
    remote.push(here);
    Files.delete(here.resolve("state/000001.safetensors"));
    Files.delete(here.resolve("state"));
    write("metrics.csv", "2");
    write(DoneMark.FILE, "{}");
    remote.push(here);
    assertTrue(remote().finished().isPresent());
    assertEquals(files(here), files(there));
    assertEquals("2", Files.readString(there.resolve("metrics.csv")));
    assertFalse(Files.exists(there.resolve("state")));
  }

  /** One that its driver lost may go on for a while. */
  @Test
  void anExecutorWhoseUnitAnotherHasWritesNothingMore() throws Exception {
    RemoteUnit lost = remote();
    lost.take();
    write("metrics.csv", "1");
    lost.push(here);
    RemoteUnit next = remote();
    next.take();
    write("metrics.csv", "2");
    assertThrows(RemoteUnit.TakenOver.class, () -> lost.push(here));
    assertEquals("1", Files.readString(there.resolve("metrics.csv")));
    StopRequest stop = new StopRequest();
    try (StateCopies _ = StateCopies.begin(here, lost, stop)) {
      write("state/000001.safetensors", "first");
      while (!stop.isMade()) {
        Thread.sleep(20);
      }
    }
    write(DoneMark.FILE, "{}");
    next.push(here);
    assertThrows(RemoteUnit.TakenOver.class, () -> lost.push(here), "it is finished");
    assertTrue(remote().finished().isPresent());
    assertEquals(List.of(HASH), names(there.getParent()));
  }

  @Test
  void aFinishedUnitIsNotTakenAgain() throws IOException {
    RemoteUnit first = remote();
    assertTrue(first.take());
    write(DoneMark.FILE, "{}");
    first.push(here);
    assertFalse(remote().take());
    assertEquals(List.of(HASH), names(there.getParent()));
  }

  @Test
  void aFileThatIsMissedOnceAndSeenAgainIsCopiedAgain() throws IOException {
    RemoteUnit remote = remote();
    remote.take();
    write("config.yaml", "a: 1");
    write("metrics.csv", "1");
    remote.push(here);
    Path aside = Files.move(here.resolve("metrics.csv"), temp.resolve("aside"));
    remote.push(here);
    Files.move(aside, here.resolve("metrics.csv"));
    remote.push(here);
    assertEquals("1", Files.readString(there.resolve("metrics.csv")));
  }

  /** The run writes each file as a part and renames it, also while its folder is looked through. */
  @Test
  void aPartThatVanishesIsAReasonToLookAgain() throws Exception {
    for (int i = 0; i < 100; i++) {
      write("pictures/%d.png".formatted(i), "x");
    }
    RemoteUnit remote = remote();
    remote.take();
    AtomicBoolean end = new AtomicBoolean();
    CompletableFuture<Void> run = CompletableFuture.runAsync(() -> writeUntil(end));
    for (int i = 0; i < 20; i++) {
      try {
        remote.push(here);
      } catch (NoSuchFileException atTheNextLook) {
        assertTrue(Files.exists(there));
      }
    }
    end.set(true);
    run.join();
    remote.push(here);
    assertEquals(files(here), files(there));
  }

  private void writeUntil(AtomicBoolean end) {
    try {
      while (!end.get()) {
        write("metrics.csv", "1");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
