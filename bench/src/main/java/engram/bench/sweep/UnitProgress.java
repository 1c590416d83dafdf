package engram.bench.sweep;

import engram.cl.experiment.EpochId;
import engram.cl.experiment.RunEvent;
import engram.cl.result.StrategySummary;
import java.util.Locale;
import java.util.Optional;

/** What the events of a unit's run say of how far it is; other engines send it on. */
public final class UnitProgress {
  private UnitProgress() {}

  /** The share of all training that is done, from 0 to 1. */
  public static double share(RunEvent.EpochProgress progress) {
    EpochId id = progress.id();
    double ofEpoch = (double) progress.images() / Math.max(1, progress.totalImages());
    double ofTask = (id.epoch() + ofEpoch) / id.epochs();
    return (id.task() + ofTask) / id.tasks();
  }

  /** What was reached, such as {@code accuracy 81.2 %}; nothing where training diverged. */
  public static Optional<String> reached(RunEvent.ExperimentFinished end) {
    return StrategySummary.of(end.runs()).stream()
        .findFirst()
        .map(unit -> String.format(Locale.ROOT, "accuracy %.1f %%", unit.finalAccuracy().mean()));
  }
}
