package engram.bench.live;

import engram.base.WholeFile;
import engram.bench.record.BestEffort;
import engram.bench.record.RunFiles;
import engram.bench.report.Assets;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StepProbe;
import engram.cl.experiment.StopRequest;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.task.TaskSequence;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * A run under the eyes of browsers. It listens to the events of a run and looks into its tasks;
 * after each task the page is written to the run's folder, as {@link RunFiles#LIVE}.
 */
public final class Live implements Consumer<RunEvent>, Stateful, AutoCloseable {
  private final Path folder;
  private final BestEffort extras;
  private final LiveStory story;
  private final LiveControl control;
  private final LiveServer server;
  private final Assets assets = Assets.of("/engram/bench/live/live");

  /**
   * Begins to serve.
   *
   * @param port where; 0 for one that is free
   * @param folder of the run
   * @param extras writes the page
   * @param sequences the tasks as a seed meets them
   * @param stop ends the run
   * @throws IOException if the port is taken
   */
  public Live(
      int port,
      Path folder,
      BestEffort extras,
      LongFunction<TaskSequence> sequences,
      StopRequest stop)
      throws IOException {
    this.folder = folder;
    this.extras = extras;
    story = new LiveStory(sequences);
    control = new LiveControl(stop);
    server =
        new LiveServer(
            port,
            story,
            control,
            () -> page(List.of(), true).html().toByteArray(),
            new StepPages(folder));
  }

  /** Where browsers of this machine find the page. */
  public URI address() {
    return server.address();
  }

  /** What lets them hold the training. */
  public StepProbe probe() {
    return control;
  }

  private LivePage page(List<String> lines, boolean live) {
    // A page that is kept may be moved with its folder.
    String named = live ? folder.toString() : String.valueOf(folder.getFileName());
    return new LivePage(named, lines, live, assets);
  }

  @Override
  public void accept(RunEvent event) {
    story.accept(event);
    if (event instanceof RunEvent.TaskEvaluated || event instanceof RunEvent.ExperimentFinished) {
      extras.make(
          RunFiles.LIVE,
          () ->
              WholeFile.write(
                  folder.resolve(RunFiles.LIVE), page(story.from(0), false).html()::writeTo));
    }
  }

  @Override
  public void state(State state) {
    story.state(state.in("story"));
  }

  @Override
  public void close() {
    control.go();
    server.close();
  }
}
