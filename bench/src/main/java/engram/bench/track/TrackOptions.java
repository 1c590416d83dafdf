package engram.bench.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say where a run can be followed. */
public final class TrackOptions {
  private static final List<String> NAMES = List.of("csv", "tensorboard", "wandb", "mlflow");

  /** Far more than any run has: an hour's outage fits, a leak does not. */
  private static final int CAPACITY = 10_000;

  /** At the end, for all of them together. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Option(
      names = "--track",
      split = ",",
      paramLabel = "NAME",
      description = {
        "where to follow the run, with commas:",
        "csv: metrics.csv and results.csv, always there;",
        "tensorboard, wandb: in the run folder;",
        "mlflow: at MLFLOW_TRACKING_URI"
      })
  private List<String> track = List.of();

  @Option(
      names = "--wandb-mode",
      paramLabel = "MODE",
      defaultValue = "offline",
      description = {
        "offline: for  wandb sync  (default);",
        "online: live too, with the key in WANDB_API_KEY"
      })
  private String wandbMode = "offline";

  /**
   * Reads what the options and the environment say.
   *
   * @throws IllegalArgumentException if they do not go together; its message holds no secret
   */
  public Targets resolve(Map<String, String> environment) {
    for (String name : track) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "track is \"%s\", expected some of %s".formatted(name, String.join(", ", NAMES)));
      }
    }
    if (!List.of("offline", "online").contains(wandbMode)) {
      throw new IllegalArgumentException(
          "wandb-mode is \"%s\", expected offline or online".formatted(wandbMode));
    }
    List<Targets.Target> targets = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    if (track.contains("tensorboard")) {
      targets.add(Targets.tensorBoard());
    }
    if (track.contains("wandb")) {
      notices.addAll(Variables.notFollowed(environment, Variables.WANDB_IGNORED));
      targets.add(Targets.wandbFolder(environment));
      if (wandbMode.equals("online")) {
        targets.add(Targets.wandbLive(environment));
      }
    }
    if (track.contains("mlflow")) {
      notices.addAll(Variables.notFollowed(environment, Variables.MLFLOW_IGNORED));
      targets.add(Targets.mlflow(environment));
    }
    return new Targets(targets, CAPACITY, PATIENCE, notices);
  }
}
