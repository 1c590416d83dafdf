package engram.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.bench.record.RecordedEpoch;
import engram.bench.record.RecordedRun;
import engram.bench.record.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportTest {
  @TempDir Path temp;

  @Test
  void metricsOfTheFolderAreThoseOfTheRun() throws IOException {
    Path run = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();

    StrategyView er = views(run).getFirst();
    // The second class of a task is recognised whole when it is the last one met.
    // Task 1: 9 and 10 of 10. Task 2: old classes 4 and 4, new ones 8 and 10.
    assertEquals(95, er.summary().accuracy().get(0).mean(), 1e-9);
    assertEquals(65, er.summary().finalAccuracy().mean(), 1e-9);
    assertEquals(55, er.summary().forgetting().orElseThrow().mean(), 1e-9);
    assertEquals(100, er.summary().taskAware().mean(), 1e-9);
    assertEquals(40, er.accuracy(1, 0), 1e-9);
    assertEquals(90, er.accuracy(1, 1), 1e-9);
    assertEquals(3, er.seconds().mean(), 1e-9);
    assertEquals(6, er.usage().memory().orElseThrow().images());
    assertEquals(6 * 192, er.usage().memory().orElseThrow().bytes());
  }

  @Test
  void forgettingAndAnswersAreToldByClassAndTask() throws IOException {
    Path run = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();

    StrategyView er = views(run).getFirst();
    assertEquals(
        List.of(2, 0, 3, 1), er.classes().icons().stream().map(ClassIcon::number).toList());
    assertEquals(50, er.classes().forgetting().get(0).orElseThrow(), 1e-9);
    assertEquals(60, er.classes().forgetting().get(1).orElseThrow(), 1e-9);
    assertTrue(er.classes().forgetting().get(2).isEmpty());
    assertEquals(List.of(2), er.classes().firsts());
    // Of 40 answers 8 name a class of task 1 and 32 one of task 2.
    assertEquals(20, er.answerShare(0), 1e-9);
    assertEquals(80, er.answerShare(1), 1e-9);
    assertEquals(50, er.shownShare(0), 1e-9);
    ConfusionTable.Cell worst = er.confusion().worst().getFirst();
    assertEquals("Danger taken for Yield: 6 images (60.0 %)", er.confusion().text(worst));
  }

  @Test
  void seedsOfRunsThatDifferInNothingElseArePooled() throws IOException {
    Path first = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    Path second = new ToyRun(temp.resolve("run2"), 200, 2).learnt("er", 2, 9, 6, 8).path();

    StrategyView er = views(first, second).getFirst();
    assertEquals("er", er.name());
    assertEquals("1, 2", er.seedNumbers());
    // 65 and 75: mean 70, half width 12.7062 x 7.0711 / sqrt(2) = 63.531
    assertEquals(70, er.summary().finalAccuracy().mean(), 1e-9);
    assertEquals(63.531, er.summary().finalAccuracy().halfWidth().orElseThrow(), 1e-3);
  }

  @Test
  void runsWithOtherSettingsStandSideBySide() throws IOException {
    Path first = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    Path second = new ToyRun(temp.resolve("run2"), 500, 2).learnt("er", 2, 9, 6, 8).path();

    assertEquals(
        List.of("er (buffer 200)", "er (buffer 500)"),
        views(first, second).stream().map(StrategyView::name).toList());
  }

  @Test
  void theSameSeedTwiceIsNotTakenForTwoSeeds() throws IOException {
    Path first = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    Path second = new ToyRun(temp.resolve("run2"), 200, 1).learnt("er", 1, 9, 4, 8).path();

    assertEquals(List.of(1, 1), views(first, second).stream().map(s -> s.seeds().size()).toList());
  }

  @Test
  void aRunThatWasInterruptedHasAReportOfWhatItReached() throws IOException {
    Path run =
        new ToyRun(temp.resolve("run1"), 200, 1)
            .learnt("er", 1, 9, 4, 8)
            .task("joint", 1, 0, 10)
            .path();

    Report.write(List.of(run), run.resolve("report.html"));

    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("Unfinished: not all tasks are done."), "the page says so");
    List<StrategyView> views = views(run);
    assertEquals(List.of(2, 1), views.stream().map(StrategyView::tasks).toList());
    assertTrue(page.contains("after 1 of 2 tasks"), "joint's 100 % of fewer classes");
    int ranking = page.indexOf("class=\"ranking\"");
    assertTrue(page.indexOf(">er<", ranking) < page.indexOf(">joint<", ranking), "and ranks last");
  }

  @Test
  void namesAreEscaped() throws IOException {
    Path run = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();

    Report.write(List.of(run), run.resolve("report.html"));

    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; "), "as text");
    assertFalse(page.contains(ToyRun.NASTY), "and nowhere as it is");
  }

  @Test
  void overwritingARunTakesItsReportAlong() throws IOException {
    Path run = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    Report.write(List.of(run), run.resolve("report.html"));

    RunFolder.at(run, true);

    assertFalse(Files.exists(run.resolve("report.html")));
    assertFalse(Files.exists(run.resolve("report/tasks.csv")));
  }

  @Test
  void theCommandWritesOnePageForSeveralRuns() throws IOException {
    Path first = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    Path second = new ToyRun(temp.resolve("run2"), 500, 1).learnt("er", 1, 9, 4, 8).path();
    Path out = temp.resolve("both.html");

    int exit =
        new CommandLine(new ReportCommand())
            .execute(first.toString(), second.toString(), "--out", out.toString());

    assertEquals(0, exit);
    assertTrue(Files.readString(out).contains("er</span> (buffer 500)"));
  }

  /** Seeds of units that differ in nothing else are one group; the other buffer is marked. */
  @Test
  void aFolderOfRunsIsPooledIntoOneTableOneSummaryAndOnePage() throws IOException {
    Path sweep = temp.resolve("sweep");
    new ToyRun(sweep.resolve("units/a1"), 200, 1).learnt("er", 1, 9, 4, 8);
    new ToyRun(sweep.resolve("units/b2"), 200, 2).learnt("er", 2, 9, 6, 8);
    new ToyRun(sweep.resolve("units/c3"), 200, 2).learnt("joint", 2, 9, 9, 9);
    new ToyRun(sweep.resolve("units/d4"), 500, 1).learnt("er", 1, 9, 9, 9);
    new ToyRun(sweep.resolve("units/e5"), 500, 2).epoch("er", 2, 0, 0, 3); // has just begun
    Files.createDirectories(sweep.resolve("units/f6"));
    StringWriter screen = new StringWriter();

    int exit =
        new CommandLine(new ReportCommand())
            .setOut(new PrintWriter(screen))
            .execute(sweep.toString());

    assertEquals(0, exit);
    JsonNode summary = new ObjectMapper().readTree(sweep.resolve("summary.json").toFile());
    assertEquals("[\"memory\"]", summary.path("different_card_fields").toString());
    assertEquals("[\"buffer\"]", summary.path("different_settings").toString());
    JsonNode pooled = summary.at("/groups/0");
    assertEquals("[\"units/a1\",\"units/b2\",\"units/c3\"]", pooled.path("runs").toString());
    JsonNode accuracy = pooled.at("/summary/strategies/er/final_accuracy");
    assertEquals(70, accuracy.path("mean").doubleValue(), 1e-9);
    assertEquals(2, accuracy.path("seeds").intValue());
    assertEquals("buffer 500", summary.at("/groups/1/name").asText());
    assertTrue(summary.at("/left_out/units~1e5").asText().contains("no task that was done"));
    List<String> table = Files.readAllLines(sweep.resolve("results.csv"));
    assertEquals("run,buffer,strategy,seed,task,seen_classes", table.getFirst().substring(0, 42));
    assertEquals(1 + 4 * 2, table.size());
    assertTrue(table.get(8).startsWith("units/d4,500,er,1,2,4,92.5000"), table.get(8));
    assertTrue(Files.readString(sweep.resolve("report.html")).contains("er</span> (buffer 200)"));
    assertTrue(screen.toString().contains("left out: "), screen::toString);
  }

  /** What is measured on other images or tasks has a ranking of its own, which says why. */
  @Test
  void strategiesThatAreMeasuredOnDifferentDataAreNotRankedTogether() throws IOException {
    Path first = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    Path second =
        new ToyRun(temp.resolve("run2"), 200, 2, "toy digits").learnt("er", 2, 9, 9, 9).path();
    Path third = new ToyRun(temp.resolve("run3"), 500, 1).learnt("er", 1, 9, 6, 8).path();

    List<Comparison> comparisons = Comparison.of(views(first, second, third));

    assertEquals(
        List.of(List.of("run1", "run3"), List.of("run2")),
        comparisons.stream()
            .map(c -> c.ranking().stream().map(StrategyView::run).sorted().toList())
            .toList());
    assertEquals(List.of("data: toy digits, not toy signs"), comparisons.getLast().apart());
    Path page = temp.resolve("three.html");
    Report.write(List.of(first, second, third), page);
    String html = Files.readString(page);
    assertEquals(3, html.split("class=\"ranking\"", -1).length, "two rankings");
    assertTrue(html.contains("data: toy digits, not toy signs"));
  }

  @Test
  void learningCurvesAreMeansOverSeedsAtThePlaceOfTheEpochInItsTask() throws IOException {
    ToyRun run = new ToyRun(temp.resolve("run1"), 200, 1);
    run.epoch("er", 1, 0, 0, 4).epoch("er", 1, 0, 1, 2).epoch("er", 2, 0, 0, 2);
    List<RecordedEpoch> epochs = RecordedRun.soFar(run.path()).epochs();

    List<Charts.Learning> charts = Charts.learning(List.of(new LearningCurve("er", 0, epochs)));

    assertEquals("ce", charts.getFirst().term());
    JsonNode chart = new ObjectMapper().readTree(charts.getFirst().json());
    assertEquals("[0.5,1.0]", chart.path("x").toString());
    assertEquals("[3.0,2.0]", chart.at("/series/0/y").toString());
  }

  @Test
  void aRunThatWasStoppedInItsFirstTaskHasAPageOfWhatItLearnt() throws IOException {
    Path run = new ToyRun(temp.resolve("run1"), 200, 1).epoch("er", 1, 0, 0, 3).path();

    Report.write(List.of(run), run.resolve("report.html"));

    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("Stopped in the first task"));
    assertTrue(page.contains("Learning, epoch by epoch"));
    assertFalse(page.contains("class=\"ranking\""));
  }

  @Test
  void theTitleSaysWhatIsComparedOnWhatWhereAndWhen() throws IOException {
    Path run = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    Files.writeString(
        run.resolve("env.json"), "{\"started\": \"2026-11-30T06:40:00Z\", \"command\": []}");

    Report.write(List.of(run), run.resolve("report.html"));

    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("<title>er on toy signs \u00b7 run1 \u00b7 2026-11-30</title>"));
  }

  /** What the page says of strategies without a memory is what they reached. */
  @Test
  void whatBecomesOfOldClassesWithoutAMemoryIsToldWithTheFiguresOfTheRun() throws IOException {
    ToyRun run = new ToyRun(temp.resolve("run1"), 200, 1);
    run.learnt("fine-tune", 1, 9, 0, 9).learnt("slda", 1, 9, 8, 9).learnt("er", 1, 9, 4, 8);

    Report.write(List.of(run.path()), run.path().resolve("report.html"));

    String page = Files.readString(run.path().resolve("report.html"));
    String told = page.substring(page.indexOf("What becomes of old classes"));
    assertTrue(told.contains("80.0&nbsp;%"), "slda is not near 0");
    assertFalse(page.contains("no setting repairs it"));
  }

  @Test
  void aFolderWithoutATaskIsAnErrorThatSaysWhatIsMissing() {
    String message = errorOf(temp);
    assertTrue(message.startsWith(temp + " holds no task that was done: no report"), message);
    String missing = errorOf(temp.resolve("run9"));
    assertEquals(temp.resolve("run9") + ": there is no such folder", missing);
  }

  @Test
  void aDamagedFileIsNamedWithItsLine() throws IOException {
    Path run = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    Path confusion = run.resolve("report/er_seed1/confusion.csv");
    List<String> lines = Files.readAllLines(confusion);

    lines.set(2, "1,0,2,x,5");
    Files.write(confusion, lines);
    assertEquals(confusion + ", line 3: predicted is \"x\", expected a whole number", errorOf(run));

    lines.set(2, "1,0,2,3,5");
    Files.write(confusion, lines);
    assertEquals(
        confusion + ", line 3: predicted is 3, which no task up to 1 brings", errorOf(run));
  }

  @Test
  void damagedSettingsAndTasksAreNamed() throws IOException {
    Path run = new ToyRun(temp.resolve("run1"), 200, 1).learnt("er", 1, 9, 4, 8).path();
    Path tasks = run.resolve("report/tasks.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(tasks));
    lines.add(lines.getLast());
    Files.write(tasks, lines);
    String twice = errorOf(run);
    assertTrue(twice.startsWith(tasks + ", seed 1: class order: class "), twice);
    Files.write(tasks, lines.subList(0, lines.size() - 1));

    Path config = run.resolve("config.yaml");
    Files.writeString(config, "buffer: [200");
    String noYaml = errorOf(run);
    assertTrue(noYaml.startsWith("config " + config + ", line 1, column "), noYaml);
  }

  private static String errorOf(Path run) {
    return String.valueOf(
        assertThrows(IOException.class, () -> RecordedRun.read(run)).getMessage());
  }

  private static List<StrategyView> views(Path... folders) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path folder : folders) {
      runs.add(RecordedRun.read(folder));
    }
    return new StrategyViews(Panel.of(runs)).views();
  }
}
