package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.cl.ToySigns;
import engram.cl.catalog.Strategies;
import engram.cl.settings.Settings;
import engram.cl.state.Snapshot;
import engram.cl.state.State;
import engram.cl.task.ClassOrder;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import engram.data.ImageSet;
import engram.nn.Network;
import engram.nn.optim.Sgd;
import engram.nn.train.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A new strategy that is given what another one told, at the start of a task or after a step, goes
 * on as that one does: the same parameters bit by bit, the same answers, and it tells the same.
 */
class StrategyStateTest {
  private static final int STEPS = 4;
  private static final int FRESH = 4;
  private static final Settings SETTINGS = Settings.of(Map.of("buffer", "7"), false);
  private static final TaskSequence SEQUENCE = sequence();

  static Stream<String> strategies() {
    return Stream.concat(
        Strategies.NAMES.stream(),
        Stream.of(
            "er+nme",
            "er@herding+lda",
            "fine-tune+ncm",
            "der++@ring+nme",
            "er-ace_cosine=10_unmet=1@reservoir",
            "si_gradient=total",
            "cls-er_plastic-steps=0.5_stable-steps=0.1"));
  }

  /** The tasks of a {@link StrategyProbe}, so that a teacher finds them again. */
  private static TaskSequence sequence() {
    int[] labels = IntStream.range(0, 24).map(i -> i % 6).toArray();
    ImageSet images = ToySigns.images(labels);
    TaskSplit split = new TaskSplit(ClassOrder.given(6), new TaskSizes(List.of(3, 2, 1)));
    return new TaskSequence(ToySigns.dataset(6, images, images), split);
  }

  private static Strategy create(String name) {
    return Strategies.BUILT_IN.create(name, SETTINGS, 3, StrategyProbe.PIXELS, 6);
  }

  /** A strategy under way; a step takes the first images of its task. */
  private static final class Run {
    final Strategy strategy;
    final StrategyProbe probe;
    private Trainer trainer;

    Run(String name) {
      strategy = create(name);
      probe = StrategyProbe.withHiddenLayer(strategy);
      trainer = new Trainer(probe.network, strategy, new Sgd(0.1));
    }

    Run begin(int index) {
      Task task = SEQUENCE.tasks().get(index);
      strategy.memory().ifPresent(memory -> memory.beginTask(index));
      strategy.trainingSet(SEQUENCE, task);
      probe.begin();
      trainer = new Trainer(probe.network, strategy, new Sgd(0.1));
      trainer.learningRate(0.1f);
      return this;
    }

    Run steps(int index, int first, int end) {
      Task task = StrategyProbe.task(index);
      if (strategy.learns(task)) {
        for (int i = first; i < end; i++) {
          probe.fill(trainer, FRESH, 100 * index + i).run();
          strategy.afterStep();
          if (strategy.remembersEachStep()) {
            Examples seen = task.train().select(IntStream.range(0, FRESH).toArray());
            strategy.remember(seen, new ProbedTask(probe, task));
          }
        }
      }
      return this;
    }

    Run tasks(int first, int end) {
      for (int t = first; t < end; t++) {
        begin(t).steps(t, 0, STEPS).probe.end();
      }
      return this;
    }

    /** What a run keeps of a strategy: what that tells, and the network. */
    Snapshot told() {
      Snapshot snapshot = new Snapshot();
      state(snapshot.taking());
      return snapshot;
    }

    void give(Snapshot told) {
      state(Snapshot.of(told.content()).giving(new Snapshot.World(SEQUENCE, this::blank)));
    }

    private void state(State state) {
      strategy.state(state.in("strategy"));
      probe.network = state.network("network", Optional.of(probe.network)).orElseThrow();
    }

    /** A network of so many classes, all of whose numbers are zero. */
    private Network blank(int classes) {
      Network blank = probe.network.grow(classes, 1);
      blank.parameters().restore(new float[blank.parameters().layout().elements()]);
      return blank;
    }

    void assertSame(Run other, String when) {
      assertEquals(described(told()), described(other.told()), when);
    }
  }

  /** Before the first task, too, when there is nothing to tell. */
  @ParameterizedTest
  @MethodSource("strategies")
  void aStrategyGoesOnFromTheStartOfATask(String name) {
    for (int done = 0; done < 3; done++) {
      Run whole = new Run(name).tasks(0, done);
      Run resumed = new Run(name);
      resumed.probe.continueAt(done);
      resumed.give(whole.told());
      whole.assertSame(resumed, "as restored at task " + done);
      whole.tasks(done, 3).assertSame(resumed.tasks(done, 3), "from task " + done);
      float[] image = {0.1f, 0.9f, 0.3f, 0.8f, 0.2f, 0.6f};
      assertArrayEquals(whole.probe.scores(image), resumed.probe.scores(image), 0);
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aStrategyGoesOnFromAStepWithinATask(String name) {
    for (int cut = 0; cut < 3; cut++) {
      for (int step : new int[] {2, STEPS}) {
        Run whole = new Run(name).tasks(0, cut);
        Snapshot start = whole.told();
        whole.begin(cut).steps(cut, 0, step);
        Run resumed = new Run(name);
        resumed.probe.continueAt(cut);
        resumed.give(start);
        resumed.begin(cut);
        resumed.give(whole.told());
        String when = "task " + cut + ", step " + step;
        whole.assertSame(resumed, "as restored in " + when);
        whole.steps(cut, step, STEPS).probe.end();
        resumed.steps(cut, step, STEPS).probe.end();
        whole.assertSame(resumed, "at the end of " + when);
        whole.tasks(cut + 1, 3).assertSame(resumed.tasks(cut + 1, 3), "after " + when);
      }
    }
  }

  private static Map<String, String> described(Snapshot told) {
    Map<String, String> described = new TreeMap<>(told.content().metadata());
    told.content()
        .tensors()
        .forEach(
            (name, tensor) -> described.put(name, tensor.type() + Arrays.toString(tensor.data())));
    return described;
  }
}
