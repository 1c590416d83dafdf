package engram.cl.experiment;

import engram.backend.Buffer;
import engram.cl.settings.Settings;
import engram.cl.state.Snapshot;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.strategy.MovingAverage;
import engram.cl.strategy.Readout;
import engram.cl.strategy.Strategy;
import engram.cl.stream.Batch;
import engram.cl.stream.Batches;
import engram.cl.stream.Sampling;
import engram.cl.stream.TaskLength;
import engram.cl.task.Examples;
import engram.nn.Network;
import engram.nn.optim.OptimiserState;
import engram.nn.optim.Schedule;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import java.util.Optional;
import java.util.function.Consumer;

/** The training of one network on one task: shuffles, fills batches, runs steps and tells of it. */
final class TaskTraining implements Stateful {
  private static final long NANOS_BETWEEN_REPORTS = 100_000_000;

  private final Learner learner;
  private final Network network;
  private final Strategy strategy;
  private final Examples examples;
  private final TaskLength length;
  private final EpochId first;
  private final Trainer trainer;
  private final Optional<MovingAverage> average;
  private final Optional<WithinTask> within;
  private final ParameterHash hash = new ParameterHash();
  private final double largestLoss;
  private LossMeter losses;
  private int epoch;
  private int step;
  private int images;
  private double secondsOfEpoch;
  private double secondsBefore;
  private long resumed = System.nanoTime();

  /**
   * @param kept what the optimiser of the last task left
   * @param first names the first epoch
   * @param within measures after steps
   */
  TaskTraining(
      Learner learner,
      Network network,
      Strategy strategy,
      Examples examples,
      TaskLength length,
      Optional<OptimiserState> kept,
      EpochId first,
      Optional<WithinTask> within) {
    this.learner = learner;
    this.network = network;
    this.strategy = strategy;
    this.examples = examples;
    this.length = length;
    this.first = first;
    this.within = within;
    Settings settings = learner.settings();
    trainer =
        new Trainer(
            network,
            strategy,
            settings.training().optimisation().optimiser(),
            settings.trainingOptions().withGroups(learner.groups()));
    if (!strategy.startsAnew()) {
      kept.ifPresent(trainer.optimiser()::copyLeading);
    }
    largestLoss = Diverged.largestLoss(trainer.classes());
    losses = new LossMeter(largestLoss);
    double decay = settings.recipe().average();
    average = decay == 0 ? Optional.empty() : Optional.of(MovingAverage.of(network, decay));
  }

  @Override
  public void state(State state) {
    epoch = state.number("epoch", epoch);
    step = state.number("step", step);
    images = state.number("images", images);
    secondsOfEpoch = state.real("epoch.seconds", secondsOfEpoch);
    secondsBefore = state.real("seconds", seconds());
    resumed = System.nanoTime();
    losses.state(state.in("losses"));
    state.network("network", Optional.of(network));
    trainer.continueFrom(state.number("steps", trainer.steps()));
    int moment = 0;
    for (Buffer values : trainer.optimiser().moments()) {
      state.buffer("moment" + moment++, values);
    }
    average.ifPresent(followed -> followed.state(state.in("average")));
    strategy.state(state.in("strategy"));
    // There in any case: whether a run is looked into may change when it goes on.
    double owed = state.real("within.owed", within.map(WithinTask::owed).orElse(0.0));
    within.ifPresent(measuring -> measuring.owe(owed));
  }

  private Snapshot snapshot() {
    Snapshot now = new Snapshot();
    state(now.taking());
    return now;
  }

  /** Wall time so far. */
  private double seconds() {
    return secondsBefore + (System.nanoTime() - resumed) / 1e9;
  }

