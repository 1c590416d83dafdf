package engram.nn.train;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.Kernel;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.optim.Optimiser;
import engram.op.CustomOp;
import engram.plan.Plan;
import engram.random.CounterRandom;
import java.util.Optional;

/**
 * Has Java compile the kernels of a training step before the first step is taken: until then they
 * are a hundred times as slow. A thread of its own runs each of them on a few made-up images, so
 * that it can be done while data are read. What it trains is a network of its own on a backend of
 * its own: no result changes by it, and nothing of it stays.
 *
 * <p>How soon Java compiles what runs is for the options of the process to say. Where it waits for
 * thousands of calls, as by default, little is gained.
 */
public final class WarmUp implements AutoCloseable {
  /** Enough for each kernel to have tasks, and whole tiles in them. */
  private static final int IMAGES = 4;

  private static final int RUNS = 20;

  /** Training need not wait longer: what is not compiled by then is compiled in its first steps. */
  private static final long LONGEST_NANOS = 8_000_000_000L;

  private final Backend backend;
  private final Optimiser optimiser;
  private final TrainingOptions options;
  private Optional<Thread> thread = Optional.empty();
  private long begun;
  private volatile boolean closed;

  /**
   * A warm-up that has not begun.
   *
   * @param backend on which training is going to run
   */
  public WarmUp(Backend backend, Optimiser optimiser, TrainingOptions options) {
    this.backend = backend;
    this.optimiser = optimiser;
    this.options = options;
  }

  /** Begins, unless it has begun before or there is nothing to compile. */
  public void begin(Sequential layers) {
    if (thread.isEmpty()) {
      begun = System.nanoTime();
      thread = backend.forWarmUp().map(own -> start(layers, own));
    }
  }

  private Thread start(Sequential layers, Backend own) {
    Thread runner = new Thread(() -> run(layers, own), "engram-warm-up");
    runner.setDaemon(true);
    runner.start();
    return runner;
  }

  /** Waits for its end, or until it has taken so long that training is better begun. */
  public void finish() {
    if (thread.isPresent()) {
      long left = LONGEST_NANOS - (System.nanoTime() - begun);
      try {
        thread.get().join(Math.max(1, left / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    close();
  }

  /** Ends it after the kernel that is running. */
  @Override
  public void close() {
    closed = true;
  }

  private void run(Sequential layers, Backend own) {
    try (own) {
      Network network = Network.create(layers, own, 0);
      TrainingStep step =
          new Trainer(network, Objective.crossEntropy(), optimiser, options).step(IMAGES);
      fill(step.inputs());
      run(step.plan());
      Inference.Batch inference = new Inference(network, options).batch(IMAGES);
      fill(inference.inputs());
      run(inference.plan());
    } catch (RuntimeException | Error e) {
      // Training is going to meet it, too, and its message is the one to be read.
      closed = true;
    }
  }

  private static void fill(Buffer inputs) {
    CounterRandom random = CounterRandom.of(0, "warm-up");
    float[] values = new float[inputs.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(i) - 0.5f;
    }
    inputs.write(values);
  }

  /** Runs the steps in order, each several times at once: so it is soon compiled. */
  private void run(Plan plan) {
    for (int i = 0; i < plan.steps().size(); i++) {
      // What somebody else wrote is run no more often than they ask for.
      if (plan.steps().get(i).op() instanceof CustomOp) {
        continue;
      }
      Kernel kernel = plan.kernel(i);
      for (int run = 0; run < RUNS && !closed; run++) {
        kernel.run();
      }
    }
  }
}
