package engram.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

/** The report as a headless Chromium shows it. */
@Tag("process")
@Timeout(300)
class ReportInBrowserTest {
  @TempDir static Path temp;
  private static Optional<Chromium> started = Optional.empty();
  private static Path page;

  @BeforeAll
  static void openReport() throws IOException {
    started = Optional.of(Chromium.start());
    ToyRun run = new ToyRun(temp.resolve("run1"), 200, 1);
    for (long seed : List.of(1L, 2L)) {
      run.learnt("fine-tune", seed, 9, 0, 9);
      run.learnt("er", seed, 9, (int) (4 + seed), 8);
      run.learnt("joint", seed, 9, 9, 9);
    }
    Files.writeString(
        run.path().resolve("doctor.csv"),
        "strategy,seed,task,step,symptom,where,what,remedy\n"
            + "er,1,2,20,frozen-layer,residual1.residual2.conv3.weight,Still.,Look.\n");
    page = run.path().resolve("report.html");
    Report.write(List.of(run.path()), page);
  }

  @AfterAll
  static void quit() {
    started.ifPresent(Chromium::close);
  }

  @ParameterizedTest
  @ValueSource(ints = {375, 1280})
  void nothingIsFetchedNothingFailsAndNothingStandsOut(int width) throws IOException {
    ChromeDriver browser = show(width, "light");

    Chromium chromium = started.orElseThrow();
    assertEquals(List.of(), chromium.messages(), "messages on the console");
    assertEquals(List.of(page.toUri().toString()), chromium.requests(), "what was asked for");
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

    assertEquals("", beyond(browser), "what is wider than the screen");
    long right =
        ((Number)
                Objects.requireNonNull(
                    browser.executeScript(
                        "return Math.round(document.querySelector('.ranking .number')"
                            + ".getBoundingClientRect().right)")))
            .longValue();
    assertTrue(right <= 375, "the figure ends at %d of 375".formatted(right));
  }

  /** What makes the page wider than the screen: not what scrolls within a part of its own. */
  private static String beyond(ChromeDriver browser) {
    return String.valueOf(
        browser.executeScript(
            """
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return '';
            const scrolls = e => e && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
            return [...document.querySelectorAll('body *')]
                .filter(e => !scrolls(e.parentElement)
                    && (e.getBoundingClientRect().right > wide
                        || e.scrollWidth > e.clientWidth && e.clientWidth > 0
                            && getComputedStyle(e).overflowX === 'visible'))
                .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 60))
                .concat('a page that scrolls sideways').join('; ');
            """));
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
      assertEquals(List.of(), browser.executeScript(Chromium.LOW_CONTRAST), scheme);
    }
    String dark =
        show(1280, "dark").findElement(By.tagName("body")).getCssValue("background-color");
    assertNotEquals(
        show(1280, "light").findElement(By.tagName("body")).getCssValue("background-color"), dark);
  }

  /** Opens the page anew in a window of this width and colour scheme. */
  private static ChromeDriver show(int width, String scheme) {
    return show(width, scheme, page);
  }

  private static ChromeDriver show(int width, String scheme, Path page) {
    return started.orElseThrow().show(width, scheme, page);
  }
}
