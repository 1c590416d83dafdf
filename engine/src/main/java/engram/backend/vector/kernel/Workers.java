package engram.backend.vector.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed team of threads that runs the numbered tasks of a kernel. The caller of {@link #run} is
 * worker 0; the others wait for the next run, spinning a few microseconds and then parked, so that
 * an idle team costs nothing.
 *
 * <p>Which worker runs which task is left to chance; results must not depend on it. A run allocates
 * nothing. One run at a time: a second caller waits, and a task that starts a run is refused.
 * Kernels of one team share working memory: run them from one thread at a time.
 */
public final class Workers implements AutoCloseable {
  /** A piece of work that is cut into numbered tasks. */
  @FunctionalInterface
  public interface Task {
    /**
     * Runs one task.
     *
     * @param index number of the task, from 0
     * @param worker number of the worker that runs it, from 0: picks its scratch memory
     */
    void run(int index, int worker);
  }

  /** Most workers a team may have. */
  public static final int MAX = 64;

  private static final long SPIN_NANOS = 40_000;
  private static final Task NOTHING = (index, worker) -> {};
  private static final long COUNT_MASK = 0xFFFF_FFFFL;

  private final Helper[] helpers;
  private final Scratch scratch;
  private final long spinNanos;

  /** Number of the run in the high half, tasks not yet claimed in the low half. */
  private final AtomicLong tickets = new AtomicLong();

  /** Tasks of the present run that have not finished. */
  private final AtomicInteger unfinished = new AtomicInteger();

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  // The next two are written before a run is published in tickets and are stable until it is done.
  private Task task = NOTHING;
  private int tasks;
  private Thread caller = Thread.currentThread();
  private volatile boolean callerParked;
  private boolean running;
  private volatile boolean closed;

  /**
   * Starts a team.
   *
   * @param size number of workers with the caller, 1 to {@value #MAX}
   */
  public Workers(int size) {
    if (size < 1 || size > MAX) {
      throw new IllegalArgumentException("workers: size is " + size + ", expected 1 to " + MAX);
    }
    // With more workers than processors, a spinning one would hold up one that has work.
    spinNanos = size <= Runtime.getRuntime().availableProcessors() ? SPIN_NANOS : 0;
    scratch = new Scratch(size);
    helpers = new Helper[size - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
      helpers[i].start();
    }
  }

  /** Number of workers, the caller of {@link #run} included. */
  public int size() {
    return helpers.length + 1;
  }

  /** Working memory of the kernels that run on this team. */
  Scratch scratch() {
    return scratch;
  }

  /**
   * Runs tasks {@code 0 .. count - 1}, each once, and returns when all are done.
   *
   * @throws RuntimeException or {@link Error}, the first that a task threw; tasks not yet started
   *     by then are left out
   */
  public void run(int count, Task work) {
    if (Thread.currentThread() instanceof Helper helper && helper.team() == this) {
      throw nested();
    }
    synchronized (this) {
      if (running) {
        throw nested();
      }
      if (closed) {
        throw new IllegalStateException("workers: the team is closed");
      }
      running = true;
      try {
        if (helpers.length > 0 && count > 1) {
          runShared(count, work);
        } else {
          for (int i = 0; i < count; i++) {
            work.run(i, 0);
          }
        }
      } finally {
        running = false;
      }
    }
  }

  private static IllegalStateException nested() {
    return new IllegalStateException("workers: a task must not start a run of its own team");
  }

  private void runShared(int count, Task work) {
    task = work;
    tasks = count;
    caller = Thread.currentThread();
    unfinished.set(count);
    long runNumber = (tickets.get() >>> 32) + 1;
    tickets.set(runNumber << 32 | count);
    int wanted = Math.min(helpers.length, count - 1);
    for (int i = 0; i < wanted; i++) {
      if (helpers[i].parked) {
        LockSupport.unpark(helpers[i]);
      }
    }
    claimTasks(0);
    awaitFinish();
    task = NOTHING;
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void awaitFinish() {
    long start = System.nanoTime();
    while (unfinished.get() > 0) {
      if (System.nanoTime() - start < spinNanos) {
        Thread.onSpinWait();
      } else {
        callerParked = true;
        if (unfinished.get() > 0) {
          LockSupport.park(this);
        }
        callerParked = false;
      }
    }
  }

  private boolean hasTickets() {
    return (tickets.get() & COUNT_MASK) != 0;
  }

  /** Claims and runs tasks until none is left. */
  private void claimTasks(int worker) {
    while (true) {
      long ticket = tickets.get();
      long left = ticket & COUNT_MASK;
      if (left == 0) {
        return;
      }
      // The run's number in the ticket makes a late claim on an earlier run fail.
      if (tickets.compareAndSet(ticket, ticket - 1)) {
        // The run lasts at least until this task is finished: its fields may be read now.
        Thread waiting = caller;
        try {
          if (failure.get() == null) {
            task.run(tasks - (int) left, worker);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          if (unfinished.decrementAndGet() == 0 && callerParked) {
            LockSupport.unpark(waiting);
          }
        }
      }
    }
  }

  /** Ends the threads. Closing twice is allowed. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private final class Helper extends Thread {
    private final int worker;
    private volatile boolean parked;

    Helper(int worker) {
      super("engram-worker-" + worker);
      this.worker = worker;
      setDaemon(true);
    }

    Workers team() {
      return Workers.this;
    }

    @Override
    public void run() {
      while (!closed) {
        claimTasks(worker);
        awaitTickets();
      }
    }

    private void awaitTickets() {
      long start = System.nanoTime();
      while (!hasTickets() && !closed) {
        if (System.nanoTime() - start < spinNanos) {
          Thread.onSpinWait();
        } else {
          parked = true;
          if (!hasTickets() && !closed) {
            LockSupport.park(Workers.this);
          }
          parked = false;
        }
      }
    }
  }
}
