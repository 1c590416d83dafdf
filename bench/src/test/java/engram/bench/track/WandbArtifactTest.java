package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.bench.track.TroubledServer.Request;
import engram.bench.track.TroubledServer.Trouble;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The exchange as W&B's own program 0.30 has it, which was watched for this. */
class WandbArtifactTest {
  /** Of {@link Samples#PAGE}, as W&B's own program says it. */
  private static final String PAGE_MD5 = "9FRR9NB8ofW6ue0njogMXw==";

  /** Of an artifact that is this page, named report.html, as W&B's own program says it. */
  private static final String DIGEST = "61e0df012fa4c339df5e269583583f93";

  private static final PatientHttp.Pace CALM =
      new PatientHttp.Pace(Duration.ofSeconds(60), Duration.ofMillis(5), Duration.ofMillis(20));

  private static WandbLive tracker(TroubledServer server) throws IOException {
    WandbProject project = new WandbProject(Optional.empty(), "signs");
    PatientHttp http = new PatientHttp(Login.basic("api", "secret"), CALM);
    return new WandbLive(URI.create(server.address() + "/"), project, http, Samples.run());
  }

  /** Sends the report; returns what the server took for it. */
  private static List<Request> exchange(TroubledServer server) throws IOException {
    WandbLive tracker = tracker(server);
    server.taken.clear();
    assertEquals(Optional.empty(), tracker.report("report.html", Samples.PAGE));
    return server.taken;
  }

  private static String operation(Request request) {
    return request.path().equals("/graphql")
        ? request.query().replaceAll("(?s)mutation (\\w+).*", "$1")
        : request.method() + " " + request.path();
  }

