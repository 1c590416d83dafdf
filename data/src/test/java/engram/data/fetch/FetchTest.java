package engram.data.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.base.FolderLock;
import engram.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {

  private static final String NAME = "GTSRB_Final_Test_GT.zip";

  @TempDir private Path temp;
  private final byte[] content = new byte[300_000];
  private Path folder;
  private UnreliableServer server;
  private Origin.Item item;

  @BeforeEach
  void start() throws IOException, NoSuchAlgorithmException {
    new Random(1).nextBytes(content);
    folder = temp.resolve("data/gtsrb");
    server = new UnreliableServer(NAME, content);
    byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
    item = new Origin.Item(NAME, Optional.of(HexFormat.of().formatHex(md5)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void fetch(Origin.Item wanted, Fetch.Progress progress) {
    new Fetch(server.base(), Duration.ofSeconds(20), Duration.ZERO)
        .fetch(folder, List.of(wanted), progress);
  }

  private void fetch() {
    fetch(item, (file, bytes, total) -> {});
  }

  private Path file() {
    return folder.resolve(NAME);
  }

  private Path part() {
    return folder.resolve(NAME + ".part");
  }

  private void leavePart(byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    Files.write(part(), bytes);
  }

  private void assertWhole() throws IOException {
    assertArrayEquals(content, Files.readAllBytes(file()));
    assertFalse(Files.exists(part()));
  }

  private DataException assertFails() {
    DataException e = assertThrows(DataException.class, this::fetch);
    assertFalse(Files.exists(file()), "a bad file must not take the good name");
    assertTrue(e.getMessage().contains("\n"), "says what to do: " + e.getMessage());
    return e;
  }

  @Test
  void fileArrivesWholeAndProgressEndsAtItsSize() throws IOException {
    List<Long> sizes = new ArrayList<>();
    fetch(
        item,
        (file, bytes, total) -> {
          assertEquals(NAME, file);
          assertEquals(OptionalLong.of(content.length), total);
          sizes.add(bytes);
        });
    assertWhole();
    assertEquals(sizes.stream().sorted().toList(), sizes);
    assertEquals(content.length, sizes.getLast());
    assertEquals(List.of(""), server.ranges);
  }

  /** Both would write one part. */
  @Test
  void anotherWhoFetchesIntoTheSameFolderIsWaitedFor() throws IOException {
    Files.createDirectories(folder);
    try (FolderLock _ = FolderLock.take(folder)) {
      String message = assertFails().getMessage();
      assertTrue(message.contains(folder + " is in use by process "), message);
    }
    fetch();
    assertWhole();
  }

  @Test
  void wholeFileIsNotFetchedAgain() throws IOException {
    fetch();
    List<Long> sizes = new ArrayList<>();
    fetch(item, (file, bytes, total) -> sizes.add(bytes));
    assertEquals(List.of((long) content.length), sizes);
    assertEquals(1, server.ranges.size());
  }

  @Test
  void damagedFileIsFetchedAgain() throws IOException {
    Files.createDirectories(folder);
    Files.write(file(), new byte[10]);
    fetch();
    assertWhole();
  }

  @Test
  void partialFileOfAnEarlierRunIsContinued() throws IOException {
    leavePart(Arrays.copyOf(content, 100_000));
    fetch();
    assertWhole();
    assertEquals(List.of("bytes=100000-"), server.ranges);
  }

  @Test
  void brokenConnectionsAreContinuedAsLongAsEachBringsSomething() throws IOException {
    server.drops.set(10);
    server.bytesBeforeDrop = 20_000;
    fetch();
    assertWhole();
    assertEquals(11, server.ranges.size());
    assertFalse(server.ranges.getLast().isEmpty());
  }

  @Test
  void connectionThatKeepsBreakingIsGivenUpAndTheRestStaysForTheNextRun() throws IOException {
    leavePart(Arrays.copyOf(content, 100_000));
    server.drops.set(Integer.MAX_VALUE);
    DataException e = assertFails();
    assertTrue(
        e.getMessage()
            .startsWith(server.base() + NAME + ": the transfer broke with 100,000 bytes here: "),
        e.getMessage());
    assertTrue(e.getMessage().contains("run the same command again"), e.getMessage());
    assertEquals(100_000, Files.size(part()));
  }

  @Test
  void serverThatIgnoresRangesSendsTheWholeFileAgain() throws IOException {
    server.knowsRanges = false;
    leavePart(Arrays.copyOf(content, 100_000));
    fetch();
    assertWhole();
  }

  @Test
  void serverThatIgnoresRangesAndBreaksEachTimeIsGivenUp() {
    server.knowsRanges = false;
    server.drops.set(Integer.MAX_VALUE);
    server.bytesBeforeDrop = 20_000;
    assertFails();
    assertTrue(server.ranges.size() < 10, server.ranges.toString());
  }

  @Test
  void partialFileThatIsWholeOnlyGetsItsName() throws IOException {
    leavePart(content);
    fetch();
    assertWhole();
    assertEquals(List.of("bytes=300000-"), server.ranges);
  }

  @Test
  void partialFileLongerThanTheServersIsStartedOver() throws IOException {
    leavePart(new byte[content.length + 1]);
    fetch();
    assertWhole();
  }

  @Test
  void wrongContentIsDeletedSoThatTheNextRunStartsOver() throws IOException {
    leavePart(new byte[100_000]); // of some other file
    DataException e = assertFails();
    assertTrue(e.getMessage().contains("its MD5 is "), e.getMessage());
    assertTrue(e.getMessage().contains("expected " + item.md5().orElseThrow()), e.getMessage());
    assertFalse(Files.exists(part()));
    fetch();
    assertWhole();
  }

  @Test
  void fileWithoutPublishedChecksumMustAtLeastBeAZip() {
    item = new Origin.Item(NAME, Optional.empty());
    DataException e = assertFails();
    assertTrue(e.getMessage().contains("what arrived is damaged: not a whole zip"), e.getMessage());
  }

  @Test
  void missingFileIsNotTriedAgain() {
    item = new Origin.Item("other.zip", Optional.empty());
    DataException e = assertFails();
    assertTrue(
        e.getMessage().startsWith(server.base() + "other.zip: the server answers HTTP 404"),
        e.getMessage());
    assertEquals(1, server.ranges.size());
  }

  @Test
  void serverThatIsBusyIsTriedAgain() throws IOException {
    server.status = 503;
    server.refusals.set(2);
    fetch();
    assertWhole();
  }

  @Test
  void serverThatRefusesIsNot() {
    server.status = 403;
    server.refusals.set(9);
    assertTrue(assertFails().getMessage().contains("the server answers HTTP 403"));
    assertEquals(8, server.refusals.get());
  }

  @Test
  void silentServerIsGivenUpAfterAWhile() {
    server.silent = true;
    Fetch fetch = new Fetch(server.base(), Duration.ofMillis(300), Duration.ZERO);
    DataException e =
        assertThrows(
            DataException.class,
            () -> fetch.fetch(folder, List.of(item), (file, bytes, total) -> {}));
    assertTrue(
        e.getMessage().contains("the transfer broke with 1,000 bytes here: nothing came for"),
        e.getMessage());
  }

  @Test
  void unreachableServerIsNamed() {
    server.close();
    assertTrue(
        assertFails().getMessage().startsWith(server.base() + NAME + ": the transfer broke"));
  }

  @Test
  void folderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(temp.resolve("data"), "a file in the way");
    DataException e = assertThrows(DataException.class, this::fetch);
    assertTrue(e.getMessage().startsWith(folder + ": cannot be written"), e.getMessage());
  }
}
