package engram.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Closes a stream on which nothing arrives for too long. {@code HttpClient} times out the headers
 * of a response but not its body, so a silent server would hold its reader for ever.
 */
final class StallGuard implements AutoCloseable {

  private final Semaphore signs = new Semaphore(0);
  private final Thread watcher;
  private volatile boolean cut;

  StallGuard(InputStream stream, Duration patience) {
    watcher = Thread.ofVirtual().start(() -> watch(stream, patience));
  }

  /** Call this whenever something has arrived. */
  void alive() {
    signs.release();
  }

  /** Whether the stream was closed for its silence. */
  boolean hasCut() {
    return cut;
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  private void watch(InputStream stream, Duration patience) {
    try {
      while (signs.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        signs.drainPermits();
      }
      cut = true;
      stream.close();
    } catch (InterruptedException | IOException e) {
      // The transfer is over, one way or the other.
    }
  }
}