  @Test
  void theReportIsCreatedStoredAndCommitted() throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::wandb)) {
      List<Request> taken = exchange(server);
      assertEquals(
          List.of(
              "CreateArtifact",
              "CreateArtifactManifest",
              "CreateArtifactFiles",
              "PUT /store/page?signed=1",
              "CreateArtifactManifest",
              "PUT /store/manifest?signed=2",
              "CommitArtifact"),
          taken.stream().map(WandbArtifactTest::operation).toList());
      JsonNode made = taken.getFirst().variables().path("input");
      assertEquals("me", made.path("entityName").asText());
      assertEquals("signs", made.path("projectName").asText());
      assertEquals("ab12cd34", made.path("runName").asText());
      assertEquals("report", made.path("artifactTypeName").asText());
      assertEquals("report-run7", made.path("artifactCollectionName").asText());
      assertEquals(
          "[{'artifactCollectionName':'report-run7','alias':'latest'},".replace('\'', '"')
              + "{'artifactCollectionName':'report-run7','alias':'er_seed1'}]".replace('\'', '"'),
          made.path("aliases").toString());
      assertEquals(DIGEST, made.path("digest").asText());
      assertEquals("MANIFEST_MD5", made.path("digestAlgorithm").asText());
      assertTrue(made.path("enableDigestDeduplication").booleanValue());
      assertTrue(made.path("clientID").asText().matches("[a-z0-9]{128}"));
      assertTrue(made.path("sequenceClientID").asText().matches("[a-z0-9]{128}"));
      assertEquals("{\"artifactID\":\"a1\"}", taken.getLast().variables().toString());
    }
  }

  @Test
  void thePageIsStoredWithTheHeadersOfItsAddressAndWithoutTheLogin() throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::wandb)) {
      List<Request> taken = exchange(server);
      assertEquals(
          "{'storageLayout':'V2','artifactFiles':[{'artifactID':'a1','artifactManifestID':'m1',"
                  .replace('\'', '"')
              + "'name':'report.html','md5':'%s'}]}".formatted(PAGE_MD5).replace('\'', '"'),
          taken.get(2).variables().path("input").toString());
      Request page = taken.get(3);
      assertArrayEquals(Samples.PAGE, page.body());
      assertEquals(List.of(PAGE_MD5), page.headers().get("Content-MD5"));
      assertEquals(List.of("text/html"), page.headers().get("Content-Type"));
      assertTrue(!page.headers().containsKey("Authorization"));
    }
  }

  @Test
  void theManifestListsThePageAndItsDigestIsToldBeforeItIsStored() throws Exception {
    try (TroubledServer server = new TroubledServer(Backends::wandb)) {
      List<Request> taken = exchange(server);
      JsonNode first = taken.get(1).variables();
      assertEquals("", first.path("digest").asText());
      assertTrue(!first.path("includeUpload").asBoolean());
      JsonNode second = taken.get(4).variables();
      Request stored = taken.get(5);
      assertEquals(
          Base64.getEncoder()
              .encodeToString(MessageDigest.getInstance("MD5").digest(stored.body())),
          second.path("digest").asText());
      assertTrue(second.path("includeUpload").asBoolean());
      for (JsonNode manifest : List.of(first, second)) {
        assertEquals("a1", manifest.path("artifactID").asText());
        assertEquals("a0", manifest.path("baseArtifactID").asText());
        assertEquals("wandb_manifest.json", manifest.path("name").asText());
        assertEquals("FULL", manifest.path("manifestType").asText());
        assertEquals("me", manifest.path("entityName").asText());
        assertEquals("signs", manifest.path("projectName").asText());
        assertEquals("ab12cd34", manifest.path("runName").asText());
      }
      assertEquals(List.of("x=="), stored.headers().get("Content-MD5"));
      assertEquals(
          new ObjectMapper()
              .readTree(
                  """
                  {"version": 1,
                   "storagePolicy": "wandb-storage-policy-v1",
                   "storagePolicyConfig": {"storageLayout": "V2"},
                   "contents": {"report.html":
                     {"digest": "9FRR9NB8ofW6ue0njogMXw==", "birthArtifactID": "a1", "size": 15}}}
                  """),
          stored.json());
    }
  }

  @Test
  void aPageThatIsThereAlreadyIsNotSentAgain() throws IOException {
    try (TroubledServer server =
        new TroubledServer(request -> Backends.wandb(request, "COMMITTED"))) {
      assertEquals(
          List.of("CreateArtifact"),
          exchange(server).stream().map(WandbArtifactTest::operation).toList());
    }
  }

  /** A lost answer is asked for again by the same name, so that no second version is made. */
  @ParameterizedTest
  @EnumSource(names = {"STATUS_500", "DROPPED", "DROPPED_AFTER_WORK", "NOT_JSON", "EMPTY"})
  void troubleOnTheWayMakesNoSecondVersion(Trouble trouble) throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::wandb)) {
      WandbLive tracker = tracker(server);
      server.taken.clear();
      for (int i = 0; i < 7; i++) {
        server.troubles.addAll(List.of(trouble, Trouble.NONE));
      }
      assertEquals(Optional.empty(), tracker.report("report.html", Samples.PAGE));
      assertEquals(
          1,
          server.taken.stream()
              .filter(request -> operation(request).equals("CreateArtifact"))
              .map(request -> request.variables().at("/input/clientID").asText())
              .distinct()
              .count());
      assertEquals("CommitArtifact", operation(server.taken.getLast()));
    }
  }

  @Test
  void whereTheServerTakesNoArtifactTheReportIsAFileOfTheRunAndThatIsSaid() throws IOException {
    try (TroubledServer server = new TroubledServer(Backends::wandbWithoutArtifacts)) {
      WandbLive tracker = tracker(server);
      server.taken.clear();
      String said = tracker.report("report.html", Samples.PAGE).orElseThrow();
      assertTrue(said.startsWith("report.html is a file of the run: the server takes no"), said);
      assertTrue(said.endsWith("says: Unknown type CreateArtifactInput.)"), said);
      assertEquals(
          List.of(
              "CreateArtifact",
              "CreateRunFiles",
              "PUT /store/x",
              "POST /files/me/signs/ab12cd34/file_stream"),
          server.taken.stream().map(WandbArtifactTest::operation).toList());
      assertArrayEquals(Samples.PAGE, server.taken.get(2).body());
      assertEquals("[\"report.html\"]", server.taken.get(3).json().path("uploaded").toString());
    }
  }

  @Test
  void namesHoldNothingThatAServerRefuses() {
    TrackedRun run = Samples.run();
    TrackedRun elsewhere =
        new TrackedRun(
            run.id(),
            run.name(),
            "Läufe: 7/" + "x".repeat(200),
            run.strategy(),
            run.started(),
            run.origin(),
            run.config());
    String name = WandbArtifact.report(elsewhere, "report.html", Samples.PAGE).collection();
    assertTrue(name.matches("report-L-ufe--7-x{112}"), name);
  }
}
