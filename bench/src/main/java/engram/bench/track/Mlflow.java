package engram.bench.track;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An MLflow tracking server, by its <a
 * href="https://mlflow.org/docs/latest/api_reference/rest-api.html">REST API</a>. Steps are epochs.
 */
final class Mlflow implements Tracker {
  /** What the server takes in one request. */
  private static final int BATCH_OF_PARAMS = 100;

  private static final int LONGEST_PARAM = 500;

  /** The scheme of a server that takes files itself; others want a cloud's own way. */
  private static final String PROXIED = "mlflow-artifacts:/";

  private final URI base;
  private final PatientHttp http;
  private final String runId;
  private final String artifacts;

  /**
   * @param base of the server, ending in a slash
   * @param experiment name; made when there is none
   */
  Mlflow(URI base, String experiment, PatientHttp http, TrackedRun run) throws IOException {
    this.base = base;
    this.http = http;
    ObjectNode create = object();
    create.put("experiment_id", experimentId(experiment));
    create.put("run_name", run.name());
    create.put("start_time", run.started().toEpochMilli());
    ArrayNode tags = create.putArray("tags");
    tags.addObject().put("key", "group").put("value", run.group());
    tags.addObject().put("key", "mlflow.source.name").put("value", "engram");
    run.origin()
        .revision()
        .ifPresent(
            git -> tags.addObject().put("key", "mlflow.source.git.commit").put("value", git));
    run.origin().host().ifPresent(host -> tags.addObject().put("key", "host").put("value", host));
    // Asked again after a lost answer the server makes a second run; it stays empty.
    var info = http.post(api("runs/create"), create, "/run/info/run_id").at("/run/info");
    runId = info.path("run_id").asText();
    artifacts = info.path("artifact_uri").asText();
    ObjectNode batch = batch();
    for (Map.Entry<String, Object> entry : run.config().entrySet()) {
      if (batch.path("params").size() == BATCH_OF_PARAMS) {
        http.post(api("runs/log-batch"), batch, "");
        batch = batch();
      }
      String value = String.valueOf(entry.getValue());
      batch
          .withArray("params")
          .addObject()
          .put("key", entry.getKey())
          .put("value", value.substring(0, Math.min(value.length(), LONGEST_PARAM)));
    }
    http.post(api("runs/log-batch"), batch, "");
  }

  private String experimentId(String experiment) throws IOException {
    try {
      return http.post(
              api("experiments/create"), object().put("name", experiment), "/experiment_id")
          .path("experiment_id")
          .asText();
    } catch (PatientHttp.RefusedException e) {
      if (!e.says("RESOURCE_ALREADY_EXISTS")) {
        throw e;
      }
    }
    String query =
        "experiments/get-by-name?experiment_name="
            + URLEncoder.encode(experiment, StandardCharsets.UTF_8);
    String id = "/experiment/experiment_id";
    return http.get(api(query), id).at(id).asText();
  }

  /** One batch: far fewer than the 1000 metrics that the server takes. */
  @Override
  public void scalars(Moment at, Map<String, Double> values) throws IOException {
    ObjectNode batch = batch();
    ArrayNode metrics = batch.putArray("metrics");
    values.forEach(
        (name, value) ->
            metrics
                .addObject()
                .put("key", name)
                .put("value", value)
                .put("timestamp", at.time().toEpochMilli())
                .put("step", at.epoch()));
    http.post(api("runs/log-batch"), batch, "");
  }

  /** Only where the server takes files itself: elsewhere pictures stay in the run folder. */
  @Override
  public void image(Moment at, String name, Picture picture) throws IOException {
    if (artifacts.startsWith(PROXIED)) {
      artifact("%s_epoch%d.png".formatted(name, at.epoch()), picture.png(), "image/png");
    }
  }

  @Override
  public Optional<String> report(String name, byte[] page) throws IOException {
    if (artifacts.startsWith(PROXIED)) {
      artifact(name, page, "text/html");
    }
    return Optional.empty();
  }

  private void artifact(String name, byte[] content, String type) throws IOException {
    String path = artifacts.substring(PROXIED.length()) + "/" + name;
    http.put(
        PatientHttp.address(base, "api/2.0/mlflow-artifacts/artifacts/" + path), content, type);
  }

  @Override
  public void finish(Outcome outcome) throws IOException {
    ObjectNode update = object().put("run_id", runId);
    update.put("status", outcome.mlflow).put("end_time", Instant.now().toEpochMilli());
    http.post(api("runs/update"), update, "");
  }

  private URI api(String method) {
    return base.resolve("api/2.0/mlflow/" + method);
  }

  private ObjectNode batch() {
    return object().put("run_id", runId);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
