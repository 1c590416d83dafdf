package engram.bench.record;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFilesTest {

  static List<String> names() {
    String strategy = RunFiles.ofStrategy("er+nme", 7) + "/";
    return List.of(
        RunFiles.CONFIG,
        RunFiles.RESULTS,
        RunFiles.TASK_AWARE_MATRIX,
        RunFiles.ACCURACY_PICTURE,
        RunFiles.REPORT,
        RunFiles.CLASSES,
        RunFiles.CLASS_PICTURES,
        RunFiles.confusionPicture("der++"),
        RunFiles.checkpoint("er+nme", -7),
        strategy + RunFiles.CONFUSION,
        strategy + RunFiles.FILTERS,
        strategy + RunFiles.memory(0),
        RunFiles.TENSORBOARD + "/er_seed7/" + RunFiles.tensorBoardEvents(Instant.EPOCH, "abcdefgh"),
        RunFiles.WANDB
            + "/"
            + RunFiles.wandbRun("20260101_000000", "abcdefgh")
            + "/"
            + RunFiles.wandbLog("abcdefgh"),
        ".env.json.0123abcd.part",
        strategy + "confusion.csv.4711.part");
  }

  @ParameterizedTest
  @MethodSource("names")
  void overwritingARunMayDeleteWhatARunWrites(String name) {
    assertTrue(RunFiles.isWrittenByARun(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "thesis.tex",
        "trials.csv",
        "config.yaml.old",
        "notes/results.csv",
        "report/a.txt",
        ".thesis.tex.0123abcd.part"
      })
  void andNothingElse(String name) {
    assertFalse(RunFiles.isWrittenByARun(name));
  }
}
