package engram.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.bench.file.ConfigFile;
import engram.bench.record.RunFolder;
import engram.bench.record.RunFolders;
import engram.bench.record.StateFiles;
import engram.bench.subject.TinyMnist;
import engram.bench.track.Targets;
import engram.bench.track.TrackOptions;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.data.Dataset;
import engram.device.Devices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that was killed or stopped at any moment, and then resumed, leaves the folder of a run that
 * was never interrupted.
 */
@Tag("slow")
@Timeout(600)
class ResumeTest {
  private static final String STRATEGIES =
      "fine-tune,er,lwf,icarl,si,slda,rehearsal-kd+ncm,der";

  /** Copies that are taken of the folder while the run is under way. */
  private static final int KILLS = 8;

  private static final StateFiles.Pace NEVER = new StateFiles.Pace(Duration.ofDays(1), 0);

  @TempDir private static Path temp;
  private static Map<String, String> options = Map.of();
  private static Path whole = Path.of("");
  private static int events;
  private final List<String> notices = new ArrayList<>();

  @BeforeAll
  static void runWithoutInterruption() throws IOException {
    Map<String, String> texts = new HashMap<>();
    texts.put("data", TinyMnist.write(temp, 6, 2));
    texts.put("network", "mlp 6 1");
    texts.put("strategies", STRATEGIES);
    texts.put("tasks", "3");
    texts.put("epochs", "2");
    texts.put("batch", "5");
    texts.put("buffer", "12");
    texts.put("seeds", "2");
    texts.put("device", "plain");
    texts.put("threads", "1");
    options = Map.copyOf(texts);
    whole = temp.resolve("whole/run");
    int[] count = new int[1];
    run(whole, NEVER, new StopRequest(), _ -> count[0]++, _ -> {});
    events = count[0];
    // Once more, with states; a copy now and then is what a kill leaves.
    Path other = temp.resolve("other/run");
    int[] now = new int[1];
    run(
        other,
        StateFiles.Pace.EVERY,
        new StopRequest(),
        _ -> {
          now[0]++;
          for (int kill = 0; kill < KILLS; kill++) {
            if (now[0] == 10 + kill * (events - 12) / (KILLS - 1)) {
              copy(other, killed(kill));
            }
          }
        },
        _ -> {});
    RunFolders.assertSame(whole, other);
  }

  private static Path killed(int kill) {
    return temp.resolve("killed" + kill).resolve("run");
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.resolveSibling(""));
      RunFolders.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunExecution.Outcome run(
      Path folder,
      StateFiles.Pace pace,
      StopRequest stop,
      Consumer<RunEvent> events,
      Consumer<String> notices)
      throws IOException {
    return carryOut(RunConfig.of(options), folder, pace, stop, events, notices);
  }

  private static RunExecution.Outcome carryOut(
      RunConfig config,
      Path folder,
      StateFiles.Pace pace,
      StopRequest stop,
      Consumer<RunEvent> events,
      Consumer<String> notices)
      throws IOException {
    boolean goOn = Files.exists(folder);
    Dataset dataset = RunData.open(config, _ -> {});
    Targets none = new TrackOptions().resolve(Map.of());
    try (Backend backend = Devices.open(config.device(), config.threads(), _ -> {})) {
      RunFolder at = goOn ? RunFolder.goOnIn(folder) : RunFolder.at(folder, false);
      RunExecution execution =
          new RunExecution(
              OpenRun.of(config, dataset), backend, at, none, stop, pace, events, notices);
      return goOn ? execution.goOn(List.of("run")) : execution.begin(List.of("run"));
    }
  }

  private RunExecution.Outcome goOn(Path folder, StopRequest stop, Consumer<RunEvent> events)
      throws IOException {
    RunConfig config = new FormerRun(folder).config(Map.of("threads", "3"));
    return carryOut(config, folder, StateFiles.Pace.EVERY, stop, events, notices::add);
  }

  static IntStream kills() {
    return IntStream.range(0, KILLS);
  }

