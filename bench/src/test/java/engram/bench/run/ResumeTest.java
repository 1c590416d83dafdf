package engram.bench.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.file.ConfigFile;
import engram.bench.record.RunFolders;
import engram.bench.record.StateFiles;
import engram.cl.experiment.Position;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.cl.state.Snapshot;
import engram.nn.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

  @TempDir private static Path temp;
  private static Map<String, String> options = Map.of();
  private static Path whole = Path.of("");
  private static int events;
  private final List<String> notices = new ArrayList<>();

  @BeforeAll
  static void runWithoutInterruption() throws IOException {
    options = TinyRun.options(temp, STRATEGIES);
    whole = temp.resolve("whole/run");
    int[] count = new int[1];
    TinyRun.run(
        options,
        whole,
        TinyRun.NEVER,
        new StopRequest(),
        event -> count[0] += isCounted(event),
        _ -> {});
    events = count[0];
    // Once more, with states; a copy now and then is what a kill leaves.
    Path other = temp.resolve("other/run");
    int[] now = new int[1];
    TinyRun.run(
        options,
        other,
        StateFiles.Pace.EVERY,
        new StopRequest(),
        event -> {
          now[0] += isCounted(event);
          for (int kill = 0; kill < KILLS; kill++) {
            if (isCounted(event) > 0 && now[0] == 10 + kill * (events - 12) / (KILLS - 1)) {
              TinyRun.copy(other, killed(kill));
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

  private RunExecution.Outcome goOn(Path folder, StopRequest stop, Consumer<RunEvent> events)
      throws IOException {
    RunConfig config = new FormerRun(folder).config(Map.of("threads", "3"));
    return TinyRun.carryOut(config, folder, StateFiles.Pace.EVERY, stop, events, notices::add);
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
        TinyRun.run(
                options, folder, TinyRun.NEVER, first, stopAfter(each, first, count), notices::add)
            .interrupted();
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
            TinyRun.run(
                options,
                folder,
                TinyRun.NEVER,
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
                new String(bytes, ISO_8859_1)
                    .replaceFirst("\"format\":\"\\d\"", "\"format\":\"0\""),
                ISO_8859_1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedStateIsPassedOverForTheOneBeforeIt(Damage damage) throws IOException {
    Path folder = temp.resolve("damaged" + damage).resolve("run");
    TinyRun.copy(killed(KILLS / 2), folder);
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
    TinyRun.copy(killed(KILLS / 2), folder);
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
    TinyRun.copy(killed(1), edited);
    Map<String, Object> config =
        new LinkedHashMap<>(ConfigFile.read(edited.resolve("config.yaml")));
    config.put("lr", "0.5");
    try (var out = Files.newOutputStream(edited.resolve("config.yaml"))) {
      ConfigFile.write("edited", config, out);
    }
    assertTrue(refusal(edited).contains("\nlr: "));

    Path other = temp.resolve("data").resolve("run");
    TinyRun.copy(killed(1), other);
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
