package engram.bench.track;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Environment variables as the trackers' own programs know them. One that is empty is not set. */
final class Variables {
  /** Those of W&B's program that change where a run goes or what it is called, but not here. */
  static final List<String> WANDB_IGNORED =
      List.of(
          "WANDB_MODE",
          "WANDB_DIR",
          "WANDB_NAME",
          "WANDB_RUN_ID",
          "WANDB_RUN_GROUP",
          "WANDB_JOB_TYPE",
          "WANDB_TAGS",
          "WANDB_NOTES");

  /** The same of MLflow's. */
  static final List<String> MLFLOW_IGNORED =
      List.of(
          "MLFLOW_RUN_ID",
          "MLFLOW_EXPERIMENT_ID",
          "MLFLOW_TRACKING_AUTH",
          "MLFLOW_TRACKING_AWS_SIGV4",
          "MLFLOW_TRACKING_SERVER_CERT_PATH",
          "MLFLOW_TRACKING_CLIENT_CERT_PATH");

  private Variables() {}

  /** Its value without blanks around it. */
  static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  /** Whether it says yes, in the words that MLflow takes. */
  static boolean isTrue(Map<String, String> environment, String name) {
    return value(environment, name)
        .map(text -> List.of("true", "1").contains(text.toLowerCase(Locale.ROOT)))
        .orElse(false);
  }

  /** A line for each of the names that is set, so that nobody relies on it. */
  static List<String> notFollowed(Map<String, String> environment, List<String> names) {
    return names.stream()
        .filter(name -> value(environment, name).isPresent())
        .map(name -> "tracking: %s is set, but not followed; see bench/TRACKING.md".formatted(name))
        .toList();
  }
}
