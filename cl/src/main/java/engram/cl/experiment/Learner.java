package engram.cl.experiment;

import engram.cl.settings.Optimisation;
import engram.cl.settings.Settings;
import engram.cl.strategy.MovingAverage;
import engram.cl.strategy.Readout;
import engram.cl.strategy.Strategy;
import engram.cl.stream.Batch;
import engram.cl.stream.Batches;
import engram.cl.stream.ImageInput;
import engram.cl.stream.TaskLength;
import engram.cl.task.Examples;
import engram.nn.Network;
import engram.nn.optim.OptimiserState;
import engram.nn.optim.Schedule;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains networks on one task: makes the optimiser, shuffles, fills batches, runs steps and tells
 * how it goes.
 */
final class Learner {
  /** Steps between two readings of the loss: reading makes a device wait. */
  private static final int READ_EVERY = 10;

  private static final long NANOS_BETWEEN_REPORTS = 100_000_000;

  private final Settings settings;
  private final List<Integer> groups;
  private final ImageInput input;
  private final Consumer<RunEvent> events;
  private final StopRequest stop;
  private final Batch batch;

  /**
   * @param seconds of wall time
   * @param kept what the optimiser remembers, for the next task; empty where that begins anew
   */
  record Trained(double seconds, Optional<OptimiserState> kept) {}

  /**
   * @param groups of classes that are compared among themselves
   */
  Learner(
      Settings settings,
      List<Integer> groups,
      Consumer<RunEvent> events,
      ImageInput input,
      StopRequest stop) {
    this.settings = settings;
    this.groups = groups;
    this.events = events;
    this.input = input;
    this.stop = stop;
    batch = input.variedBatch(settings.imagesOfStep());
  }

  /**
   * Trains a network.
   *
   * @param kept what the optimiser of the last task left
   * @param first names the first epoch
   */
  Trained train(
      Network network,
      Strategy strategy,
      Examples examples,
      TaskLength length,
      Optional<OptimiserState> kept,
      EpochId first) {
    long start = System.nanoTime();
    Optimisation optimisation = settings.training().optimisation();
    Trainer trainer =
        new Trainer(
            network,
            strategy,
            optimisation.optimiser(),
            settings.trainingOptions().withGroups(groups));
    if (!strategy.startsAnew()) {
      kept.ifPresent(trainer.optimiser()::copyLeading);
    }
    double decay = settings.recipe().average();
    Optional<MovingAverage> average =
        decay == 0 ? Optional.empty() : Optional.of(MovingAverage.of(network, decay));
    boolean eachStep = settings.protocol().online() || strategy.remembersEachStep();
    Schedule schedule = settings.training().rates(length);
    for (int epoch = 0; epoch < length.passes(); epoch++) {
      Optional<Readout> memory =
          eachStep && epoch == 0
              ? Optional.of(new OnlineReadout(network, input, settings.training().batch()))
              : Optional.empty();
      train(trainer, schedule, strategy, examples, length, memory, average, first.at(epoch));
    }
    average.ifPresent(followed -> network.copyFrom(followed.network()));
    return new Trained(
        (System.nanoTime() - start) / 1e9,
        switch (optimisation.state()) {
          case NEW -> Optional.empty();
          case KEPT -> Optional.of(trainer.optimiser());
        });
  }

  private void train(
      Trainer trainer,
      Schedule schedule,
      Strategy strategy,
      Examples examples,
      TaskLength length,
      Optional<Readout> memory,
      Optional<MovingAverage> average,
      EpochId id) {
    long start = System.nanoTime();
    long reported = start;
    Batches batches =
        Batches.shuffled(examples, settings.training().batch(), id.seed(), id.task(), id.epoch());
    CounterRandom replay = CounterRandom.of(id.seed(), "replay").split(id.task()).split(id.epoch());
    CounterRandom variation =
        CounterRandom.of(id.seed(), "augmentation").split(id.task()).split(id.epoch());
    LossMeter losses = new LossMeter(Diverged.largestLoss(trainer.classes()));
    int images = 0;
    int steps = length.steps(id.epoch());
    int all = length.images(id.epoch());
    for (int i = 0; i < steps; i++) {
      stop.endIfMade();
      batch.begin(variation.split(i));
      batches.appendTo(batch, i);
      images += batch.size();
      trainer.learningRate(schedule.rate(id.epoch() * length.stepsOfPass() + i));
      TrainingStep step = run(trainer, strategy, replay.split(i));
      average.ifPresent(MovingAverage::step);
      if (memory.isPresent()) {
        strategy.remember(batches.examples(i), memory.get());
      }
      int number = id.epoch() * length.stepsOfPass() + i + 1;
      if (i % READ_EVERY == 0) {
        losses.read(step, id, number);
      } else if (i == steps - 1) {
        losses.require(step, id, number);
      }
      long now = System.nanoTime();
      if (now - reported > NANOS_BETWEEN_REPORTS) {
        reported = now;
        double seconds = (now - start) / 1e9;
        events.accept(new RunEvent.EpochProgress(id, images, all, seconds, losses.last()));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    events.accept(new RunEvent.EpochFinished(id, images, seconds, losses.means()));
  }

  /** Adds memory to the batch of new images and runs the step for its size. */
  private TrainingStep run(Trainer trainer, Strategy strategy, CounterRandom random) {
    int fresh = batch.size();
    int replayed = strategy.replay(batch, random);
    TrainingStep step = replayed == 0 ? trainer.step(fresh) : trainer.step(fresh, replayed);
    batch.copyTo(step);
    strategy.fill(step, batch);
    step.run();
    strategy.afterStep();
    return step;
  }
}
