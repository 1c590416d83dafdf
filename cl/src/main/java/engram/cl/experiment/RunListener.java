package engram.cl.experiment;

/** Told what happens during an experiment: progress on a screen, files, trackers. */
@FunctionalInterface
public interface RunListener {

  /** Called in the thread that trains: return soon. */
  void on(RunEvent event);

  /** A listener that tells both, this one first. */
  default RunListener and(RunListener other) {
    return event -> {
      on(event);
      other.on(event);
    };
  }

  /** A listener that nobody hears. */
  static RunListener none() {
    return event -> {};
  }
}
