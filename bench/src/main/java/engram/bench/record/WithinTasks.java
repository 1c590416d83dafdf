package engram.bench.record;

import engram.base.WholeFile;
import engram.bench.file.CsvIn;
import engram.bench.file.CsvOut;
import engram.cl.experiment.RunEvent;
import engram.cl.metrics.StabilityGap;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What was measured within the tasks of one strategy: {@link RunFiles#WITHIN}. */
final class WithinTasks implements WholeFile.Content, Stateful {
  private static final int COLUMNS = 5;

  private List<Answers> rows = new ArrayList<>();

  /**
   * A row. Tasks count from 1; step 0 is before the first.
   *
   * @param task that is learnt
   * @param of the task that the images are of
   */
  private record Answers(int task, int step, int of, int images, int recognised) {
    Answers {
      if (of < 1 || of > task || images < 1 || recognised < 0 || recognised > images) {
        throw new IllegalArgumentException(
            "within task %d, %d of %d images of task %d are recognised"
                .formatted(task, recognised, images, of));
      }
    }

    IntStream numbers() {
      return IntStream.of(task, step, of, images, recognised);
    }

    double share() {
      return (double) recognised / images;
    }
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void add(RunEvent.StepMeasured measured) {
    int of = 1;
    for (RunEvent.Recognised answers : measured.ofTasks()) {
      rows.add(
          new Answers(
              measured.id().task() + 1,
              measured.steps(),
              of++,
              answers.images(),
              answers.recognised()));
    }
  }

  /** One for each moment, in order; rows that are not of a whole one are left out. */
  List<StabilityGap.Measurement> measurements() {
    List<StabilityGap.Measurement> measurements = new ArrayList<>();
    for (int end = 1; end <= rows.size(); end++) {
      Answers last = rows.get(end - 1);
      if (last.of() == last.task() && end >= last.task()) {
        List<Double> shares =
            rows.subList(end - last.task(), end).stream().map(Answers::share).toList();
        measurements.add(new StabilityGap.Measurement(last.task() - 1, last.step(), shares));
      }
    }
    return measurements;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    CsvOut table = new CsvOut("task,step,of_task,images,recognised");
    rows.forEach(row -> table.add(row.task, row.step, row.of, row.images, row.recognised));
    table.writeTo(out);
  }

  /** Those of a strategy's folder; empty where nobody looked. */
  static WithinTasks read(Path folder) throws IOException {
    WithinTasks within = new WithinTasks();
    Path file = folder.resolve(RunFiles.WITHIN);
    for (CsvIn.Row row : Files.exists(file) ? CsvIn.read(file) : List.<CsvIn.Row>of()) {
      try {
        within.rows.add(
            new Answers(
                row.integer("task"),
                row.integer("step"),
                row.integer("of_task"),
                row.integer("images"),
                row.integer("recognised")));
      } catch (IllegalArgumentException e) {
        throw row.failure("recognised", "cannot be: " + e.getMessage());
      }
    }
    return within;
  }

  @Override
  public void state(State state) {
    int[] now = rows.stream().flatMapToInt(Answers::numbers).toArray();
    int[] numbers = state.ints("rows", now);
    rows = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += COLUMNS) {
      rows.add(
          new Answers(numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3], numbers[i + 4]));
    }
  }
}
