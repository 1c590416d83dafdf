package engram.bench.verified;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import engram.bench.protocol.Protocol;
import engram.bench.record.RecordedRun;
import engram.bench.record.RecordedStrategy;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Confusion;
import engram.cl.metrics.TestAnswers;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.task.ClassOrder;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows of protocol hsu-mnist-class, whose fine-tune has 19.71 in the source. */
class VerifiedTableTest {
  private static final String NAME = "hsu-mnist-class";
  private static final TaskSplit SPLIT =
      new TaskSplit(new ClassOrder(IntStream.range(0, 10).boxed().toList()), TaskSizes.even(10, 5));

  /** Recognises so many of a hundred images of each class. */
  private static RecordedStrategy strategy(String name, long seed, int tasks, int recognised) {
    List<TestAnswers> answers = new ArrayList<>();
    List<TaskResult> results = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      Confusion confusion = new Confusion(SPLIT.seenClasses(task));
      for (int label = 0; label < confusion.classes(); label++) {
        confusion.add(label, label, recognised);
        confusion.add(label, label == 0 ? 1 : 0, 100 - recognised);
      }
      answers.add(TestAnswers.of(SPLIT, task, confusion));
      results.add(TaskResult.of(name, seed, SPLIT, task, answers.getLast(), 2));
    }
    AccuracyMatrix matrix = AccuracyMatrix.of(answers);
    return new RecordedStrategy(
        new StrategyRun(
            name, seed, results, matrix, matrix, answers.getLast().confusion(), Optional.empty()),
        SPLIT,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        new byte[0],
        List.of());
  }

  private static RecordedRun run(
      String folder, Map<String, String> changed, RecordedStrategy... strategies) {
    Map<String, Object> config = new LinkedHashMap<>(Protocol.of(NAME).settings());
    config.put("protocol", NAME);
    config.putAll(changed);
    return new RecordedRun(
        Path.of(folder),
        config,
        Map.of(),
        JsonNodeFactory.instance.objectNode(),
        Map.of(),
        new byte[0],
        List.of(strategies),
        List.of(),
        List.of());
  }

  private static String markdown(RecordedRun... runs) {
    return VerifiedTable.markdown(List.of(runs), List.of());
  }

  private static List<String> rows(String page) {
    return page.lines().filter(line -> line.contains("`fine-tune`")).toList();
  }

  @Test
  void aSeedCountsOnceHoweverManyFoldersHoldIt() {
    RecordedRun first =
        run("a", Map.of(), strategy("fine-tune", 1, 5, 18), strategy("fine-tune", 2, 5, 20));
    RecordedRun again = run("b", Map.of(), strategy("fine-tune", 2, 5, 90));
    String page = markdown(first, again);
    assertEquals(1, rows(page).size());
    assertTrue(rows(page).getFirst().contains("| 19.00 ±1.41 (2) |"), page);
    assertTrue(
        page.contains("Not counted: fine-tune with seed 2 in b, which another folder has."), page);
    assertTrue(page.contains("**1 of 1 rows agree.**"), page);
  }

  @Test
  void whatHasNotDoneAllTasksIsNoResult() {
    String page =
        markdown(
            run("a", Map.of(), strategy("fine-tune", 1, 5, 20)),
            run("b", Map.of(), strategy("fine-tune", 2, 3, 60)));
    assertTrue(rows(page).getFirst().contains("| 20.00 (1) |"), page);
    assertTrue(
        page.contains("Not counted: fine-tune with seed 2 in b, which did 3 of 5 tasks."), page);

    String alone = markdown(run("b", Map.of(), strategy("fine-tune", 2, 3, 60)));
    assertEquals(List.of(), rows(alone));
    assertTrue(alone.contains("**0 of 0 rows agree.**"), alone);
  }

  @Test
  void runsThatDeviateHaveRowsOfTheirOwnWhichDoNotCount() {
    String page =
        markdown(
            run("a", Map.of("lr", "0.5"), strategy("fine-tune", 1, 5, 60)),
            run("b", Map.of(), strategy("fine-tune", 1, 5, 20)));
    assertEquals(2, rows(page).size());
    assertTrue(rows(page).get(0).startsWith("| 1 | hsu-mnist-class | `fine-tune` |"), page);
    assertTrue(
        rows(page)
            .get(1)
            .startsWith("|  | hsu-mnist-class, **but lr: 0.5, not 0.001** | `fine-tune` |"),
        page);
    assertTrue(page.contains("**1 of 1 rows agree.**"), page);
    assertFalse(page.contains("Not counted"), page);
  }
}