  @ParameterizedTest
  @MethodSource("kills")
  void aKilledRunGoesOnAsIfItHadNeverBeenInterrupted(int kill) throws IOException {
    Path folder = killed(kill);
    Files.writeString(folder.resolve(".results.csv.0123abcd.part"), "half a li");
    goOn(folder, new StopRequest(), _ -> {});
    RunFolders.assertSame(whole, folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 90})
  void aStoppedRunDoesSoHoweverOftenItIsStopped(int each) throws IOException {
    Path folder = temp.resolve("stopped" + each).resolve("run");
    StopRequest first = new StopRequest();
    int[] count = new int[1];
    boolean interrupted =
        run(folder, NEVER, first, stopAfter(each, first, count), notices::add).interrupted();
    int times = 0;
    while (interrupted && times < 5) {
      assertEquals(1, StateFiles.in(folder).size(), "the state at the stop");
      assertFalse(new FormerRun(folder).isDone());
      times++;
      StopRequest next = new StopRequest();
      interrupted = goOn(folder, next, stopAfter(2 * each, next, new int[1])).interrupted();
    }
    assertTrue(times > 0);
    if (interrupted) {
      goOn(folder, new StopRequest(), _ -> {});
    }
    RunFolders.assertSame(whole, folder);
    assertTrue(new FormerRun(folder).isDone());
    assertEquals(List.of(), notices);
  }

  private static Consumer<RunEvent> stopAfter(int losses, StopRequest stop, int[] count) {
    return event -> {
      if (event instanceof RunEvent.LossRead && ++count[0] == losses) {
        stop.make();
      }
    };
  }

  @Test
  void aRunWithoutAStateBeginsAnewAndSaysSo() throws IOException {
    Path folder = temp.resolve("early").resolve("run");
    int[] count = new int[1];
    assertThrows(
        IllegalStateException.class,
        () ->
            run(
                folder,
                NEVER,
                new StopRequest(),
                _ -> {
                  if (++count[0] == 60) {
                    throw new IllegalStateException("killed");
                  }
                },
                _ -> {}));
    goOn(folder, new StopRequest(), _ -> {});
    assertEquals(List.of(folder + " has no state to go on from: it begins anew"), notices);
    RunFolders.assertSame(whole, folder);
  }

  @Test
  void aDamagedStateIsPassedOverForTheOneBeforeIt() throws IOException {
    Path folder = temp.resolve("damaged").resolve("run");
    copy(killed(KILLS / 2), folder);
    List<Path> states = StateFiles.in(folder);
    assertEquals(2, states.size());
    Files.writeString(states.getLast(), "nothing");
    goOn(folder, new StopRequest(), _ -> {});
    assertEquals(1, notices.size());
    assertTrue(notices.getFirst().contains(states.getLast().toString()), notices::toString);
    RunFolders.assertSame(whole, folder);
  }

  @Test
  void otherSettingsAreRefusedByName() {
    FormerRun former = new FormerRun(killed(1));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> former.config(Map.of("epochs", "3", "threads", "2", "seeds", "2")));
    assertTrue(refused.getMessage().contains("\nepochs: 2, not 3\n"), refused::getMessage);
    assertFalse(refused.getMessage().contains("threads"), refused::getMessage);
    assertThrows(IOException.class, () -> new FormerRun(temp).config(Map.of()));
  }

  @Test
  void anEditedConfigFileOtherDataAndAnotherVersionAreRefusedByName() throws IOException {
    Path edited = temp.resolve("edited").resolve("run");
    copy(killed(1), edited);
    Map<String, Object> config =
        new LinkedHashMap<>(ConfigFile.read(edited.resolve("config.yaml")));
    config.put("lr", "0.5");
    try (var out = Files.newOutputStream(edited.resolve("config.yaml"))) {
      ConfigFile.write("edited", config, out);
    }
    assertTrue(refusal(edited).contains("\nlr: "));

    Path other = temp.resolve("data").resolve("run");
    copy(killed(1), other);
    Path images = temp.resolve("train-images-idx3-ubyte");
    byte[] pixels = Files.readAllBytes(images);
    byte[] changed = pixels.clone();
    changed[100]++;
    Files.write(images, changed);
    try {
      assertTrue(refusal(other).contains("\nimages: "));
    } finally {
      Files.write(images, pixels);
    }
    RunIdentity was = new RunIdentity(new LinkedHashMap<>(Map.of("version", "0.1")));
    RunIdentity now = new RunIdentity(new LinkedHashMap<>(Map.of("version", "0.2")));
    assertEquals(List.of("version: 0.1, not 0.2"), now.differences(was));
  }

  private String refusal(Path folder) {
    return String.valueOf(
        assertThrows(IOException.class, () -> goOn(folder, new StopRequest(), _ -> {}))
            .getMessage());
  }
}