  /** Trains to the end, from the start or from where a state has put it. */
  Learner.Trained run(StateKeeper keeper) {
    Schedule schedule = learner.settings().training().rates(length);
    if (within.isPresent() && epoch == 0 && step == 0) {
      within.get().begin(first);
    }
    while (epoch < length.passes()) {
      runEpoch(schedule, keeper);
      epoch++;
      step = 0;
      images = 0;
      secondsOfEpoch = 0;
      losses = new LossMeter(largestLoss);
      keeper.endEpoch(this::snapshot);
    }
    keeper.keep(this::snapshot);
    average.ifPresent(followed -> network.copyFrom(followed.network()));
    return new Learner.Trained(
        seconds(),
        switch (learner.settings().training().optimisation().state()) {
          case NEW -> Optional.empty();
          case KEPT -> Optional.of(trainer.optimiser());
        });
  }

  private void runEpoch(Schedule schedule, StateKeeper keeper) {
    EpochId id = first.at(epoch);
    long start = System.nanoTime();
    double before = secondsOfEpoch;
    long reported = start;
    int size = learner.settings().training().batch();
    Sampling sampling = learner.settings().training().sampling();
    Batches batches = Batches.sampled(examples, sampling, size, id.seed(), id.task(), epoch);
    CounterRandom replay = CounterRandom.of(id.seed(), "replay").split(id.task()).split(epoch);
    CounterRandom variation =
        CounterRandom.of(id.seed(), "augmentation").split(id.task()).split(epoch);
    Optional<Readout> memory = memoryOfEachStep(size);
    Batch batch = learner.batch();
    Consumer<RunEvent> events = learner.events();
    int all = length.images(epoch);
    for (; step < length.steps(epoch); step++) {
      if (learner.stop().isMade()) {
        secondsOfEpoch = before + (System.nanoTime() - start) / 1e9;
        keeper.keep(this::snapshot);
        learner.stop().endIfMade();
      }
      int ofTask = epoch * length.stepsOfPass() + step;
      batch.begin(variation.split(step));
      batches.appendTo(batch, step);
      images += batch.size();
      trainer.learningRate(schedule.rate(ofTask));
      TrainingStep ran = runStep(id, ofTask, replay.split(step));
      average.ifPresent(MovingAverage::step);
      if (memory.isPresent()) {
        strategy.remember(batches.examples(step), memory.get());
      }
      if (learner.watch().reads(id, step)) {
        losses.read(ran, id, ofTask + 1);
        long parameters = hash.of(network.parameters().buffer());
        events.accept(new RunEvent.LossRead(id, ofTask, losses.last(), parameters));
      } else if (step == length.steps(epoch) - 1) {
        losses.require(ran, id, ofTask + 1);
      }
      if (within.isPresent()) {
        within.get().after(id, ofTask + 1, ran);
      }
      long now = System.nanoTime();
      if (now - reported > NANOS_BETWEEN_REPORTS) {
        reported = now;
        double seconds = before + (now - start) / 1e9;
        events.accept(new RunEvent.EpochProgress(id, images, all, seconds, losses.last()));
      }
    }
    double seconds = before + (System.nanoTime() - start) / 1e9;
    events.accept(new RunEvent.EpochFinished(id, images, seconds, losses.means()));
  }

  private Optional<Readout> memoryOfEachStep(int size) {
    boolean eachStep = learner.settings().protocol().online() || strategy.remembersEachStep();
    return eachStep && epoch == 0
        ? Optional.of(new OnlineReadout(network, learner.input(), size))
        : Optional.empty();
  }

  /** Adds memory to the batch of new images and runs the step for its size. */
  private TrainingStep runStep(EpochId id, int ofTask, CounterRandom random) {
    Batch batch = learner.batch();
    int fresh = batch.size();
    int replayed = strategy.replay(batch, random);
    TrainingStep ran = replayed == 0 ? trainer.step(fresh) : trainer.step(fresh, replayed);
    batch.copyTo(ran);
    strategy.fill(ran, batch);
    learner.watch().run(id, ofTask, trainer, ran);
    strategy.afterStep();
    return ran;
  }
}
