package engram.bench.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.bench.record.RowNorms;
import engram.cl.experiment.RunEvent;
import engram.cl.memory.StoredImages;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.task.TaskSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The events of a run as lines of JSON, in their order, each of a kind {@code k}:
 *
 * <pre>
 * strategy  strategy, seed, labels: names in the order in which they are met, first: of each task
 * step      task, epoch, step, loss, acc: percent on held images of each task met, images of them,
 *           norms: of the classifier's rows, held, in and out: images of the memory by label
 * task      task, acc: percent on all test images of each task met, when it is done; in and out
 * diverged  what
 * end       interrupted
 * </pre>
 *
 * <p>Tasks and epochs count from 1; step 0 is before the first. Lines can be read while others are
 * added.
 */
final class LiveStory implements Consumer<RunEvent>, Stateful {
  private final LongFunction<TaskSequence> sequences;
  private final List<String> lines = new ArrayList<>();
  private final MemoryWatch memory = new MemoryWatch();
  private String current = "";

  /**
   * @param sequences the tasks as a seed meets them
   */
  LiveStory(LongFunction<TaskSequence> sequences) {
    this.sequences = sequences;
  }

  /** Lines from a number on. */
  synchronized List<String> from(int first) {
    return List.copyOf(lines.subList(Math.clamp(first, 0, lines.size()), lines.size()));
  }

  private synchronized void add(ObjectNode line) {
    lines.add(line.toString());
  }

  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case RunEvent.StrategyStarted(String strategy, long seed) -> begin(strategy, seed);
      case RunEvent.StepMeasured measured -> add(step(measured));
      case RunEvent.TaskEvaluated task -> add(task(task));
      case RunEvent.StrategyDiverged diverged ->
          add(line("diverged").put("what", diverged.toString()));
      case RunEvent.ExperimentFinished finished ->
          add(line("end").put("interrupted", finished.interrupted()));
      default -> {}
    }
  }

  private static ObjectNode line(String kind) {
    return JsonNodeFactory.instance.objectNode().put("k", kind);
  }

  /** A strategy that goes on after an interruption is there already. */
  private void begin(String strategy, long seed) {
    String name = strategy + " " + seed;
    if (current.equals(name)) {
      return;
    }
    current = name;
    TaskSequence sequence = sequences.apply(seed);
    ObjectNode line = line("strategy").put("strategy", strategy).put("seed", seed);
    sequence.labelNames().forEach(line.putArray("labels")::add);
    ArrayNode first = line.putArray("first");
    sequence.tasks().forEach(task -> first.add(sequence.split().firstLabel(task.index())));
    add(line);
  }

  private ObjectNode step(RunEvent.StepMeasured measured) {
    ObjectNode line =
        line("step")
            .put("task", measured.id().task() + 1)
            .put("epoch", measured.id().epoch() + 1)
            .put("step", measured.steps());
    ObjectNode losses = line.putObject("loss");
    measured.losses().forEach(term -> losses.put(term.name(), short5(term.value())));
    ArrayNode accuracies = line.putArray("acc");
    measured.ofTasks().forEach(answers -> accuracies.add(short5(answers.percent())));
    ArrayNode images = line.putArray("images");
    measured.ofTasks().forEach(answers -> images.add(answers.images()));
    ArrayNode norms = line.putArray("norms");
    for (double norm : RowNorms.of(measured.network())) {
      norms.add(short5(norm));
    }
    addMemory(line, measured.memory());
    return line;
  }

  private ObjectNode task(RunEvent.TaskEvaluated task) {
    ObjectNode line = line("task").put("task", task.result().task() + 1);
    ArrayNode accuracies = line.putArray("acc");
    task.taskAccuracies().forEach(percent -> accuracies.add(short5(percent)));
    addMemory(line, task.memory());
    return line;
  }

  private void addMemory(ObjectNode line, Optional<StoredImages> held) {
    if (held.isPresent()) {
      MemoryWatch.Change change = memory.look(held.get());
      put(line.putObject("held"), change.held());
      put(line.putObject("in"), change.entered());
      put(line.putObject("out"), change.left());
    }
  }

  private static void put(ObjectNode into, Map<Integer, Integer> counts) {
    counts.forEach((label, count) -> into.put(String.valueOf(label), count));
  }

  /** With five digits, which is more than a chart shows. */
  private static double short5(double value) {
    return Double.isFinite(value)
        ? Double.parseDouble(String.format(Locale.ROOT, "%.4e", value))
        : 0;
  }

  @Override
  public void state(State state) {
    String told = state.text("lines", String.join("\n", from(0)));
    current = state.text("current", current);
    memory.state(state.in("memory"));
    synchronized (this) {
      lines.clear();
      told.lines().forEach(lines::add);
    }
  }
}
