package engram.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.bench.record.RunFolder;
import engram.bench.record.StateFiles;
import engram.bench.report.Chromium;
import engram.bench.run.OpenRun;
import engram.bench.run.RunConfig;
import engram.bench.run.RunData;
import engram.bench.run.RunExecution;
import engram.bench.subject.TinyMnist;
import engram.bench.track.TrackOptions;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.device.Devices;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** The page of a run as a headless Chromium shows it, while it goes on and afterwards. */
@Tag("process")
@Timeout(300)
class LiveInBrowserTest {
  @TempDir private Path temp;
  private final CompletableFuture<URI> address = new CompletableFuture<>();

  /** The training waits at its first measurement until the page is there. */
  private final CountDownLatch open = new CountDownLatch(1);

  private final StopRequest stop = new StopRequest();

  private void run(Path folder) {
    try {
      Map<String, String> texts =
          Map.of(
              "data", TinyMnist.write(Files.createDirectories(temp.resolve("data")), 6, 2),
              "network", "mlp 12 1",
              "strategies", "er",
              "tasks", "3,3,4",
              "epochs", "2",
              "batch", "3",
              "buffer", "12",
              "device", "plain",
              "threads", "1");
      RunConfig config = RunConfig.of(texts);
      try (Backend backend = Devices.open("plain", 1, _ -> {});
          RunFolder at = RunFolder.at(folder, false)) {
        RunExecution execution =
            new RunExecution(
                OpenRun.of(config, RunData.open(config, _ -> {})),
                backend,
                at,
                new TrackOptions().resolve(Map.of()),
                stop,
                StateFiles.Pace.EVERY,
                this::hold,
                this::notice);
        execution.showLive(0);
        var _ = execution.begin(List.of("run"));
      }
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  private void notice(String line) {
    if (line.startsWith("live ")) {
      address.complete(URI.create(line.substring(5)));
    }
  }

  private void hold(RunEvent event) {
    try {
      if (event instanceof RunEvent.StepMeasured) {
        assertTrue(open.await(120, TimeUnit.SECONDS), "nobody opened the page");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void press(ChromeDriver browser, CharSequence key) {
    new Actions(browser).sendKeys(key).perform();
  }

  private static String text(ChromeDriver browser, String id) {
    return browser.findElement(By.id(id)).getText();
  }

  private static void await(ChromeDriver browser, String id, String start)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!text(browser, id).startsWith(start)) {
      assertTrue(System.nanoTime() < end, "%s is: %s".formatted(id, text(browser, id)));
      Thread.sleep(20);
    }
  }

  private static void assertCharts(ChromeDriver browser) {
    for (String chart : List.of("accuracy", "loss", "norms")) {
      assertFalse(
          browser.findElements(By.cssSelector("#%s canvas".formatted(chart))).isEmpty(), chart);
    }
  }

  @Test
  void aRunIsHeldSteppedAndEndedByKeyboardAndItsPageWorksAfterwards() throws Exception {
    Path folder = temp.resolve("run");
    try (Chromium chromium = Chromium.start()) {
      Thread training = Thread.ofPlatform().start(() -> run(folder));
      URI page = address.get(120, TimeUnit.SECONDS);
      ChromeDriver browser = chromium.show(375, "dark", page);
      press(browser, "p");
      await(browser, "status", "paused");
      open.countDown();
      await(browser, "moment-text", "task 1, before its first step");
      press(browser, "s");
      await(browser, "moment-text", "task 1, epoch 1, after step 1");
      browser.findElement(By.id("step")).sendKeys(Keys.ENTER); // as Tab and Enter
      await(browser, "moment-text", "task 1, epoch 1, after step 2");
      assertCharts(browser);
      assertEquals(0, chromium.overhang(), "wider than 375 pixels");
      assertLocal(chromium, page);

      browser = chromium.show(1280, "light", page);
      await(browser, "moment-text", "task 1, epoch 1, after step 2");
      assertEquals("paused", text(browser, "status"));
      assertCharts(browser);
      assertEquals(0, chromium.overhang(), "wider than 1,280 pixels");
      assertLocal(chromium, page);
      press(browser, "g");
      training.join(Duration.ofSeconds(120));
      browser.get("about:blank");
      var _ = chromium.messages(); // its last look may have found the server gone

      Path kept = folder.resolve("live.html");
      for (int width : List.of(375, 1280)) {
        browser = chromium.show(width, "light", kept);
        assertEquals("the run is done", text(browser, "status"));
        assertTrue(text(browser, "moment-text").startsWith("task 3, done"));
        assertCharts(browser);
        assertEquals(0, chromium.overhang());
        assertEquals(List.of(), chromium.messages());
        assertEquals(List.of(kept.toUri().toString()), chromium.requests());
      }
    } finally {
      open.countDown();
      stop.make();
    }
  }

  /** No message, and no request but to the server of the page. */
  private static void assertLocal(Chromium chromium, URI page) throws IOException {
    assertEquals(List.of(), chromium.messages(), "messages on the console");
    for (String asked : chromium.requests()) {
      assertTrue(asked.startsWith(page.toString()), asked);
    }
  }
}
