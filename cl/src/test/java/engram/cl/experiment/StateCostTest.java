package engram.cl.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.plugin.Plugins;
import engram.cl.settings.Settings;
import engram.cl.state.Snapshot;
import engram.data.Dataset;
import engram.data.synthetic.GeneratedSigns;
import engram.device.Devices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The time that training waits for states is told, and goes on with the run. */
class StateCostTest {
  private static final Dataset SIGNS = GeneratedSigns.generate(1, new GeneratedSigns.Size(2, 2), 2);
  private static final Settings SETTINGS =
      Settings.of(
          Map.of(
              "strategies", "er",
              "network", "mlp 4 1",
              "tasks", "2,2",
              "class-order", "14,33,12,17",
              "epochs", "1",
              "buffer", "4"),
          false);

  /** A disk that takes its time. */
  private static final class SlowDisk implements StateSink {
    static final long MILLIS = 20;
    final List<Snapshot> states = new ArrayList<>();

    @Override
    public boolean isDue(Duration spent) {
      return true;
    }

    @Override
    public void accept(Snapshot state) {
      states.add(state);
      try {
        Thread.sleep(MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    double seconds() {
      return states.size() * MILLIS / 1e3;
    }
  }

  /** Returns the seconds that the run tells. */
  private static double saving(Optional<StateSink> disk, Optional<Snapshot> from) {
    List<Double> told = new ArrayList<>();
    try (Backend backend = Devices.open("plain", 1, line -> {})) {
      Experiment experiment =
          new Experiment(
              SETTINGS,
              Plugins.NONE,
              SIGNS,
              backend,
              event -> {
                if (event instanceof RunEvent.ExperimentFinished end) {
                  told.add(end.saving());
                }
              },
              new StopRequest(),
              StepWatch.EVERY_TENTH,
              Optional.empty(),
              disk);
      from.ifPresentOrElse(experiment::resume, experiment::run);
    }
    return told.getFirst();
  }

  @Test
  void withoutStatesThereIsNone() {
    assertEquals(0, saving(Optional.empty(), Optional.empty()), 0.01);
  }

  @Test
  void allOfItCountsAlsoThatOfFormerProcesses() {
    SlowDisk disk = new SlowDisk();
    assertTrue(saving(Optional.of(disk), Optional.empty()) >= disk.seconds());
    assertTrue(disk.states.size() > 4, disk.states.size() + " states");
    // The fourth state: three were written before it.
    SlowDisk after = new SlowDisk();
    double both = saving(Optional.of(after), Optional.of(disk.states.get(3)));
    assertTrue(both >= after.seconds() + 3 * SlowDisk.MILLIS / 1e3, "told " + both);
  }
}
