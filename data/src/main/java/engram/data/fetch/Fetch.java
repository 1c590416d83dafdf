package engram.data.fetch;

import engram.base.EnvironmentProxy;
import engram.base.FolderLock;
import engram.base.Reason;
import engram.base.WholeFile;
import engram.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipFile;

/**
 * Downloads the files of an {@link Origin}. What stopped half way goes on where it stopped, also in
 * a later run; a file takes its final name only when it is whole and its checksum is right.
 */
public final class Fetch {

  /** Told how far a file is. */
  @FunctionalInterface
  public interface Progress {

    /**
     * Called after each piece that arrives, and once with the full size for a file that was there
     * already.
     *
     * @param file name of the file
     * @param bytes bytes of it now on disk
     * @param total its size, if the server tells
     */
    void at(String file, long bytes, OptionalLong total);
  }

  private final URI base;
  private final Duration stall;
  private final Duration pause;

  /**
   * Fetches from {@code base}, an {@code http} or {@code https} address that ends in a slash: an
   * origin's or a mirror's.
   */
  public Fetch(URI base) {
    this(base, Duration.ofSeconds(30), Duration.ofSeconds(2));
  }

  /**
   * As above.
   *
   * @param stall time without a byte after which a connection counts as broken
   * @param pause time before a broken one is tried again
   */
  Fetch(URI base, Duration stall, Duration pause) {
    this.base = base;
    this.stall = stall;
    this.pause = pause;
  }

  /**
   * Brings {@code items} into {@code folder}, leaving alone those that are there and whole.
   *
   * @throws DataException if the server, the network or the disk refuses, if another process
   *     fetches into the folder, or if a checksum is wrong
   */
  public void fetch(Path folder, List<Origin.Item> items, Progress progress) {
    HttpClient client =
        client().connectTimeout(stall).followRedirects(HttpClient.Redirect.NORMAL).build();
    try {
      Files.createDirectories(folder);
      for (Origin.Item item : items) {
        fetch(client, folder, item, progress);
      }
    } catch (FolderLock.InUse e) {
      throw new DataException(
          base.toString(),
          String.valueOf(e.getMessage()),
          "Wait until it ends: what it brings need not be fetched twice",
          e);
    } catch (IOException e) {
      throw new DataException(
          folder.toString(),
          "cannot be written: " + Reason.of(e),
          "Check that the folder is yours and the disk is not full.",
          e);
    } finally {
      client.shutdownNow();
    }
  }

  private HttpClient.Builder client() {
    try {
      return EnvironmentProxy.client(System.getenv());
    } catch (IllegalArgumentException e) {
      throw new DataException(
          base.toString(), String.valueOf(e.getMessage()), "Correct the variable, or unset it", e);
    }
  }

  private void fetch(HttpClient client, Path folder, Origin.Item item, Progress progress)
      throws IOException {
    Path file = folder.resolve(item.name());
    if (Files.isRegularFile(file) && fault(file, item).isEmpty()) {
      long size = Files.size(file);
      progress.at(item.name(), size, OptionalLong.of(size));
      return;
    }
    // Whoever fetches goes on with the same part: two at once would mix in it.
    try (FolderLock _ = FolderLock.take(folder)) {
      download(client, folder, item, progress);
    }
  }

  private void download(HttpClient client, Path folder, Origin.Item item, Progress progress)
      throws IOException {
    Path file = folder.resolve(item.name());
    Path part = folder.resolve(item.name() + ".part");
    URI address = base.resolve(item.name());
    new Download(client, address, part, stall, pause)
        .run((bytes, total) -> progress.at(item.name(), bytes, total));
    Optional<String> fault = fault(part, item);
    if (fault.isPresent()) {
      Files.delete(part);
      throw new DataException(
          address.toString(),
          "what arrived is damaged: " + fault.get(),
          "It has been deleted: run the same command again");
    }
    WholeFile.publish(part, file);
  }

  /** What is wrong with a file; where no checksum is published, it must at least open as a zip. */
  private static Optional<String> fault(Path file, Origin.Item item) throws IOException {
    if (item.md5().isPresent()) {
      String md5 = md5(file);
      return md5.equals(item.md5().get())
          ? Optional.empty()
          : Optional.of("its MD5 is %s, expected %s".formatted(md5, item.md5().get()));
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.size() > 0 ? Optional.empty() : Optional.of("an empty zip");
    } catch (IOException e) {
      return Optional.of("not a whole zip: " + e.getMessage());
    }
  }

  private static String md5(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("MD5"))) {
      byte[] buffer = new byte[1 << 16];
      while (in.read(buffer) >= 0) {
        // The stream itself feeds the digest.
      }
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
