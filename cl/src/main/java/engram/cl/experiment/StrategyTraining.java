package engram.cl.experiment;

import engram.cl.memory.MemoryBuffer;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.TestAnswers;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.settings.Settings;
import engram.cl.state.Snapshot;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.strategy.Predictor;
import engram.cl.strategy.Strategy;
import engram.cl.stream.TaskLength;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.nn.Network;
import engram.nn.optim.OptimiserState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One strategy with one seed: task after task, train, then measure. */
final class StrategyTraining implements Stateful {
  private final String name;
  private final long seed;
  private final Strategy strategy;
  private final TaskSequence sequence;
  private final Outputs outputs;
  private final Learner learner;
  private final ForwardPass forward;
  private final StateKeeper keeper;
  private Network network;
  private Optional<OptimiserState> kept;
  private List<TaskResult> results = new ArrayList<>();
  private List<TestAnswers> agnostic = new ArrayList<>();
  private List<TestAnswers> aware = new ArrayList<>();
  private Network last;
  private boolean byLogits = true;

  /**
   * @param beginning the network from which it starts; it is copied
   */
  StrategyTraining(
      String name,
      long seed,
      Strategy strategy,
      TaskSequence sequence,
      Outputs outputs,
      Beginning beginning,
      Learner learner,
      ForwardPass forward,
      StateKeeper keeper) {
    this.name = name;
    this.seed = seed;
    this.strategy = strategy;
    this.sequence = sequence;
    this.outputs = outputs;
    this.learner = learner;
    this.forward = forward;
    this.keeper = keeper;
    network = beginning.network().copy();
    kept = beginning.kept();
    last = network;
  }

  /** What there is at the start of a task. */
  @Override
  public void state(State state) {
    results = ResultState.results(state.in("results"), results);
    agnostic = ResultState.answers(state.in("agnostic"), agnostic);
    aware = ResultState.answers(state.in("aware"), aware);
    network = state.network("network", Optional.of(network)).orElseThrow();
    last = network;
    kept =
        Beginning.optimiser(
            state.in("optimiser"), kept, network, learner.settings().training().optimisation());
    strategy.state(state.in("strategy"));
  }

  /** Goes back to what there was at the start of a task. */
  void restore(State state) {
    kept = Optional.empty();
    state(state);
  }

  private Snapshot snapshot() {
    Snapshot start = new Snapshot();
    state(start.taking());
    return start;
  }

  /**
   * Runs all tasks that are left.
   *
   * @param now where the first of them was, if it was begun
   * @return empty if it was stopped before the end of the first task
   */
  Optional<StrategyRun> run(Optional<State> now) {
    Optional<State> within = now;
    boolean stopped = false;
    try {
      for (int task = results.size(); task < sequence.tasks().size(); task++) {
        if (within.isPresent()) {
          keeper.continueTask(this::snapshot);
        } else {
          keeper.beginTask(this::snapshot);
        }
        run(sequence.tasks().get(task), within);
        within = Optional.empty();
      }
    } catch (StopRequest.Stopped e) {
      // What follows keeps the network as the last batch left it, and the tasks done before.
      stopped = true;
    }
    learner.events().accept(new RunEvent.TrainingEnded(name, seed, last, byLogits));
    if (stopped) {
      keeper.stop();
    }
    return results.isEmpty() ? Optional.empty() : Optional.of(result());
  }

  private void run(Task task, Optional<State> within) {
    strategy.beforeTask(network, task);
    strategy.memory().ifPresent(memory -> memory.beginTask(task.index()));
    network = strategy.startsAnew() ? outputs.newNetwork(task) : outputs.grown(network, task);
    last = network;
    Examples examples = strategy.trainingSet(sequence, task);
    strategy.beforeTraining(network, task);
    double seconds = 0;
    Settings settings = learner.settings();
    if (strategy.learns(task)) {
      TaskLength length = settings.training().length(examples.size());
      int tasks = sequence.tasks().size();
      EpochId id = new EpochId(name, seed, task.index(), tasks, 0, length.passes());
      TaskTraining training =
          new TaskTraining(
              learner, network, strategy, examples, length, kept, id, measuring(task, length));
      within.ifPresent(training::state);
      Learner.Trained trained = training.run(keeper);
      kept = trained.kept();
      seconds = trained.seconds();
    } else {
      kept = Optional.empty();
    }
    long start = System.nanoTime();
    FinishedTask end =
        new FinishedTask(
            task,
            examples,
            network,
            settings,
            learner.groups(),
            learner.input(),
            seed,
            forward,
            learner.stop());
    if (!settings.protocol().online() && !strategy.remembersEachStep()) {
      strategy.remember(end.inOrderOfTraining(), end);
    }
    strategy.afterTask(end);
    measure(task, seconds + (System.nanoTime() - start) / 1e9);
  }

  private Optional<WithinTask> measuring(Task task, TaskLength length) {
    return learner
        .probe()
        .map(
            probe ->
                new WithinTask(
                    probe,
                    new HeldImages(sequence, task.index(), network, learner.input(), seed),
                    network,
                    strategy,
                    learner.events(),
                    length.steps()));
  }

  private void measure(Task task, double seconds) {
    Predictor predictor = strategy.predictor(network);
    Evaluator.Measured measured =
        new Evaluator(forward, learner.settings().recipe().views())
            .evaluate(predictor, sequence, task.index());
    agnostic.add(measured.agnostic());
    aware.add(measured.aware());
    results.add(
        TaskResult.of(name, seed, sequence.split(), task.index(), measured.agnostic(), seconds));
    last = predictor.network();
    byLogits = predictor.answersByLogits();
    learner
        .events()
        .accept(
            new RunEvent.TaskEvaluated(
                results.getLast(),
                sequence,
                predictor.network(),
                measured.agnostic(),
                measured.aware(),
                measured.mistakes(),
                strategy.memory().map(MemoryBuffer::stored)));
  }

  private StrategyRun result() {
    return new StrategyRun(
        name,
        seed,
        results,
        AccuracyMatrix.of(agnostic),
        AccuracyMatrix.of(aware),
        agnostic.getLast().confusion(),
        strategy
            .memory()
            .map(MemoryBuffer::stored)
            .map(held -> new StrategyRun.MemoryUse(held.size(), held.bytes())));
  }
}
