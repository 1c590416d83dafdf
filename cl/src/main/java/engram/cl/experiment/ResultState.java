package engram.cl.experiment;

import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Confusion;
import engram.cl.metrics.TestAnswers;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** What was measured, on its way into a state and back. */
final class ResultState {
  private ResultState() {}

  /** Runs of strategies that are done. */
  static List<StrategyRun> runs(State state, List<StrategyRun> now) {
    return list(state, now, ResultState::run);
  }

  private static StrategyRun run(State state, Optional<StrategyRun> now) {
    boolean remembers = state.present("memory", now.flatMap(StrategyRun::memory));
    Optional<StrategyRun.MemoryUse> memory = now.flatMap(StrategyRun::memory);
    if (remembers) {
      int images =
          state.number("memory.images", memory.map(StrategyRun.MemoryUse::images).orElse(0));
      long bytes =
          state.number("memory.bytes", memory.map(StrategyRun.MemoryUse::bytes).orElse(0L));
      memory = Optional.of(new StrategyRun.MemoryUse(images, bytes));
    }
    return new StrategyRun(
        state.text("strategy", now.map(StrategyRun::strategy).orElse("")),
        state.number("seed", now.map(StrategyRun::seed).orElse(0L)),
        results(state.in("tasks"), now.map(StrategyRun::tasks).orElse(List.of())),
        matrix(state.in("matrix"), now.map(StrategyRun::matrix)),
        matrix(state.in("aware"), now.map(StrategyRun::taskAware)),
        confusion(state, now.map(StrategyRun::confusion)),
        memory);
  }

  /** Results of tasks. */
  static List<TaskResult> results(State state, List<TaskResult> now) {
    return list(state, now, ResultState::result);
  }

  private static TaskResult result(State state, Optional<TaskResult> now) {
    return new TaskResult(
        state.text("strategy", now.map(TaskResult::strategy).orElse("")),
        state.number("seed", now.map(TaskResult::seed).orElse(0L)),
        state.number("task", now.map(TaskResult::task).orElse(0)),
        state.number("classes", now.map(TaskResult::seenClasses).orElse(0)),
        state.real("accuracy", now.map(TaskResult::accuracy).orElse(0.0)),
        state.real("task_mean", now.map(TaskResult::taskMeanAccuracy).orElse(0.0)),
        state.real("macro", now.map(TaskResult::macroAccuracy).orElse(0.0)),
        state.real("seconds", now.map(TaskResult::seconds).orElse(0.0)));
  }

  /** Answers after each task. */
  static List<TestAnswers> answers(State state, List<TestAnswers> now) {
    return list(state, now, ResultState::answers);
  }

  private static TestAnswers answers(State state, Optional<TestAnswers> now) {
    return TestAnswers.of(
        confusion(state, now.map(TestAnswers::confusion)),
        state.ints(
            "images",
            now.map(a -> IntStream.range(0, a.tasks()).map(a::images).toArray())
                .orElse(new int[0])),
        state.ints(
            "recognised",
            now.map(a -> IntStream.range(0, a.tasks()).map(a::recognised).toArray())
                .orElse(new int[0])));
  }

  private static Confusion confusion(State state, Optional<Confusion> now) {
    return Confusion.of(state.ints("confusion", now.map(Confusion::counts).orElse(new int[0])));
  }

  private static AccuracyMatrix matrix(State state, Optional<AccuracyMatrix> now) {
    int[] images =
        state.ints(
            "images",
            now.map(m -> IntStream.range(0, m.tasks()).map(m::images).toArray())
                .orElse(new int[0]));
    double[][] rows = new double[images.length][];
    for (int t = 0; t < rows.length; t++) {
      int task = t;
      rows[t] =
          state.doubles(
              "row" + t,
              now.map(
                      m ->
                          IntStream.rangeClosed(0, task).mapToDouble(i -> m.get(task, i)).toArray())
                  .orElse(new double[0]));
    }
    return new AccuracyMatrix(rows, images);
  }

  private static <T> List<T> list(
      State state, List<T> now, BiFunction<State, Optional<T>, T> element) {
    int count = state.number("count", now.size());
    List<T> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<T> there = i < now.size() ? Optional.of(now.get(i)) : Optional.empty();
      all.add(element.apply(state.in(String.valueOf(i)), there));
    }
    return all;
  }
}
