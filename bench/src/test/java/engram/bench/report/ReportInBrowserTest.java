package engram.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The report as a headless Chromium shows it. */
@Tag("process")
@Timeout(300)
class ReportInBrowserTest {
  private static final String INSTALL =
      "no Chromium here; install it to run this test:  apt install chromium chromium-driver";

  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  @TempDir static Path temp;
  private static Optional<ChromeDriver> started = Optional.empty();
  private static Path page;

  @BeforeAll
  static void openReport() throws IOException {
    Optional<Path> chromium = program("chromium").or(() -> program("chromium-browser"));
    Optional<Path> driver = program("chromedriver");
    assumeTrue(chromium.isPresent() && driver.isPresent(), INSTALL);
    ToyRun run = new ToyRun(temp.resolve("run1"), 200, 1);
    for (long seed : List.of(1L, 2L)) {
      run.learnt("fine-tune", seed, 9, 0, 9);
      run.learnt("er", seed, 9, (int) (4 + seed), 8);
      run.learnt("joint", seed, 9, 9, 9);
    }
    page = run.path().resolve("report.html");
    Report.write(List.of(run.path()), page);

    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    SELENIUM.setLevel(Level.SEVERE); // it warns of each browser newer than itself
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.orElseThrow().toFile())
            .build();
    started = Optional.of(new ChromeDriver(service, options));
  }

  @AfterAll
  static void quit() {
    started.ifPresent(ChromeDriver::quit);
  }

  @ParameterizedTest
  @ValueSource(ints = {375, 1280})
  void nothingIsFetchedNothingFailsAndNothingStandsOut(int width) throws IOException {
    ChromeDriver browser = show(width, "light");

    List<String> problems = new ArrayList<>();
    for (LogEntry entry : browser.manage().logs().get(LogType.BROWSER)) {
      problems.add(entry.toString());
    }
    assertEquals(List.of(), problems, "messages on the console");
    assertEquals(List.of(page.toUri().toString()), requests(browser), "what was asked for");
    long wide = (long) measure(browser, "scrollWidth");
    long room = (long) measure(browser, "clientWidth");
    assertTrue(room <= width, "the window is %d wide".formatted(room));
    assertTrue(wide <= room, "the page is %d wide in a window of %d".formatted(wide, room));
  }

  /** A spec of 60 letters neither widens the page nor hides the figures beside it. */
  @Test
  void aLongNameIsBrokenOnANarrowScreen() throws IOException {
    ToyRun run = new ToyRun(temp.resolve("long"), 200, 1);
    run.learnt("lwf_lambda=1_over=met_weights=share_kd=met_mean=classes", 1, 9, 0, 9);
    Path named = run.path().resolve("report.html");
    Report.write(List.of(run.path()), named);

    ChromeDriver browser = show(375, "light", named);

    assertTrue((long) measure(browser, "scrollWidth") <= (long) measure(browser, "clientWidth"));
    long right =
        ((Number)
                Objects.requireNonNull(
                    browser.executeScript(
                        "return Math.round(document.querySelector('.ranking .number')"
                            + ".getBoundingClientRect().right)")))
            .longValue();
    assertTrue(right <= 375, "the figure ends at %d of 375".formatted(right));
  }

  private static Object measure(ChromeDriver browser, String property) {
    return Objects.requireNonNull(
        browser.executeScript("return document.documentElement." + property));
  }

  @Test
  void chartsAreDrawn() {
    ChromeDriver browser = show(1280, "light");

    List<WebElement> charts = browser.findElements(By.cssSelector(".chart canvas"));
    assertEquals(3, charts.size(), "accuracy, cross-entropy by epoch, norms of rows");
    for (WebElement chart : charts) {
      long colours = (long) Objects.requireNonNull(browser.executeScript(COLOURS, chart));
      assertTrue(colours > 10, "a chart of %d colours is empty".formatted(colours));
    }
    List<String> legend =
        browser.findElements(By.cssSelector("#results .u-legend .u-label")).stream()
            .map(WebElement::getText)
            .filter(text -> !text.isEmpty())
            .toList();
    assertEquals(List.of("classes met", "fine-tune", "er", "joint"), legend);
  }

  /** Number of different colours in a canvas. */
  private static final String COLOURS =
      """
      const c = arguments[0], p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
      const seen = new Set();
      for (let i = 0; i < p.length; i += 4) if (p[i + 3]) seen.add(p[i] << 16 | p[i + 1] << 8 | p[i + 2]);
      return seen.size;
      """;

  @Test
  void theFiguresAreThoseOfTheRun() {
    ChromeDriver browser = show(1280, "light");

    List<String> ranking =
        browser.findElements(By.cssSelector(".ranking tbody tr")).stream()
            .map(row -> row.getText().replaceAll("\\s+", " ").strip())
            .toList();
    // er: 70 and 75; 12.7062 x 3.5355 / sqrt(2) = 31.8
    assertEquals(List.of("joint 92.5 ±0.0", "er 72.5 ±31.8", "fine-tune 47.5 ±0.0"), ranking);
    String metrics =
        browser.findElement(By.cssSelector("#metrics tbody tr:nth-child(2)")).getText();
    assertTrue(metrics.contains("er 95.0 ±0.0 72.5 ±31.8"), metrics);
  }

  @Test
  void everyPictureIsThereAndHasAText() {
    ChromeDriver browser = show(1280, "light");

    assertEquals(
        0L,
        browser.executeScript(
            "return [...document.images].filter(i => !i.naturalWidth || !i.alt).length"),
        "img elements without picture or text");
    assertEquals(
        0L,
        browser.executeScript(
            "return [...document.querySelectorAll('svg[role=img]')]"
                + ".filter(s => !s.getAttribute('aria-label')).length"),
        "svg pictures without a text");
    assertEquals(
        0L,
        browser.executeScript(
            "return [...document.querySelectorAll('use')]"
                + ".filter(u => !document.querySelector(u.getAttribute('href'))).length"),
        "references to a picture that is not there");
    assertEquals(2, browser.findElements(By.cssSelector("#memory img")).size());
    // Two classes by two classes, what was recognised and what was taken for the last one.
    assertEquals(
        7,
        browser.findElements(By.cssSelector("#confusion details:nth-of-type(2) g rect[x]")).size());
  }

  @Test
  void textCanBeReadInLightAndDark() {
    for (String scheme : List.of("light", "dark")) {
      ChromeDriver browser = show(1280, scheme);
      assertEquals(List.of(), browser.executeScript(LOW_CONTRAST), scheme);
    }
    String dark =
        started.orElseThrow().findElement(By.tagName("body")).getCssValue("background-color");
    assertNotEquals(
        show(1280, "light").findElement(By.tagName("body")).getCssValue("background-color"), dark);
  }

  /** Texts below the contrast of 4.5 that WCAG 2.2 asks for (success criterion 1.4.3). */
  private static final String LOW_CONTRAST =
      """
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const rgb = color => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      };
      const luminance = c => {
        const [r, g, b] = c.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = e => {
        for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; }
        return [255, 255, 255, 255];
      };
      const low = [];
      for (const e of document.querySelectorAll('body *:not(script):not(style)')) {
        if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest('svg')) continue;
        const [a, b] = [luminance(rgb(getComputedStyle(e).color)), luminance(ground(e))].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) low.push(e.tagName + ' ' + e.textContent.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
      }
      return low;
      """;

  /** Opens the page anew in a window of this width and colour scheme. */
  private static ChromeDriver show(int width, String scheme) {
    return show(width, scheme, page);
  }

  private static ChromeDriver show(int width, String scheme, Path page) {
    ChromeDriver browser = started.orElseThrow();
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    browser.get("about:blank");
    browser.manage().logs().get(LogType.PERFORMANCE); // what came before is read and gone
    browser.get(page.toUri().toString());
    return browser;
  }

  /** Addresses that the browser asked for, pictures within the page left out. */
  private static List<String> requests(ChromeDriver browser) throws IOException {
    List<String> asked = new ArrayList<>();
    for (LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = new ObjectMapper().readTree(entry.getMessage()).path("message");
      String url = message.at("/params/request/url").asText();
      if (message.path("method").asText().equals("Network.requestWillBeSent")
          && !url.startsWith("data:")) {
        asked.add(url);
      }
    }
    return asked;
  }

  private static Optional<Path> program(String name) {
    return Stream.of(
            Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
