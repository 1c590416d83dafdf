package engram.backend.vector.run;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads that runs the numbered tasks of a kernel. The caller of {@link #run} is
 * worker 0; the others wait for the next run, spinning a few microseconds and then parked, so that
 * an idle team costs nothing.
 *
 * <p>A worker starts with its own share, neighbouring tasks and the same ones in every run of as
 * many tasks: what it wrote in one kernel it finds in its own cache in the next. Then it takes what
 * others have left, so that which worker runs which task is left to chance after all; results must
 * not depend on it. A run allocates nothing. One run at a time: a second caller waits, and a task
 * that starts a run is refused. Kernels of one team share working memory: run them from one thread
 * at a time.
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

  /** Longs from one worker's tickets to the next one's, so that each has cache lines of its own. */
  private static final int APART = 16;

  /** For each worker: number of the run in the high half, its tasks not yet claimed in the low. */
  private final AtomicLongArray tickets;

  /** Number of the latest run, written when its tickets are. */
  private volatile int latest;

  /** Tasks of the present run that have not finished. */
  private final AtomicInteger unfinished = new AtomicInteger();

  /**
   * The first that a task of the present run threw, or of which a helper died. Set without anything
   * that the runtime would have to load or link first: it may be that memory has run out.
   */
  private volatile @Nullable Throwable failure;

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
    tickets = new AtomicLongArray((size + 1) * APART);
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
  public Scratch scratch() {
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
    int run = latest + 1;
    for (int worker = 0; worker < size(); worker++) {
      int share = firstTask(worker + 1) - firstTask(worker);
      tickets.set(ticketsOf(worker), (long) run << 32 | share);
    }
    latest = run;
    int wanted = Math.min(helpers.length, count - 1);
    for (int i = 0; i < wanted; i++) {
      if (helpers[i].parked) {
        LockSupport.unpark(helpers[i]);
      }
    }
    claimTasks(0, run);
    awaitFinish();
    task = NOTHING;
    Throwable thrown = takeFailure();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private @Nullable Throwable takeFailure() {
    synchronized (tickets) {
      Throwable thrown = failure;
      failure = null;
      return thrown;
    }
  }

  private void failed(Throwable e) {
    synchronized (tickets) {
      if (failure == null) {
        failure = e;
      }
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

  /** First task of a worker's share; shares differ by one task at most. */
  private int firstTask(int worker) {
    return worker * (tasks / size()) + Math.min(worker, tasks % size());
  }

  private static int ticketsOf(int worker) {
    return (worker + 1) * APART;
  }

  /** Claims and runs tasks of a run, first of the worker's own share, until none is left. */
  private void claimTasks(int worker, int run) {
    for (int i = 0; i < size(); i++) {
      int owner = worker + i;
      claimShare(owner < size() ? owner : owner - size(), worker, run);
    }
  }

  private void claimShare(int owner, int worker, int run) {
    while (true) {
      long ticket = tickets.get(ticketsOf(owner));
      long left = ticket & COUNT_MASK;
      // The run's number in the ticket makes a late claim on an earlier run fail.
      if (left == 0 || (int) (ticket >>> 32) != run) {
        return;
      }
      if (tickets.compareAndSet(ticketsOf(owner), ticket, ticket - 1)) {
        // The run lasts at least until this task is finished: its fields may be read now.
        Thread waiting = caller;
        try {
          if (failure == null) {
            task.run(firstTask(owner + 1) - (int) left, worker);
          }
        } catch (RuntimeException | Error e) {
          failed(e);
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
      int seen = 0;
      try {
        while (!closed) {
          seen = awaitRunAfter(seen);
          claimTasks(worker, seen);
        }
      } catch (RuntimeException | Error e) {
        failed(e); // outside of any task: the caller hears of it after this run or the next
      }
    }

    /** Waits until the latest run is another than the one seen last, and returns its number. */
    private int awaitRunAfter(int seen) {
      long start = System.nanoTime();
      while (latest == seen && !closed) {
        if (System.nanoTime() - start < spinNanos) {
          Thread.onSpinWait();
        } else {
          parked = true;
          if (latest == seen && !closed) {
            LockSupport.park(Workers.this);
          }
          parked = false;
        }
      }
      return latest;
    }
  }
}
