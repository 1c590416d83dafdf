package engram.bench.live;

import engram.cl.experiment.StepProbe;
import engram.cl.experiment.StopRequest;

/** Holds the training between two steps while somebody looks. */
final class LiveControl implements StepProbe {
  /** A stop by the keyboard wakes nobody: it is looked for so often, in milliseconds. */
  private static final long LOOK = 50;

  private final StopRequest stop;
  private boolean paused;
  private int granted;

  LiveControl(StopRequest stop) {
    this.stop = stop;
  }

  /** Holds the training after the step under way. */
  synchronized void hold() {
    paused = true;
    granted = 0;
  }

  /** Lets one step pass; a training that runs is held after the next. */
  synchronized void step() {
    if (paused) {
      granted++;
    }
    paused = true;
    notifyAll();
  }

  /** Lets the training go on. */
  synchronized void go() {
    paused = false;
    granted = 0;
    notifyAll();
  }

  synchronized boolean isPaused() {
    return paused;
  }

  /** Where every step is looked at, every step is measured. */
  @Override
  public synchronized boolean asks() {
    return paused;
  }

  @Override
  public synchronized void pause() {
    try {
      while (paused && granted == 0 && !stop.isMade()) {
        wait(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      paused = false;
    }
    if (granted > 0) {
      granted--;
    }
  }
}
