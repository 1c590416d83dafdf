package engram.bench.track;

import engram.bench.record.RunFiles;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** Where a run will be followed: known to be possible, not yet begun. */
public final class Targets {
  /** Nowhere but in its folder. */
  public static final Targets NONE = new Targets(List.of(), 1, Duration.ZERO);

  private static final String WANDB = "https://api.wandb.ai";

  private final List<Target> targets;
  private final int capacity;
  private final Duration patience;
  private final List<String> notices;

  /**
   * One of them.
   *
   * @param opening of its runs, for a run folder
   * @param elsewhere a sentence for a run folder: where to find what was not delivered
   */
  record Target(
      String name, Function<Path, Tracker.Opening> opening, Function<Path, String> elsewhere) {
    Target(String name, Function<Path, Tracker.Opening> opening) {
      this(name, opening, Targets::tablesIn);
    }
  }

  Targets(List<Target> targets, int capacity, Duration patience) {
    this(targets, capacity, patience, List.of());
  }

  /**
   * @param notices lines that a person should see when the run begins
   */
  Targets(List<Target> targets, int capacity, Duration patience, List<String> notices) {
    this.notices = List.copyOf(notices);
    this.targets = List.copyOf(targets);
    this.capacity = capacity;
    this.patience = patience;
  }

  /**
   * Begins.
   *
   * @param runFolder whose pictures are sent, and in which trackers that need no server write
   * @param settings of the run, by name
   * @param notice takes lines that a person should see
   */
  public Tracking open(Path runFolder, Map<String, ?> settings, Consumer<String> notice) {
    notices.forEach(notice);
    List<Delivery> deliveries =
        targets.stream()
            .map(
                target ->
                    new Delivery(
                        target.name,
                        target.opening.apply(runFolder),
                        target.elsewhere.apply(runFolder),
                        capacity))
            .toList();
    return new Tracking(runFolder, settings, deliveries, patience, notice);
  }

  static Target tensorBoard() {
    return new Target(
        "tensorboard", folder -> run -> new TensorBoard(folder.resolve(RunFiles.TENSORBOARD), run));
  }

  static Target wandbFolder(Map<String, String> environment) {
    WandbProject project = WandbProject.from(environment);
    return new Target(
        "wandb", folder -> run -> new WandbFolder(folder.resolve(RunFiles.WANDB), project, run));
  }

  static Target wandbLive(Map<String, String> environment) {
    String key = Variables.value(environment, "WANDB_API_KEY").orElse("");
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "wandb-mode is online, but WANDB_API_KEY is not set: set it to the key of your account,"
              + " or leave out --wandb-mode and send the run later with  wandb sync");
    }
    URI base = base("WANDB_BASE_URL", Variables.value(environment, "WANDB_BASE_URL").orElse(WANDB));
    WandbProject project = WandbProject.from(environment);
    PatientHttp http = new PatientHttp(Login.basic("api", key), PatientHttp.Pace.USUAL);
    return new Target(
        "wandb online",
        _ -> run -> new WandbLive(base, project, http, run),
        folder ->
            "All of it is in the run folder; send it with  wandb sync %s/offline-run-*"
                .formatted(folder.resolve(RunFiles.WANDB)));
  }

  static Target mlflow(Map<String, String> environment) {
    String address = Variables.value(environment, "MLFLOW_TRACKING_URI").orElse("");
    if (address.isEmpty()) {
      throw new IllegalArgumentException(
          "track is mlflow, but MLFLOW_TRACKING_URI is not set: set it to the address of a server,"
              + " such as http://localhost:5000");
    }
    URI base = base("MLFLOW_TRACKING_URI", address);
    String experiment = Variables.value(environment, "MLFLOW_EXPERIMENT_NAME").orElse("engram");
    Optional<SSLContext> trust =
        Variables.isTrue(environment, "MLFLOW_TRACKING_INSECURE_TLS")
            ? Optional.of(AnyCertificate.context())
            : Optional.empty();
    PatientHttp http = new PatientHttp(mlflowLogin(environment), PatientHttp.Pace.USUAL, trust);
    return new Target("mlflow", _ -> run -> new Mlflow(base, experiment, http, run));
  }

  private static Login mlflowLogin(Map<String, String> environment) {
    Optional<String> token = Variables.value(environment, "MLFLOW_TRACKING_TOKEN");
    Optional<String> user = Variables.value(environment, "MLFLOW_TRACKING_USERNAME");
    if (user.isPresent()) {
      return Login.basic(
          user.get(), Variables.value(environment, "MLFLOW_TRACKING_PASSWORD").orElse(""));
    }
    return token.map(Login::bearer).orElse(Login.none());
  }

  /**
   * The address of a server, ending in a slash; a message about it never shows a password in it.
   */
  private static URI base(String variable, String address) {
    Optional<URI> uri = uri(address.endsWith("/") ? address : address + "/");
    if (uri.filter(u -> u.getUserInfo() == null).isEmpty()) {
      throw new IllegalArgumentException(
          "%s is not an address such as http://localhost:5000 (name and password have variables of"
                  .formatted(variable)
              + " their own)");
    }
    if (!List.of("http", "https").contains(String.valueOf(uri.get().getScheme()))
        || uri.get().getHost() == null) {
      throw new IllegalArgumentException(
          "%s is %s, expected the address of a server, such as http://localhost:5000"
              .formatted(variable, address));
    }
    return uri.get();
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String tablesIn(Path runFolder) {
    return "The figures are in %s and %s of %s, which have everything"
        .formatted(RunFiles.METRICS, RunFiles.RESULTS, runFolder);
  }
}
