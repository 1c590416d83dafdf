package engram.bench.track;

import java.io.IOException;
import java.util.Map;

/**
 * A place where runs can be followed. For each run: {@link #begin}, any number of scalars and
 * images, {@link #finish}; then the next run may begin. All calls come from one thread, which is
 * not the one that trains.
 *
 * <p>An {@link IOException} means that nothing more can be delivered there; its message is for
 * people and holds no secret.
 */
interface Tracker {

  /** A run begins; its config is sent along. */
  void begin(TrackedRun run) throws IOException;

  /**
   * Figures of one moment.
   *
   * @param values by name, such as {@code train/ce} or {@code test/accuracy}
   */
  void scalars(Moment at, Map<String, Double> values) throws IOException;

  /**
   * A picture.
   *
   * @param name such as {@code confusion}
   */
  void image(Moment at, String name, Picture picture) throws IOException;

  /** The run is over. */
  void finish(Outcome outcome) throws IOException;
}
