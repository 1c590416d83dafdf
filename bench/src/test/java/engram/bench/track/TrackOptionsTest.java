package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TrackOptionsTest {

  private static Targets resolve(Map<String, String> environment, String... arguments) {
    TrackOptions options = new TrackOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("track", spec(options)))
        .parseArgs(arguments);
    return options.resolve(environment);
  }

  private static CommandLine.Model.CommandSpec spec(TrackOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }

  private static String error(Map<String, String> environment, String... arguments) {
    return assertThrows(IllegalArgumentException.class, () -> resolve(environment, arguments))
        .getMessage();
  }

  @Test
  void anySubsetCanBeNamed() {
    Map<String, String> environment = Map.of("MLFLOW_TRACKING_URI", "http://localhost:5000");
    assertDoesNotThrow(() -> resolve(environment));
    assertDoesNotThrow(() -> resolve(environment, "--track", "csv"));
    assertDoesNotThrow(() -> resolve(environment, "--track", "wandb,tensorboard,mlflow,csv"));
  }

  @Test
  void otherNamesAreErrors() {
    assertEquals(
        "track is \"comet\", expected some of csv, tensorboard, wandb, mlflow",
        error(Map.of(), "--track", "csv,comet"));
    assertEquals(
        "wandb-mode is \"on\", expected offline or online",
        error(Map.of(), "--track", "wandb", "--wandb-mode", "on"));
  }

  @Test
  void onlineNeedsAKeyAndOfflineDoesNot() {
    String error = error(Map.of(), "--track", "wandb", "--wandb-mode", "online");
    assertTrue(error.contains("WANDB_API_KEY is not set"), error);
    assertDoesNotThrow(() -> resolve(Map.of(), "--track", "wandb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyVariableIsNotSet(String empty) {
    Map<String, String> environment =
        Map.of("WANDB_PROJECT", empty, "WANDB_ENTITY", empty, "MLFLOW_TRACKING_URI", empty);
    assertEquals(new WandbProject(Optional.empty(), "engram"), WandbProject.from(environment));
    assertTrue(error(environment, "--track", "mlflow").contains("MLFLOW_TRACKING_URI is not set"));
  }

  /** A variable of W&B's or MLflow's own that does nothing here is named; an empty one is none. */
  @Test
  void variablesThatAreNotFollowedAreNamed() {
    List<String> notices = new ArrayList<>();
    Map<String, String> environment =
        Map.of("WANDB_MODE", "disabled", "WANDB_TAGS", "", "MLFLOW_RUN_ID", "r1");
    resolve(environment, "--track", "wandb").open(Path.of("run1"), Map.of(), notices::add).close();
    assertEquals(
        List.of("tracking: WANDB_MODE is set, but not followed; see bench/TRACKING.md"), notices);
  }

  @Test
  void mlflowNeedsAServer() {
    assertTrue(error(Map.of(), "--track", "mlflow").contains("MLFLOW_TRACKING_URI is not set"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlruns", "sqlite:///mlflow.db", "file:///mlruns", "http:///x"})
  void whatIsNoServerIsAnError(String address) {
    String error = error(Map.of("MLFLOW_TRACKING_URI", address), "--track", "mlflow");
    assertTrue(error.startsWith("MLFLOW_TRACKING_URI is "), error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://me:secret@host", "http://me:secret@ho st/"})
  void aPasswordInAnAddressIsNotShown(String address) {
    String error = error(Map.of("MLFLOW_TRACKING_URI", address), "--track", "mlflow");
    assertFalse(error.contains("secret"), error);
  }

  @Test
  void aTokenThatNoHeaderCanHoldIsNotShown() {
    Map<String, String> environment =
        Map.of("MLFLOW_TRACKING_URI", "http://localhost:5000", "MLFLOW_TRACKING_TOKEN", "sec\nret");
    String error = error(environment, "--track", "mlflow");
    assertFalse(error.contains("sec") || error.contains("ret"), error);
  }
}
