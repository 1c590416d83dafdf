package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.bench.track.TroubledServer.Request;
import engram.bench.track.TroubledServer.Trouble;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class LiveTrackersTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef01234567";

  /** An answer may take long on a busy machine; the pauses are short. */
  private static final PatientHttp.Pace CALM = pace(Duration.ofSeconds(60));

  /** Notices a silent server; a good answer that comes too late is asked for again. */
  private static final PatientHttp.Pace HASTY = pace(Duration.ofMillis(500));

  private static PatientHttp.Pace pace(Duration answer) {
    return new PatientHttp.Pace(answer, Duration.ofMillis(5), Duration.ofMillis(1500));
  }

  private static Tracker.Opening wandb(TroubledServer server, PatientHttp.Pace pace) {
    WandbProject project = new WandbProject(Optional.empty(), "signs");
    PatientHttp http = new PatientHttp(Login.basic("api", KEY), pace);
    return run -> new WandbLive(URI.create(server.address() + "/"), project, http, run);
  }

  private static Tracker.Opening mlflow(TroubledServer server, PatientHttp.Pace pace) {
    PatientHttp http = new PatientHttp(Login.none(), pace);
    return run -> new Mlflow(URI.create(server.address() + "/"), "engram", http, run);
  }

  /** The rows of a W&B run, each at its number, however often it was sent. */
  private static List<JsonNode> rows(TroubledServer server) throws IOException {
    Map<Integer, JsonNode> rows = new TreeMap<>();
    for (Request request : server.taken) {
      JsonNode history =
          request.path().endsWith("file_stream")
              ? request.json().at("/files/wandb-history.jsonl")
              : new ObjectMapper().missingNode();
      if (!history.isMissingNode()) {
        rows.put(
            history.path("offset").intValue(),
            new ObjectMapper().readTree(history.at("/content/0").textValue()));
      }
    }
    return new ArrayList<>(rows.values());
  }

  @Test
  void wandbGetsTheRunItsRowsAndItsEnd() throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::wandb)) {
      Samples.send(wandb(server, CALM));

      JsonNode variables = server.taken.getFirst().json().path("variables");
      assertEquals("ab12cd34", variables.path("name").textValue());
      assertEquals("signs", variables.path("project").textValue());
      assertEquals("run7", variables.path("groupName").textValue());
      assertEquals(
          200,
          new ObjectMapper()
              .readTree(variables.path("config").textValue())
              .at("/buffer/value")
              .intValue());
      assertEquals("0123abcd", variables.path("commit").textValue());
      assertEquals("box", variables.path("host").textValue());
      // New names are upserted before their first row: as fields of MetricRecord, by number.
      assertEquals("/graphql", server.taken.get(1).path());
      JsonNode config =
          new ObjectMapper()
              .readTree(server.taken.get(1).json().at("/variables/config").textValue());
      assertEquals(
          "[{\"1\":\"epoch\",\"6\":[3]},{\"1\":\"train/ce\",\"5\":1,\"6\":[1]}]",
          config.at("/_wandb/value/m").toString());
      assertEquals("/files/me/signs/ab12cd34/file_stream", server.taken.get(2).path());
      List<JsonNode> rows = rows(server);
      assertEquals(4, rows.size());
      assertEquals(0.25, rows.get(1).path("train/ce").doubleValue());
      assertEquals(2, rows.get(2).path("_step").intValue());
      Request upload =
          server.taken.stream().filter(r -> r.method().equals("PUT")).findFirst().orElseThrow();
      assertArrayEquals(Samples.picture().png(), upload.body());
      assertTrue(server.taken.getLast().json().path("complete").booleanValue());
      assertEquals(0, server.taken.getLast().json().path("exitcode").intValue());
      String basic =
          Base64.getEncoder().encodeToString(("api:" + KEY).getBytes(StandardCharsets.UTF_8));
      assertEquals("Basic " + basic, server.logins.getFirst());
      assertTrue(server.logins.contains("null"), "the store has permission of its own");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"NONE", "ECHO_401"},
      mode = EnumSource.Mode.EXCLUDE)
  void wandbGetsEveryRowOnceThroughTrouble(Trouble trouble) throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::wandb)) {
      // Twice before the run is there, and once among its rows.
      server.troubles.addAll(List.of(trouble, trouble, Trouble.NONE, Trouble.NONE, trouble));
      Samples.send(wandb(server, trouble == Trouble.SILENT ? HASTY : CALM));
      List<JsonNode> rows = rows(server);
      assertEquals(
          List.of(0, 1, 2, 3), rows.stream().map(row -> row.path("_step").intValue()).toList());
      assertEquals(0.25, rows.get(1).path("train/ce").doubleValue());
      assertTrue(server.taken.getLast().json().path("complete").booleanValue());
    }
  }

  @Test
  void mlflowGetsParamsMetricsPicturesAndTheEnd() throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::mlflow)) {
      Samples.send(mlflow(server, CALM));

      assertEquals(
          List.of(
              "/api/2.0/mlflow/experiments/create",
              "/api/2.0/mlflow/runs/create",
              "/api/2.0/mlflow/runs/log-batch",
              "/api/2.0/mlflow/runs/log-batch",
              "/api/2.0/mlflow/runs/log-batch",
              "/api/2.0/mlflow/runs/log-batch",
              "/api/2.0/mlflow-artifacts/artifacts/3/r1/artifacts/confusion_epoch2.png",
              "/api/2.0/mlflow-artifacts/artifacts/3/r1/artifacts/report.html",
              "/api/2.0/mlflow/runs/update"),
          server.taken.stream().map(Request::path).toList());
      assertEquals("er_seed1", server.taken.get(1).json().path("run_name").textValue());
      assertEquals("3", server.taken.get(1).json().path("experiment_id").textValue());
      assertEquals("200", server.taken.get(2).json().at("/params/0/value").textValue());
      JsonNode metric = server.taken.get(4).json().at("/metrics/0");
      assertEquals("train/ce", metric.path("key").textValue());
      assertEquals(0.25, metric.path("value").doubleValue());
      assertEquals(2, metric.path("step").intValue());
      assertEquals(1772600787000L, metric.path("timestamp").longValue());
      assertEquals("FINISHED", server.taken.getLast().json().path("status").textValue());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"NONE", "ECHO_401"},
      mode = EnumSource.Mode.EXCLUDE)
  void mlflowGetsEverythingThroughTrouble(Trouble trouble) throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::mlflow)) {
      server.troubles.addAll(List.of(trouble, Trouble.NONE, Trouble.NONE, Trouble.NONE, trouble));
      Samples.send(mlflow(server, trouble == Trouble.SILENT ? HASTY : CALM));
      List<Double> values =
          server.taken.stream()
              .filter(r -> r.path().endsWith("log-batch"))
              .filter(r -> r.json().has("metrics"))
              .map(r -> r.json().at("/metrics/0/value").doubleValue())
              .distinct()
              .toList();
      assertEquals(List.of(0.5, 0.25, 91.5), values);
      assertEquals("FINISHED", server.taken.getLast().json().path("status").textValue());
    }
  }

  @Test
  void endsAreToldInMlflowsWords() throws IOException {
    for (Outcome outcome : Outcome.values()) {
      try (TroubledServer server = new TroubledServer(Backends::mlflow)) {
        mlflow(server, CALM).begin(Samples.run()).finish(outcome);
        assertEquals(
            switch (outcome) {
              case FINISHED -> "FINISHED";
              case INTERRUPTED -> "KILLED";
              case FAILED -> "FAILED";
            },
            server.taken.getLast().json().path("status").textValue());
      }
    }
  }

  @Test
  void retryAfterIsHeeded() throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::wandb)) {
      server.troubles.add(Trouble.STATUS_429);
      long start = System.nanoTime();
      wandb(server, CALM).begin(Samples.run());
      assertTrue(System.nanoTime() - start > 950_000_000L, "it came back within the second");
    }
  }

  @Test
  void aRefusalIsTakenAndHoldsNoKeyThoughTheServerSentItBack() throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::wandb)) {
      server.always = Trouble.ECHO_401;
      IOException refused =
          assertThrows(IOException.class, () -> wandb(server, CALM).begin(Samples.run()));
      assertTrue(
          refused.getMessage().contains("HTTP 401: who is Basic ***?"), refused.getMessage());
      assertEquals(1, server.logins.size());
      String encoded = server.logins.getFirst().substring("Basic ".length());
      assertFalse(refused.getMessage().contains(encoded));
    }
  }

  @Test
  void pausesBetweenRequestsGrow() throws Exception {
    try (TroubledServer server = new TroubledServer(Backends::wandb)) {
      server.always = Trouble.STATUS_500;
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () ->
                      assertThrows(
                          IOException.class, () -> wandb(server, CALM).begin(Samples.run())));
      Thread.sleep(1000);
      thread.interrupt();
      assertTrue(thread.join(Duration.ofSeconds(5)), "an interrupt ends the trying");
      // 5 ms doubled: 2.5 + 5 + 10 + ... at the least, so no more than 10 in a second.
      int count = server.logins.size();
      assertTrue(count >= 2 && count <= 10, count + " requests in a second");
    }
  }
}
