package engram.spark;

import engram.bench.record.StateFiles;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While a unit runs, copies its folder to where the sweep lies after each state that it writes. */
final class StateCopies implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;

  private final Path local;
  private final RemoteUnit remote;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread;
  private final StopRequest stop;
  private Optional<Path> last;

  private StateCopies(Path local, RemoteUnit remote, StopRequest stop) throws IOException {
    this.local = local;
    this.remote = remote;
    this.stop = stop;
    last = newest();
    thread = Thread.ofPlatform().daemon().name("copies of states").unstarted(this::copy);
  }

  /**
   * Begins.
   *
   * @param local folder of the unit
   * @param stop made where another executor has the unit now
   */
  static StateCopies begin(Path local, RemoteUnit remote, StopRequest stop) throws IOException {
    StateCopies copies = new StateCopies(local, remote, stop);
    copies.thread.start();
    return copies;
  }

  private void copy() {
    try {
      while (!end.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        copyIfNew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A copy that fails ends no training; it is made again at the next look. */
  private void copyIfNew() {
    try {
      Optional<Path> now = newest();
      if (now.isPresent() && !now.equals(last)) {
        remote.push(local);
        last = now;
      }
    } catch (RemoteUnit.TakenOver e) {
      stop.make();
    } catch (IOException e) {
      System.err.println("engram: no copy of the state yet: " + e.getMessage());
    }
  }

  private Optional<Path> newest() throws IOException {
    List<Path> states = StateFiles.in(local);
    return states.isEmpty() ? Optional.empty() : Optional.of(states.getLast());
  }

  /** Returns when no copy is being made any more. */
  @Override
  public void close() {
    end.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
