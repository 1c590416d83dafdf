package engram.cl.experiment;

import engram.cl.settings.Settings;
import engram.cl.strategy.MovingAverage;
import engram.cl.strategy.Readout;
import engram.cl.strategy.Strategy;
import engram.cl.stream.Batch;
import engram.cl.stream.Batches;
import engram.cl.task.Examples;
import engram.data.ImageSet;
import engram.data.augment.Distortion;
import engram.nn.Network;
import engram.nn.optim.Adam;
import engram.nn.optim.Schedule;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Trains networks on one task: shuffles, fills batches, runs steps and tells how it goes. */
final class Learner {
  /** Steps between two readings of the loss: reading makes a device wait. */
  private static final int READ_EVERY = 10;

  private static final long NANOS_BETWEEN_REPORTS = 100_000_000;

  private final Settings settings;
  private final List<Integer> groups;
  private final Consumer<RunEvent> events;
  private final StopRequest stop;
  private final Batch batch;

  /**
   * @param groups of classes that are compared among themselves
   * @param images of the size that it trains on
   */
  Learner(
      Settings settings,
      List<Integer> groups,
      Consumer<RunEvent> events,
      ImageSet images,
      StopRequest stop) {
    this.settings = settings;
    this.groups = groups;
    this.events = events;
    this.stop = stop;
    batch =
        new Batch(
            settings.training().batch()
                + settings.rehearsal().mostReplayed(settings.training().batch()),
            images.imageBytes(),
            settings.recipe().normalisation(),
            settings.recipe().augmentation(),
            new Distortion(images.height(), images.width()));
  }

  /**
   * Trains a network with a new optimiser.
   *
   * @param first names the first epoch; how many there are, too
   * @return wall seconds
   */
  double train(Network network, Strategy strategy, Examples examples, EpochId first) {
    long start = System.nanoTime();
    Trainer trainer =
        new Trainer(network, strategy, new Adam(), settings.trainingOptions().withGroups(groups));
    double decay = settings.recipe().average();
    Optional<MovingAverage> average =
        decay == 0 ? Optional.empty() : Optional.of(MovingAverage.of(network, decay));
    int steps = Math.ceilDiv(examples.size(), settings.training().batch());
    boolean eachStep = settings.protocol().online() || strategy.remembersEachStep();
    float rate = settings.training().learningRate();
    Schedule schedule = settings.training().schedule().over(rate, first.epochs(), steps);
    for (int epoch = 0; epoch < first.epochs(); epoch++) {
      Optional<Readout> memory =
          eachStep && epoch == 0
              ? Optional.of(new OnlineReadout(network, settings))
              : Optional.empty();
      train(trainer, schedule, strategy, examples, memory, average, first.at(epoch));
    }
    average.ifPresent(followed -> network.copyFrom(followed.network()));
    return (System.nanoTime() - start) / 1e9;
  }

  private void train(
      Trainer trainer,
      Schedule schedule,
      Strategy strategy,
      Examples examples,
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
    LossMeter losses = new LossMeter();
    int images = 0;
    for (int i = 0; i < batches.count(); i++) {
      stop.endIfMade();
      batch.begin(variation.split(i));
      batches.appendTo(batch, i);
      images += batch.size();
      trainer.learningRate(schedule.rate(id.epoch() * batches.count() + i));
      TrainingStep step = run(trainer, strategy, replay.split(i));
      average.ifPresent(MovingAverage::step);
      if (memory.isPresent()) {
        strategy.remember(batches.examples(i), memory.get());
      }
      if (i % READ_EVERY == 0) {
        losses.read(step, id);
      }
      long now = System.nanoTime();
      if (now - reported > NANOS_BETWEEN_REPORTS) {
        reported = now;
        events.accept(
            new RunEvent.EpochProgress(
                id, images, examples.size(), (now - start) / 1e9, losses.last()));
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
