package engram.cl.experiment;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.cl.plugin.Plugins;
import engram.cl.result.StrategyRun;
import engram.cl.settings.LossOver;
import engram.cl.settings.Settings;
import engram.cl.state.Snapshot;
import engram.cl.state.State;
import engram.cl.strategy.Strategy;
import engram.cl.stream.ImageInput;
import engram.cl.task.ClassOrder;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSplit;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Runs strategies over the tasks of a data set: for each seed and strategy, task after task, train,
 * then measure on the test images of all tasks met so far.
 */
public final class Experiment {
  /** What training before the first strategy is called where a strategy's name stands. */
  public static final String PRE_TRAINING = "pre-training";

  private final Settings settings;
  private final Plugins plugins;
  private final Dataset dataset;
  private final Backend backend;
  private final Consumer<RunEvent> events;
  private final StopRequest stop;
  private final Function<TaskSequence, Learner> learner;
  private final Pretrainer pretrainer;
  private final ForwardPass forward;
  private final StateKeeper keeper;

  public Experiment(
      Settings settings, Dataset dataset, Backend backend, Consumer<RunEvent> events) {
    this(settings, Plugins.NONE, dataset, backend, events, new StopRequest());
  }

  /** An experiment that can be stopped, and leaves no state to go on from. */
  public Experiment(
      Settings settings,
      Plugins plugins,
      Dataset dataset,
      Backend backend,
      Consumer<RunEvent> events,
      StopRequest stop) {
    this(
        settings,
        plugins,
        dataset,
        backend,
        events,
        stop,
        StepWatch.EVERY_TENTH,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * An experiment that can be stopped and gone on with.
   *
   * @param plugins what names of strategies and networks may stand for beside those of the program
   * @param events told what happens
   * @param stop looked at after each batch
   * @param watch says of which steps the loss is read
   * @param probe looks into tasks while they are learnt
   * @param states takes states to go on from
   */
  public Experiment(
      Settings settings,
      Plugins plugins,
      Dataset dataset,
      Backend backend,
      Consumer<RunEvent> events,
      StopRequest stop,
      StepWatch watch,
      Optional<StepProbe> probe,
      Optional<StateSink> states) {
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
    List<Integer> groups =
        settings.protocol().lossOver() == LossOver.TASK ? split.taskOfLabels() : List.of();
    ImageInput input = settings.recipe().input(dataset.train());
    input.of(tasks(settings, dataset, settings.protocol().seed()));
    learner =
        sequence -> new Learner(settings, groups, events, input.of(sequence), stop, watch, probe);
    pretrainer =
        new Pretrainer(
            learner,
            () -> new Learner(settings, List.of(), events, input, stop, watch, Optional.empty()));
    forward = new ForwardPass(input, stop);
    keeper = new StateKeeper(states);
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
    Pretrainer.requireFits(settings.training(), image);
    TaskSplit tasks = split(settings, classes, settings.protocol().seed());
    Sequential model = layers(settings, plugins, image, tasks.classes());
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
    return run(Optional.empty());
  }

  /**
   * Goes on from a state of this experiment; everything is as if it had never been interrupted.
   *
   * @throws IllegalArgumentException if the state is not one of this experiment
   */
  public List<StrategyRun> resume(Snapshot from) {
    return run(Optional.of(from));
  }

  private List<StrategyRun> run(Optional<Snapshot> from) {
    long start = System.nanoTime();
    long first = settings.protocol().seed();
    List<Long> seeds =
        LongStream.range(first, first + settings.protocol().seeds()).boxed().toList();
    int tasks = tasks(settings, dataset, first).tasks().size();
    events.accept(new RunEvent.ExperimentStarted(settings.strategies(), seeds, tasks));
    from.ifPresent(
        state -> {
          Snapshot.World world = world(tasks(settings, dataset, first));
          keeper.continueFrom(Past.saving(state, world));
          events.accept(Past.event(state, world));
        });
    List<StrategyRun> runs = new ArrayList<>();
    boolean interrupted = false;
    try {
      for (long seed : seeds) {
        runWithSeed(seed, from, runs);
      }
    } catch (StopRequest.Stopped stopped) {
      keeper.stop();
      interrupted = true;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    events.accept(new RunEvent.ExperimentFinished(runs, seconds, keeper.seconds(), interrupted));
    return runs;
  }

  private void runWithSeed(long seed, Optional<Snapshot> from, List<StrategyRun> runs) {
    TaskSequence sequence = tasks(settings, dataset, seed);
    Outputs outputs =
        new Outputs(
            settings,
            classes -> layers(settings, plugins, dataset, classes),
            backend,
            sequence,
            seed);
    Optional<Past> past = from.map(state -> Past.of(state, world(sequence), seed));
    past.ifPresent(state -> state.runs().forEach(keeper::done));
    past.ifPresent(state -> state.diverged().forEach(keeper::diverged));
    past.ifPresent(state -> runs.addAll(state.runs()));
    Predicate<String> isDone = name -> past.filter(state -> state.isDone(name)).isPresent();
    List<String> left = settings.strategies().stream().filter(isDone.negate()).toList();
    if (left.isEmpty() || isDone.test(PRE_TRAINING)) {
      return;
    }
    Beginning beginning;
    try {
      beginning = beginning(outputs, sequence, seed, past);
    } catch (Diverged diverged) {
      tell(diverged.of(PRE_TRAINING, seed));
      return;
    }
    for (String name : left) {
      Optional<StrategyRun> run;
      try {
        run = run(name, sequence, outputs, beginning, seed, past);
      } catch (Diverged diverged) {
        tell(diverged.of(name, seed));
        continue;
      }
      run.ifPresent(
          reached -> {
            runs.add(reached);
            events.accept(new RunEvent.StrategyFinished(reached));
          });
      if (run.isEmpty() || run.get().tasks().size() < sequence.tasks().size()) {
        throw new StopRequest.Stopped();
      }
      keeper.done(run.get());
    }
  }

  private void tell(RunEvent.StrategyDiverged diverged) {
    keeper.diverged(diverged);
    events.accept(diverged);
  }

  /** What a state is restored into. */
  private Snapshot.World world(TaskSequence sequence) {
    return new Snapshot.World(
        sequence,
        classes -> Network.create(layers(settings, plugins, dataset, classes), backend, 0));
  }

  private Beginning beginning(
      Outputs outputs, TaskSequence sequence, long seed, Optional<Past> past) {
    Task first = sequence.tasks().getFirst();
    Beginning fresh = new Beginning(outputs.newNetwork(first), Optional.empty());
    int epochs = settings.training().pretrainingEpochs();
    if (epochs == 0) {
      keeper.beginSeed(Optional.empty());
      return fresh;
    }
    EpochId id = new EpochId(PRE_TRAINING, seed, 0, sequence.tasks().size(), 0, epochs);
    Optional<State> kept = past.flatMap(Past::beginning);
    Beginning trained =
        kept.map(state -> fresh.state(state, settings.training().optimisation()))
            .orElseGet(() -> pretrainer.run(fresh.network(), sequence, id));
    Snapshot remembered = new Snapshot();
    trained.state(remembered.taking(), settings.training().optimisation());
    keeper.beginSeed(Optional.of(remembered));
    return trained;
  }

  /** Empty if it was stopped before the end of its first task. */
  private Optional<StrategyRun> run(
      String name,
      TaskSequence sequence,
      Outputs outputs,
      Beginning beginning,
      long seed,
      Optional<Past> past) {
    Optional<Past> own = past.filter(state -> state.isOf(name));
    if (own.flatMap(Past::task).isPresent()) {
      keeper.continueStrategy(name, seed);
    } else {
      keeper.beginStrategy(name, seed);
    }
    stop.endIfMade();
    events.accept(new RunEvent.StrategyStarted(name, seed));
    Strategy strategy =
        plugins
            .strategies()
            .create(name, settings, seed, dataset.train().imageBytes(), sequence.split().classes());
    StrategyTraining training =
        new StrategyTraining(
            name,
            seed,
            strategy,
            sequence,
            outputs,
            beginning,
            learner.apply(sequence),
            forward,
            keeper);
    own.flatMap(Past::task).ifPresent(training::restore);
    return training.run(own.flatMap(Past::now));
  }

  /**
   * The layers of the network that learns a data set.
   *
   * @throws IllegalArgumentException if there is no such network, or if the images do not fit it
   */
  public static Sequential layers(
      Settings settings, Plugins plugins, Dataset dataset, int classes) {
    ImageSet images = dataset.train();
    Shape image = shape(images.height(), images.width(), images.channels());
    return layers(settings, plugins, image, classes);
  }

  /**
   * The same for images that need not be there yet.
   *
   * @param image shape of one, [height, width, channels]
   */
  public static Sequential layers(Settings settings, Plugins plugins, Shape image, int classes) {
    Settings.Recipe recipe = settings.recipe();
    return recipe.init().of(plugins.network(recipe.network(), image, classes));
  }
}
