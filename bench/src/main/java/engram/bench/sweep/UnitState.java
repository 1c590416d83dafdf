package engram.bench.sweep;

import java.util.Optional;

/** How far a unit is. */
public sealed interface UnitState {

  /**
   * All of it is on disk; it is never run again.
   *
   * @param seconds that it took since it was begun, or gone on with for the last time
   * @param diverged what became of its training, if that is why it has no figures: the same would
   *     become of it again
   */
  record Finished(double seconds, Optional<String> diverged) implements UnitState {}

  /**
   * Somebody runs it now.
   *
   * @param owner who, such as {@code process 4711 on node3}
   */
  record Running(String owner) implements UnitState {}

  /** It was begun, and goes on from its last state. */
  record Interrupted() implements UnitState {}

  /**
   * It failed, and is tried again if that was not yet {@link SweepFolder#MOST_TRIES} times.
   *
   * @param error of the last time
   * @param tries how often
   */
  record Failed(String error, int tries) implements UnitState {
    /** Whether it is not tried again by itself. */
    public boolean isBroken() {
      return tries >= SweepFolder.MOST_TRIES;
    }
  }

  /** Nobody has begun it. */
  record Waiting() implements UnitState {}

  /** Whether nobody will run it any more. */
  default boolean isOver() {
    return this instanceof Finished || this instanceof Failed failed && failed.isBroken();
  }

  /** One word for a table. */
  default String word() {
    return switch (this) {
      case Finished end -> end.diverged().isPresent() ? "diverged" : "finished";
      case Running _ -> "running";
      case Interrupted _ -> "interrupted";
      case Failed failed -> failed.isBroken() ? "broken" : "failed";
      case Waiting _ -> "waiting";
    };
  }
}
