package engram.cl.experiment;

import engram.backend.Backend;
import engram.cl.catalog.Strategies;
import engram.cl.memory.MemoryBuffer;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.settings.Settings;
import engram.cl.strategy.FineTune;
import engram.cl.strategy.Predictor;
import engram.cl.strategy.Strategy;
import engram.cl.task.ClassOrder;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import engram.data.Dataset;
import engram.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Runs strategies over the tasks of a data set: for each seed and strategy, task after task, train,
 * then measure on the test images of all classes met so far.
 */
public final class Experiment {
  private final Settings settings;
  private final Dataset dataset;
  private final Backend backend;
  private final Consumer<RunEvent> events;
  private final StopRequest stop;
  private final Learner learner;
  private final ForwardPass forward;

  public Experiment(
      Settings settings, Dataset dataset, Backend backend, Consumer<RunEvent> events) {
    this(settings, dataset, backend, events, new StopRequest());
  }

  /**
   * An experiment that can be stopped.
   *
   * @param events told what happens
   * @param stop looked at after each batch
   */
  public Experiment(
      Settings settings,
      Dataset dataset,
      Backend backend,
      Consumer<RunEvent> events,
      StopRequest stop) {
    this.settings = settings;
    this.dataset = dataset;
    this.backend = backend;
    this.events = events;
    this.stop = stop;
    Strategies.require(settings);
    int imageElements = dataset.train().imageBytes();
    learner = new Learner(settings, events, dataset.train(), stop);
    forward = new ForwardPass(imageElements, settings.recipe().normalisation(), stop);
  }

  /**
   * The tasks as one seed meets them.
   *
   * @throws IllegalArgumentException if the data set cannot be cut as the settings say
   */
  public static TaskSequence tasks(Settings settings, Dataset dataset, long seed) {
    ClassOrder order = ClassOrder.parse(settings.protocol().classOrder(), dataset.classes(), seed);
    TaskSizes sizes = TaskSizes.parse(settings.protocol().tasks(), order.classes().size());
    return new TaskSequence(dataset, new TaskSplit(order, sizes));
  }

  /**
   * Runs every strategy with every seed. After a stop it returns what there is: of the strategy
   * that was stopped the tasks that it finished, if any.
   */
  public List<StrategyRun> run() {
    long start = System.nanoTime();
    long first = settings.protocol().seed();
    List<Long> seeds =
        LongStream.range(first, first + settings.protocol().seeds()).boxed().toList();
    int tasks = tasks(settings, dataset, first).tasks().size();
    events.accept(new RunEvent.ExperimentStarted(settings.strategies(), seeds, tasks));
    List<StrategyRun> runs = new ArrayList<>();
    boolean interrupted = false;
    try {
      for (long seed : seeds) {
        runWithSeed(seed, runs);
      }
    } catch (StopRequest.Stopped stopped) {
      interrupted = true;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    events.accept(new RunEvent.ExperimentFinished(runs, seconds, interrupted));
    return runs;
  }

  private void runWithSeed(long seed, List<StrategyRun> runs) {
    TaskSequence sequence = tasks(settings, dataset, seed);
    Network beginning = beginning(sequence, seed);
    for (String name : settings.strategies()) {
      stop.endIfMade();
      events.accept(new RunEvent.StrategyStarted(name, seed));
      Strategy strategy =
          Strategies.create(
              name, settings, seed, dataset.train().imageBytes(), sequence.split().classes());
      Optional<StrategyRun> run = run(name, strategy, sequence, beginning, seed);
      run.ifPresent(
          done -> {
            runs.add(done);
            events.accept(new RunEvent.StrategyFinished(done));
          });
      if (run.isEmpty() || run.get().tasks().size() < sequence.tasks().size()) {
        throw new StopRequest.Stopped();
      }
    }
  }

  /** The network from which all strategies start: new, or pre-trained on the first task. */
  private Network beginning(TaskSequence sequence, long seed) {
    Task first = sequence.tasks().getFirst();
    Network network = newNetwork(first.newClasses(), seed);
    int epochs = settings.training().pretrainingEpochs();
    if (epochs > 0) {
      EpochId id = new EpochId("pre-training", seed, 0, sequence.tasks().size(), 0, epochs);
      learner.train(network, new FineTune(), first.train(), id);
    }
    return network;
  }

  private Network newNetwork(int classes, long seed) {
    return Network.create(settings.recipe().network().of(classes), backend, seed);
  }

  /** Empty if it was stopped before the end of its first task. */
  private Optional<StrategyRun> run(
      String name, Strategy strategy, TaskSequence sequence, Network beginning, long seed) {
    Network network = beginning.copy();
    Network last = network;
    boolean byLogits = true;
    TaskSplit split = sequence.split();
    int tasks = sequence.tasks().size();
    Evaluator evaluator = new Evaluator(forward);
    List<TaskResult> results = new ArrayList<>();
    List<Evaluator.Answers> answers = new ArrayList<>();
    try {
      for (Task task : sequence.tasks()) {
        strategy.beforeTask(network, task);
        network =
            strategy.startsAnew()
                ? newNetwork(task.seenClasses(), seed)
                : network.grow(task.seenClasses(), seed);
        last = network;
        EpochId id = new EpochId(name, seed, task.index(), tasks, 0, settings.training().epochs());
        Examples examples = strategy.trainingSet(sequence, task);
        strategy.beforeTraining(network, task);
        double seconds = strategy.learns(task) ? learner.train(network, strategy, examples, id) : 0;
        long start = System.nanoTime();
        FinishedTask end = new FinishedTask(task, examples, network, settings, seed, forward, stop);
        if (!settings.protocol().online() && !strategy.remembersEachStep()) {
          strategy.remember(end.inOrderOfTraining(), end);
        }
        strategy.afterTask(end);
        seconds += (System.nanoTime() - start) / 1e9;
        Predictor predictor = strategy.predictor(network);
        Evaluator.Answers measured =
            evaluator.evaluate(predictor, sequence.testUpTo(task.index()), split);
        answers.add(measured);
        results.add(TaskResult.of(name, seed, split, task.index(), measured.agnostic(), seconds));
        last = predictor.network();
        byLogits = predictor.answersByLogits();
        events.accept(
            new RunEvent.TaskEvaluated(
                results.getLast(),
                sequence,
                predictor.network(),
                measured.agnostic(),
                measured.aware(),
                measured.mistakes(),
                strategy.memory().map(MemoryBuffer::stored)));
      }
    } catch (StopRequest.Stopped stopped) {
      // What follows keeps the network as the last batch left it, and the tasks done before.
    }
    events.accept(new RunEvent.TrainingEnded(name, seed, last, byLogits));
    if (answers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StrategyRun(
            name,
            seed,
            results,
            AccuracyMatrix.of(split, answers.stream().map(Evaluator.Answers::agnostic).toList()),
            AccuracyMatrix.of(split, answers.stream().map(Evaluator.Answers::aware).toList()),
            answers.getLast().agnostic(),
            strategy
                .memory()
                .map(MemoryBuffer::stored)
                .map(held -> new StrategyRun.MemoryUse(held.size(), held.bytes()))));
  }
}
