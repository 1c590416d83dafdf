package engram.bench.step;

import engram.backend.Backend;
import engram.bench.run.Moment;
import engram.bench.run.OpenRun;
import engram.bench.run.RunData;
import engram.cl.experiment.RunEvent;
import engram.cl.state.Snapshot;
import engram.data.Dataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A step of a run, made again from the nearest state before it.
 *
 * @param screen shows how training goes
 * @param notice takes lines that a person should see
 */
record FormerStep(Moment moment, Consumer<RunEvent> screen, Consumer<String> notice)
    implements StepSource {

  @Override
  public Glass look(Backend backend) throws IOException {
    Dataset dataset = RunData.open(moment.config(), notice);
    Optional<Snapshot> state = moment.stateBefore(moment.open(dataset), backend, notice);
    OpenRun alone = OpenRun.of(moment.alone(), dataset);
    List<Glass> seen = new ArrayList<>();
    Moment.reach(
        alone,
        backend,
        moment.target(),
        state,
        screen,
        found -> seen.add(LearntStep.glass(alone, moment.target(), backend, found)));
    return seen.getFirst();
  }

  @Override
  public StepSource with(String what, String value) {
    if (!what.equals("at")) {
      throw Against.cannot(what, "a place such as er:1:2:117, device:NAME and no-fusion");
    }
    Moment other = new Moment(moment.former(), moment.config(), Moment.place(value)).require();
    return new FormerStep(other, screen, notice);
  }
}
