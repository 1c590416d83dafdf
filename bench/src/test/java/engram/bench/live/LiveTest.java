package engram.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.backend.Backend;
import engram.bench.record.RunFolder;
import engram.bench.record.RunFolders;
import engram.bench.record.StateFiles;
import engram.bench.run.OpenRun;
import engram.bench.run.RunConfig;
import engram.bench.run.RunData;
import engram.bench.run.RunExecution;
import engram.bench.subject.TinyMnist;
import engram.bench.track.TrackOptions;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.data.Dataset;
import engram.device.Devices;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LiveTest {
  private static final Pattern SCRIPT =
      Pattern.compile(
          "<script id=\"story\" type=\"application/json\">(.*?)</script>", Pattern.DOTALL);

  @TempDir private Path temp;
  private final List<String> notices = new ArrayList<>();
  private final HttpClient browser = HttpClient.newHttpClient();

  private void run(
      Path folder, boolean live, int threads, StopRequest stop, Consumer<RunEvent> events)
      throws IOException {
    Map<String, String> texts = new HashMap<>();
    texts.put("data", TinyMnist.write(Files.createDirectories(temp.resolve("data")), 6, 2));
    texts.put("network", "mlp 12 1");
    texts.put("strategies", "fine-tune,er");
    texts.put("tasks", "3,3,4");
    texts.put("epochs", "2");
    texts.put("batch", "3");
    texts.put("buffer", "12");
    texts.put("device", "plain");
    texts.put("threads", String.valueOf(threads));
    RunConfig config = RunConfig.of(texts);
    Dataset dataset = RunData.open(config, _ -> {});
    boolean goOn = Files.exists(folder);
    try (Backend backend = Devices.open("plain", threads, _ -> {});
        RunFolder at = goOn ? RunFolder.goOnIn(folder) : RunFolder.at(folder, false)) {
      RunExecution execution =
          new RunExecution(
              OpenRun.of(config, dataset),
              backend,
              at,
              new TrackOptions().resolve(Map.of()),
              stop,
              StateFiles.Pace.EVERY,
              events,
              notices::add);
      if (live) {
        execution.showLive(0);
      }
      var _ = goOn ? execution.goOn(List.of("run")) : execution.begin(List.of("run"));
    }
  }

  private URI address() {
    return URI.create(
        notices.stream()
            .filter(line -> line.startsWith("live "))
            .map(line -> line.substring(5))
            .findFirst()
            .orElseThrow());
  }

  private HttpResponse<String> get(URI address, String path)
      throws IOException, InterruptedException {
    return browser.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static List<JsonNode> story(Path folder) throws IOException {
    Matcher script = SCRIPT.matcher(Files.readString(folder.resolve("live.html")));
    assertTrue(script.find());
    List<JsonNode> lines = new ArrayList<>();
    new ObjectMapper().readTree(script.group(1)).forEach(lines::add);
    return lines;
  }

  @Test
  void whatIsLearntIsTheSameWithAndWithoutEyesOnIt() throws IOException {
    Path plain = temp.resolve("plain/run");
    Path watched = temp.resolve("watched/run");
    run(plain, false, 1, new StopRequest(), _ -> {});
    run(watched, true, 2, new StopRequest(), _ -> {});

    assertFalse(Files.exists(plain.resolve("live.html")));
    for (String added : List.of("live.html", "stability.csv")) {
      assertTrue(Files.deleteIfExists(watched.resolve(added)), added);
    }
    for (String strategy : List.of("fine-tune", "er")) {
      assertTrue(
          Files.deleteIfExists(watched.resolve("report/%s_seed1/within.csv".formatted(strategy))));
    }
    // The report has a section more, and the number of threads is another.
    for (Path folder : List.of(plain, watched)) {
      Files.delete(folder.resolve("report.html"));
      Files.delete(folder.resolve("config.yaml"));
    }
    RunFolders.assertSame(plain, watched);
  }

  @Test
  void aRunThatIsInterruptedAndGoneOnWithTellsTheSameStory() throws IOException {
    Path whole = temp.resolve("whole/run");
    run(whole, true, 1, new StopRequest(), _ -> {});
    Path cut = temp.resolve("cut/run");
    StopRequest stop = new StopRequest();
    run(
        cut,
        true,
        1,
        stop,
        event -> {
          if (event instanceof RunEvent.StepMeasured measured
              && measured.id().task() == 1
              && measured.steps() >= 5) {
            stop.make();
          }
        });
    assertEquals("end", story(cut).getLast().get("k").asText());
    run(cut, true, 2, new StopRequest(), _ -> {});

    RunFolders.assertSame(whole, cut);
  }

  @Test
  void theStoryBeginsAndEndsEachTaskAndMeasuresAboutAsMuchAsItTrains() throws IOException {
    Path folder = temp.resolve("story/run");
    run(folder, true, 1, new StopRequest(), _ -> {});
    List<JsonNode> lines = story(folder);

    assertEquals("strategy", lines.getFirst().get("k").asText());
    assertEquals(10, lines.getFirst().get("labels").size());
    JsonNode first = lines.get(1);
    assertEquals(0, first.get("step").asInt(), "before the first step");
    assertEquals(3, first.get("norms").size(), "one row for each class of the first task");
    int steps = 2 * 3 * 6 / 3; // epochs x classes x images of a class / batch
    JsonNode last =
        lines.stream()
            .filter(line -> line.get("k").asText().equals("step") && line.get("task").asInt() == 1)
            .reduce((_, later) -> later)
            .orElseThrow();
    assertEquals(steps, last.get("step").asInt(), "after the last step");
    JsonNode done =
        lines.stream()
            .filter(line -> line.get("k").asText().equals("task"))
            .reduce((_, later) -> later)
            .orElseThrow();
    assertEquals(3, done.get("acc").size());
    int held = 0;
    for (JsonNode images : done.get("held")) {
      held += images.asInt();
    }
    assertEquals(12, held, "the buffer is full");
    assertEquals("end", lines.getLast().get("k").asText());
  }

  @Test
  void tenBrowsersComeAndGoAndTheServerEndsWithTheRun() throws IOException {
    boolean[] looked = {false};
    run(
        temp.resolve("served/run"),
        true,
        1,
        new StopRequest(),
        event -> {
          if (event instanceof RunEvent.StepMeasured && !looked[0]) {
            looked[0] = true;
            try {
              look();
            } catch (IOException | InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        });
    assertTrue(looked[0]);
    assertThrows(ConnectException.class, () -> get(address(), ""));
  }

  private void look() throws IOException, InterruptedException {
    URI address = address();
    assertEquals("127.0.0.1", address.getHost());
    for (int i = 0; i < 10; i++) {
      assertTrue(get(address, "").body().contains("<!doctype html>"));
      JsonNode answer = new ObjectMapper().readTree(get(address, "story?from=0").body());
      assertEquals("strategy", answer.get("lines").get(0).get("k").asText());
      assertFalse(answer.get("paused").asBoolean());
    }
    assertEquals(404, get(address, "/").statusCode(), "without the token");
    assertEquals(404, get(address, "/story").statusCode(), "without the token");
    assertEquals(404, get(address, "other").statusCode());
    assertEquals(404, get(address, "hold").statusCode(), "reading changes nothing");
    assertEquals(204, post(address, "hold"));
    assertTrue(new ObjectMapper().readTree(get(address, "story").body()).get("paused").asBoolean());
    assertEquals(204, post(address, "go"));
  }

  private int post(URI address, String path) throws IOException, InterruptedException {
    HttpRequest order =
        HttpRequest.newBuilder(address.resolve(path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return browser.send(order, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Tag("process")
  @Test
  void aPlaceThatIsNoneIsToldWhereTheStepWouldBe() throws IOException {
    Path folder = temp.resolve("glass/run");
    run(folder, false, 1, new StopRequest(), _ -> {});
    String page = new String(new StepPages(folder).page("er:1:9:1"), StandardCharsets.UTF_8);
    assertTrue(page.contains("<pre>") && page.contains("there is no task 9"), page);
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      LiveStory story =
          new LiveStory(
              _ -> {
                throw new AssertionError();
              });
      IOException refused =
          assertThrows(
              IOException.class,
              () ->
                  new LiveServer(
                      taken.getLocalPort(),
                      story,
                      new LiveControl(new StopRequest()),
                      () -> new byte[0],
                      new StepPages(temp)));
      assertTrue(String.valueOf(refused.getMessage()).contains("" + taken.getLocalPort()));
    }
  }
}
