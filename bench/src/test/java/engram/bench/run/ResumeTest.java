package engram.bench.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.bench.file.ConfigFile;
import engram.bench.record.RunFolder;
import engram.bench.record.RunFolders;
import engram.bench.record.StateFiles;
import engram.bench.step.StepCommand;
import engram.bench.subject.TinyMnist;
import engram.bench.track.Targets;
import engram.bench.track.TrackOptions;
import engram.cl.experiment.Position;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.cl.state.Snapshot;
import engram.data.Dataset;
import engram.device.Devices;
import engram.nn.io.SafeTensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * A run that was killed or stopped at any moment, and then resumed, leaves the folder of a run that
 * was never interrupted.
 */
@Tag("slow")
@Timeout(600)
class ResumeTest {
  private static final String STRATEGIES = "fine-tune,er,lwf,icarl,si,slda,rehearsal-kd+ncm,der";

  /** Copies that are taken of the folder while the run is under way. */
  private static final int KILLS = 4;

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
    texts.put("network", "mlp 12 1");
    texts.put("strategies", STRATEGIES);
    texts.put("tasks", "2");
    texts.put("epochs", "2");
    texts.put("batch", "5");
    texts.put("buffer", "12");
    texts.put("device", "plain");
    texts.put("threads", "1");
    options = Map.copyOf(texts);
    whole = temp.resolve("whole/run");
    int[] count = new int[1];
    run(whole, NEVER, new StopRequest(), event -> count[0] += isCounted(event), _ -> {});
    events = count[0];
    // Once more, with states; a copy now and then is what a kill leaves.
    Path other = temp.resolve("other/run");
    int[] now = new int[1];
    run(
        other,
        StateFiles.Pace.EVERY,
        new StopRequest(),
        event -> {
          now[0] += isCounted(event);
          for (int kill = 0; kill < KILLS; kill++) {
            if (isCounted(event) > 0 && now[0] == 10 + kill * (events - 12) / (KILLS - 1)) {
              copy(other, killed(kill));
            }
          }
        },
        _ -> {});
    RunFolders.assertSame(whole, other);
  }

  /** How often progress is told is a matter of time. */
  private static int isCounted(RunEvent event) {
    return event instanceof RunEvent.EpochProgress ? 0 : 1;
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
    try (Backend backend = Devices.open(config.device(), config.threads(), _ -> {});
        RunFolder at = goOn ? RunFolder.goOnIn(folder) : RunFolder.at(folder, false)) {
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
  @ValueSource(ints = {1, 17})
  void aStoppedRunDoesSoHoweverOftenItIsStopped(int each) throws IOException {
    Path folder = temp.resolve("stopped" + each).resolve("run");
    StopRequest first = new StopRequest();
    int[] count = new int[1];
    boolean interrupted =
        run(folder, NEVER, first, stopAfter(each, first, count), notices::add).interrupted();
    int times = 0;
    while (interrupted && times < 3) {
      assertFalse(StateFiles.in(folder).isEmpty(), "the state at the stop");
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
                  if (++count[0] == 25) {
                    throw new IllegalStateException("killed");
                  }
                },
                _ -> {}));
    goOn(folder, new StopRequest(), _ -> {});
    assertEquals(List.of(folder + " has no state to go on from: it begins anew"), notices);
    RunFolders.assertSame(whole, folder);
  }

  /** What disks and people do to a file; each is said in a line, and the one before it is taken. */
  private enum Damage {
    EMPTY,
    CUT,
    FLIPPED,
    OTHER_FORMAT;

    void to(Path state) throws IOException {
      byte[] bytes = Files.readAllBytes(state);
      switch (this) {
        case EMPTY -> Files.write(state, new byte[0]);
        case CUT -> Files.write(state, Arrays.copyOf(bytes, bytes.length - 7));
        case FLIPPED -> {
          bytes[bytes.length - 7] ^= 4;
          Files.write(state, bytes);
        }
        case OTHER_FORMAT ->
            Files.writeString(
                state,
                new String(bytes, ISO_8859_1).replace("\"format\":\"1\"", "\"format\":\"2\""),
                ISO_8859_1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedStateIsPassedOverForTheOneBeforeIt(Damage damage) throws IOException {
    Path folder = temp.resolve("damaged" + damage).resolve("run");
    copy(killed(KILLS / 2), folder);
    List<Path> states = StateFiles.in(folder);
    assertEquals(2, states.size());
    damage.to(states.getLast());
    Position before = Position.of(Snapshot.of(SafeTensors.read(states.getFirst())));
    assertEquals(
        List.of(before), new FormerRun(folder).states(notices::add).map(Position::of).toList());
    assertEquals(1, notices.size());
    assertTrue(notices.getFirst().startsWith("passed over: " + states.getLast()));
    assertFalse(notices.getFirst().contains("\n"));
  }

  @Test
  void theRunGoesOnFromTheStateBeforeADamagedOne() throws IOException {
    Path folder = temp.resolve("damaged").resolve("run");
    copy(killed(KILLS / 2), folder);
    Damage.FLIPPED.to(StateFiles.in(folder).getLast());
    goOn(folder, new StopRequest(), _ -> {});
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

  @Test
  void aStepOfAFinishedRunIsReplayedWithAllLoggedStepsOnTheWay() throws IOException {
    String replayed = replay(0, whole, "--at=lwf:1:2:9", "--threads=3");
    assertTrue(replayed.contains("from the start of lwf\n"), replayed);
    assertTrue(replayed.contains("\nlwf, seed 1, task 2, step 9\nce "), replayed);
    // The first of each epoch: two in each task.
    assertTrue(replayed.endsWith("\nall 4 logged steps on the way are the same\n"), replayed);
    String logged = replay(0, whole, "--at=lwf:1:2:7");
    String row = Files.readAllLines(whole.resolve("report/lwf_seed1/steps.csv")).get(4);
    assertTrue(row.startsWith("2,2,7,"), row);
    String hash = row.split(",", -1)[3];
    assertTrue(logged.contains("\nparameters   " + hash + "\n"), logged);
  }

  @Test
  void aStateBeforeTheStepSparesTheWay() throws IOException {
    Path folder = killed(KILLS - 2);
    Position newest =
        new FormerRun(folder).states(notices::add).map(Position::of).toList().getFirst();
    String place = "%s:%d:%d:12".formatted(newest.strategy(), newest.seed(), newest.task() + 1);
    String fromState = replay(0, folder, "--at=" + place);
    String fromStart = replay(0, whole, "--at=" + place);
    assertTrue(fromState.contains("from the state after "), fromState);
    assertEquals(parameters(fromStart), parameters(fromState));
  }

  private static String parameters(String printed) {
    return printed.lines().filter(line -> line.startsWith("parameters")).findFirst().orElse("");
  }

  @Test
  void aStepThatIsNotTheSameIsTold() throws IOException {
    Path folder = temp.resolve("tampered").resolve("run");
    copy(whole, folder);
    Path log = folder.resolve("report/er_seed1/steps.csv");
    String rows = Files.readString(log);
    String second = rows.lines().toList().get(2);
    Files.writeString(log, rows.replace(second, second.replaceFirst("1,2,7,....", "1,2,7,0000")));
    String printed = replay(1, folder, "--at=er:1:2:3");
    assertTrue(printed.contains("\nnot the same: task 1, step 7: logged 0000"), printed);
    assertTrue(printed.endsWith("\n1 logged steps before it are the same\n"), printed);
  }

  /** Its inputs are those of the run: the loss on the page is the one that was logged. */
  @Test
  void aStepOfARunIsShownOnAPage() throws IOException {
    Path page = temp.resolve("step.html");
    StringWriter printed = new StringWriter();
    int code =
        new CommandLine(StepCommand.class)
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(printed))
            .execute(whole.toString(), "--at=lwf:1:2:7", "--out=" + page);
    assertEquals(0, code, printed::toString);
    String row = Files.readAllLines(whole.resolve("report/lwf_seed1/steps.csv")).get(4);
    String html = Files.readString(page);
    assertTrue(html.contains("lwf, seed 1, task 2, step 7"), row);
    float ce = Float.parseFloat(row.split(",", -1)[4]);
    assertTrue(html.contains("\"min\":%s,\"max\":%s,".formatted(ce, ce)), row);
  }

  @Test
  void aPlaceThatThereIsNotIsWrongUsage() throws IOException {
    assertTrue(replay(2, whole, "--at=err:1:1:1").contains("perhaps er"));
    assertTrue(replay(2, whole, "--at=er:2:1:1").contains("seeds 1 to 1, not 2"));
    assertTrue(replay(2, whole, "--at=er:1:3:1").contains("no task 3"));
    assertTrue(replay(2, whole, "--at=er:1:1").contains("such as er:1:3:117"));
    assertTrue(replay(1, whole, "--at=er:1:1:99").contains("there is no step 99"));
  }

  private static String replay(int exitCode, Path folder, String... more) {
    StringWriter printed = new StringWriter();
    CommandLine command =
        new CommandLine(new ReplayCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(printed))
            .setExecutionExceptionHandler(
                (e, failed, _) -> {
                  failed.getErr().println(e.getMessage());
                  return 1;
                });
    List<String> arguments = new ArrayList<>(List.of(folder.toString()));
    arguments.addAll(List.of(more));
    int code = command.execute(arguments.toArray(String[]::new));
    assertEquals(exitCode, code, printed::toString);
    return printed.toString();
  }

  private String refusal(Path folder) {
    return String.valueOf(
        assertThrows(IOException.class, () -> goOn(folder, new StopRequest(), _ -> {}))
            .getMessage());
  }
}
