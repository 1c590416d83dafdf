package engram.bench.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.bench.report.Chromium;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** The page of a step as a headless Chromium shows it. */
@Tag("process")
@Timeout(300)
class StepInBrowserTest {
  @TempDir static Path temp;
  private static Optional<Chromium> started = Optional.empty();
  private static Path page;

  @BeforeAll
  static void makePage() throws IOException {
    started = Optional.of(Chromium.start());
    page = temp.resolve("step.html");
    try (Backend backend = VectorBackend.plain(1)) {
      Glass glass = Glasses.glass(backend, true);
      Packed packed = Packed.of(glass.run());
      StepPage.write(
          Glasses.stages(glass, packed, List.of(Comparison.withoutFusion(glass, backend))),
          packed,
          page);
    }
  }

  @AfterAll
  static void quit() {
    started.ifPresent(Chromium::close);
  }

  private static ChromeDriver show(int width, String scheme) {
    return started.orElseThrow().show(width, scheme, page);
  }

  private static void press(ChromeDriver browser, CharSequence... keys) {
    new Actions(browser).sendKeys(keys).perform();
  }

  private static String text(ChromeDriver browser, String selector) {
    return browser.findElement(By.cssSelector(selector)).getText();
  }

  @ParameterizedTest
  @CsvSource({"375, light", "375, dark", "1280, light", "1280, dark"})
  void everyFrameOfEveryStageIsShownWithoutRequestOrMessage(int width, String scheme)
      throws IOException {
    ChromeDriver browser = show(width, scheme);
    Chromium chromium = started.orElseThrow();
    for (int stage = 1; stage <= 6; stage++) {
      press(browser, String.valueOf(stage));
      int frames = browser.findElements(By.cssSelector("#frames button")).size();
      assertTrue(frames > 0, "stage " + stage);
      press(browser, Keys.END);
      assertEquals(position(frames - 1, frames), text(browser, "#position"));
      press(browser, Keys.ARROW_LEFT);
      assertEquals(position(frames - 2, frames), text(browser, "#position"));
      press(browser, Keys.HOME, Keys.ARROW_RIGHT);
      assertEquals(position(1, frames), text(browser, "#position"));
      assertEquals(0, chromium.overhang(), "stage %d is wider than the window".formatted(stage));
      assertEquals(List.of(), browser.executeScript(Chromium.LOW_CONTRAST), "stage " + stage);
    }
    assertEquals(List.of(), chromium.messages(), "messages on the console");
    assertEquals(List.of(page.toUri().toString()), chromium.requests(), "what was asked for");
  }

  /** Frames count from 0, as the numbers of engram graph. */
  private static String position(int frame, int frames) {
    return "%d of 0 to %d".formatted(frame, frames - 1);
  }

  /** From the first result by Tab to its numbers, by arrows to an element, by Enter to its sum. */
  @Test
  void aNumberIsAskedByKeyboardAlone() {
    ChromeDriver browser = show(1280, "light");
    press(browser, "5");
    for (int i = 0; i < 60 && !focused(browser, "index").equals("0"); i++) {
      press(browser, Keys.TAB);
    }
    assertEquals("0", focused(browser, "index"), "Tab leads to the first number");
    press(browser, Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
    assertEquals("7", focused(browser, "index"), "row 1, column 1 of 6");
    press(browser, Keys.ENTER);
    String sum = text(browser, ".ask");
    assertTrue(sum.startsWith("max_pool2d[0, 0, 1, 1] = "), sum);
    assertTrue(sum.contains("the sum of 45 products, plus 1"), sum); // 5 x 3 pixels of 3 channels
    double inDouble = number(sum, "in double precision (\\S+), then s > 0");
    double stored = number(sum, "stored as float (\\S+)");
    assertEquals(inDouble > 0 ? inDouble : 0.01 * inDouble, stored, 1e-6);
  }

  private static double number(String text, String pattern) {
    var found = java.util.regex.Pattern.compile(pattern).matcher(text);
    assertTrue(found.find(), text);
    return Double.parseDouble(found.group(1));
  }

  private static String focused(ChromeDriver browser, String data) {
    return String.valueOf(
        browser.executeScript("return document.activeElement.dataset['%s'] || ''".formatted(data)));
  }

  /** Each sum that the script writes out is the float that the step made. */
  @Test
  void sumsOfTheScriptAreTheNumbersOfTheStep() {
    ChromeDriver browser = show(1280, "light");
    press(browser, "5");
    int steps = browser.findElements(By.cssSelector("#frames button")).size();
    int compared = 0;
    for (int step = 0; step < steps; step++) {
      String sum =
          String.valueOf(
              browser.executeScript(
                  """
                  const button = document.querySelector('.number');
                  button.click();
                  return document.querySelector('.ask').textContent;
                  """));
      if (sum.contains("in double precision") && !sum.contains(", then ")) {
        double inDouble = number(sum, "in double precision ([^;]+);");
        double stored = number(sum, "stored as float (\\S+)");
        assertEquals(inDouble, stored, 1e-5 * (1 + Math.abs(stored)), sum);
        compared++;
      }
      press(browser, Keys.ARROW_RIGHT);
    }
    assertTrue(compared >= 8, compared + " sums compared");
  }

  @Test
  void aFiniteDifferenceStandsBesideTheGradient() {
    ChromeDriver browser = show(1280, "light");
    press(browser, "5");
    while (browser
        .findElements(By.cssSelector(".tools [aria-label$='finite difference']"))
        .isEmpty()) {
      press(browser, Keys.ARROW_RIGHT);
    }
    browser.executeScript(
        "document.querySelector(\".tools [aria-label$='finite difference']\").click()");
    String said = Objects.requireNonNull(text(browser, "#detail"));
    assertTrue(said.contains("Finite difference of the loss by "), said);
  }
}
