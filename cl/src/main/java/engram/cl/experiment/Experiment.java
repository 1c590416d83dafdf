package engram.cl.experiment;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.cl.memory.MemoryBuffer;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.plugin.Plugins;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.settings.LossOver;
import engram.cl.settings.Settings;
import engram.cl.strategy.FineTune;
import engram.cl.strategy.Predictor;
import engram.cl.strategy.Strategy;
import engram.cl.stream.ImageInput;
import engram.cl.stream.TaskLength;
import engram.cl.task.ClassOrder;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSplit;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.optim.OptimiserState;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Runs strategies over the tasks of a data set: for each seed and strategy, task after task, train,
 * then measure on the test images of all tasks met so far.
 */
public final class Experiment {
  private static final String PRE_TRAINING = "pre-training";

  private final Settings settings;
  private final Plugins plugins;
  private final Dataset dataset;
  private final Backend backend;
  private final Consumer<RunEvent> events;
  private final StopRequest stop;
  private final List<Integer> groups;
  private final ImageInput input;
  private final Learner learner;
  private final ForwardPass forward;

  public Experiment(
      Settings settings, Dataset dataset, Backend backend, Consumer<RunEvent> events) {
    this(settings, Plugins.NONE, dataset, backend, events, new StopRequest());
  }

  /**
   * An experiment that can be stopped.
   *
   * @param plugins what names of strategies and networks may stand for beside those of the program
   * @param events told what happens
   * @param stop looked at after each batch
   */
  public Experiment(
      Settings settings,
      Plugins plugins,
      Dataset dataset,
      Backend backend,
      Consumer<RunEvent> events,
      StopRequest stop) {
    this.settings = settings;
    this.plugins = plugins;
    this.dataset = dataset;
    this.backend = backend;
    this.events = events;
    this.stop = stop;
    // What does not go together fails here, not in training.
    ImageSet images = dataset.train();
    Shape image = shape(images.height(), images.width(), images.channels());
    require(settings, plugins, image, dataset.classes());
    settings.training().length(images.size());
    if (settings.training().pretrainingEpochs() > 0) {
      settings.training().pretrainingLength(images.size());
    }
    TaskSplit split = split(settings, dataset.classes(), settings.protocol().seed());
    groups = settings.protocol().lossOver() == LossOver.TASK ? split.taskOfLabels() : List.of();
    input = settings.recipe().input(dataset.train());
    learner = new Learner(settings, groups, events, input, stop);
    forward = new ForwardPass(input, stop);
  }

  /**
   * The tasks as one seed meets them.
   *
   * @throws IllegalArgumentException if the data set cannot be cut as the settings say
   */
  public static TaskSequence tasks(Settings settings, Dataset dataset, long seed) {
    return new TaskSequence(dataset, split(settings, dataset.classes(), seed), seed);
  }

  /**
   * Fails on settings that do not go together, or with these images, before any is read.
   *
   * @param image shape of one, [height, width, channels]
   * @param classes number of classes in the data set
   * @throws IllegalArgumentException saying what does not fit what
   */
  public static void require(Settings settings, Plugins plugins, Shape image, int classes) {
    TaskSplit tasks = split(settings, classes, settings.protocol().seed());
    Settings.Recipe recipe = settings.recipe();
    Sequential model = recipe.init().of(plugins.network(recipe.network(), image, tasks.classes()));
    plugins.strategies().require(settings, model, tasks);
  }

  private static TaskSplit split(Settings settings, int classes, long seed) {
    Settings.Protocol protocol = settings.protocol();
    ClassOrder order = ClassOrder.parse(protocol.classOrder(), classes, seed);
    return TaskSplit.parse(order, protocol.tasks(), protocol.scenario());
  }

