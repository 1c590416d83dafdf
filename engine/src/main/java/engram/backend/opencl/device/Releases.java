package engram.backend.opencl.device;

import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What must be given back to OpenCL: each thing when the object that holds it is collected, and
 * whatever is left when the backend is closed. Each is released once.
 */
final class Releases implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Set<Cleaner.Cleanable> pending = ConcurrentHashMap.newKeySet();

  /** Runs {@code release} when {@code owner} is unreachable or this is closed. */
  void register(Object owner, Runnable release) {
    Release once = new Release(release, pending);
    Cleaner.Cleanable cleanable = CLEANER.register(owner, once);
    once.self = cleanable;
    pending.add(cleanable);
  }

  /** Releases all that is left. */
  @Override
  public void close() {
    pending.forEach(Cleaner.Cleanable::clean);
  }

  private static final class Release implements Runnable {
    private final Runnable action;
    private final Set<Cleaner.Cleanable> pending;
    private volatile Cleaner.@org.jspecify.annotations.Nullable Cleanable self;

    Release(Runnable action, Set<Cleaner.Cleanable> pending) {
      this.action = action;
      this.pending = pending;
    }

    @Override
    public void run() {
      Cleaner.Cleanable done = self;
      if (done != null) {
        pending.remove(done);
      }
      action.run();
    }
  }
}
