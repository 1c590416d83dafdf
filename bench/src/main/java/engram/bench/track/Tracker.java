package engram.bench.track;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A place where runs can be followed: opened for one run, told any number of scalars and images,
 * finished. All calls come from one thread, which is not the one that trains.
 *
 * <p>An {@link IOException} means that nothing more can be delivered there; its message is for
 * people and holds no secret.
 */
interface Tracker {

  /** Begins a run there; its config is sent along. */
  @FunctionalInterface
  interface Opening {
    Tracker begin(TrackedRun run) throws IOException;
  }

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

  /**
   * The report as the run leaves it.
   *
   * @param name in the run folder
   * @param page HTML
   * @return a line for a person where it went elsewhere than it should
   */
  Optional<String> report(String name, byte[] page) throws IOException;

  /** The run is over. */
  void finish(Outcome outcome) throws IOException;
}
