package engram.bench.sweep;

import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Carries out one unit in a folder. Whatever spreads units over threads, processes or machines
 * calls this one; so a unit has the same bytes everywhere.
 */
public interface UnitRunner {

  /** How it ended. */
  enum Outcome {
    /** Carried out to its end; whether its training diverged is in its folder. */
    FINISHED,
    /** It was asked to stop, and left a state to go on from. */
    INTERRUPTED
  }

  /**
   * Runs a unit, or goes on with it where the folder holds a state of it.
   *
   * @param folder of the unit alone; created where it is missing
   * @param threads to compute with; they change no result
   * @param stop looked at after each batch
   * @param events is told what happens, in the thread that calls this
   * @throws IOException if the unit fails, as any unchecked exception says, too
   */
  Outcome run(SweepUnit unit, Path folder, int threads, StopRequest stop, Consumer<RunEvent> events)
      throws IOException;
}