  /**
   * Runs every strategy with every seed. One whose training diverges is told of and left out. After
   * a stop it returns what there is: of the strategy that was stopped the tasks that it finished,
   * if any.
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
    Outputs outputs =
        new Outputs(
            settings,
            classes -> layers(settings, plugins, dataset, classes),
            backend,
            sequence,
            seed);
    Beginning beginning;
    try {
      beginning = beginning(outputs, sequence, seed);
    } catch (Diverged diverged) {
      events.accept(diverged.of(PRE_TRAINING, seed));
      return;
    }
    for (String name : settings.strategies()) {
      stop.endIfMade();
      events.accept(new RunEvent.StrategyStarted(name, seed));
      Strategy strategy =
          plugins
              .strategies()
              .create(
                  name, settings, seed, dataset.train().imageBytes(), sequence.split().classes());
      Optional<StrategyRun> run;
      try {
        run = run(name, strategy, sequence, outputs, beginning, seed);
      } catch (Diverged diverged) {
        events.accept(diverged.of(name, seed));
        continue;
      }
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

  /**
   * The network from which all strategies start: new, or pre-trained on the first task.
   *
   * @param kept what the optimiser of its training left for the first task
   */
  private record Beginning(Network network, Optional<OptimiserState> kept) {}

  private Beginning beginning(Outputs outputs, TaskSequence sequence, long seed) {
    Task first = sequence.tasks().getFirst();
    Network network = outputs.newNetwork(first);
    int epochs = settings.training().pretrainingEpochs();
    Optional<OptimiserState> kept = Optional.empty();
    if (epochs > 0) {
      EpochId id = new EpochId(PRE_TRAINING, seed, 0, sequence.tasks().size(), 0, epochs);
      TaskLength length = settings.training().pretrainingLength(first.train().size());
      kept = learner.train(network, new FineTune(), first.train(), length, kept, id).kept();
    }
    return new Beginning(network, kept);
  }

  /**
   * The layers of the network that learns a data set.
   *
   * @throws IllegalArgumentException if there is no such network, or if the images do not fit it
   */
  public static Sequential layers(
      Settings settings, Plugins plugins, Dataset dataset, int classes) {
    ImageSet images = dataset.train();
    Shape input = shape(images.height(), images.width(), images.channels());
    Settings.Recipe recipe = settings.recipe();
    return recipe.init().of(plugins.network(recipe.network(), input, classes));
  }

  /** Empty if it was stopped before the end of its first task. */
  private Optional<StrategyRun> run(
      String name,
      Strategy strategy,
      TaskSequence sequence,
      Outputs outputs,
      Beginning beginning,
      long seed) {
    Network network = beginning.network().copy();
    Optional<OptimiserState> kept = beginning.kept();
    Network last = network;
    boolean byLogits = true;
    TaskSplit split = sequence.split();
    int tasks = sequence.tasks().size();
    Evaluator evaluator = new Evaluator(forward);
    List<TaskResult> results = new ArrayList<>();
    List<Evaluator.Measured> answers = new ArrayList<>();
    try {
      for (Task task : sequence.tasks()) {
        strategy.beforeTask(network, task);
        strategy.memory().ifPresent(memory -> memory.beginTask(task.index()));
        network = strategy.startsAnew() ? outputs.newNetwork(task) : outputs.grown(network, task);
        last = network;
        Examples examples = strategy.trainingSet(sequence, task);
        strategy.beforeTraining(network, task);
        double seconds = 0;
        if (strategy.learns(task)) {
          TaskLength length = settings.training().length(examples.size());
          EpochId id = new EpochId(name, seed, task.index(), tasks, 0, length.passes());
          Learner.Trained trained = learner.train(network, strategy, examples, length, kept, id);
          kept = trained.kept();
          seconds = trained.seconds();
        }
        long start = System.nanoTime();
        FinishedTask end =
            new FinishedTask(task, examples, network, settings, groups, input, seed, forward, stop);
        if (!settings.protocol().online() && !strategy.remembersEachStep()) {
          strategy.remember(end.inOrderOfTraining(), end);
        }
        strategy.afterTask(end);
        seconds += (System.nanoTime() - start) / 1e9;
        Predictor predictor = strategy.predictor(network);
        Evaluator.Measured measured = evaluator.evaluate(predictor, sequence, task.index());
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
            AccuracyMatrix.of(answers.stream().map(Evaluator.Measured::agnostic).toList()),
            AccuracyMatrix.of(answers.stream().map(Evaluator.Measured::aware).toList()),
            answers.getLast().agnostic().confusion(),
            strategy
                .memory()
                .map(MemoryBuffer::stored)
                .map(held -> new StrategyRun.MemoryUse(held.size(), held.bytes()))));
  }
}
