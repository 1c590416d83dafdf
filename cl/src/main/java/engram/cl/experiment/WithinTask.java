package engram.cl.experiment;

import engram.cl.memory.MemoryBuffer;
import engram.cl.strategy.Strategy;
import engram.nn.Network;
import engram.nn.train.TrainingStep;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures a network while it learns a task. Old tasks fall and recover within the first steps of a
 * new one, which no measurement after the task can show (De Lange, van de Ven and Tuytelaars,
 * Continual evaluation for lifelong learning: identifying the stability gap, 2023).
 *
 * <p>Before the first step, and when its {@link MeasuringPace} says so.
 */
final class WithinTask {
  private final StepProbe probe;
  private final HeldImages held;
  private final Network network;
  private final Strategy strategy;
  private final Consumer<RunEvent> events;
  private final MeasuringPace pace;
  private Optional<TrainingStep> counted = Optional.empty();
  private double work;

  /**
   * @param steps of the task
   */
  WithinTask(
      StepProbe probe,
      HeldImages held,
      Network network,
      Strategy strategy,
      Consumer<RunEvent> events,
      int steps) {
    this.probe = probe;
    this.held = held;
    this.network = network;
    this.strategy = strategy;
    this.events = events;
    pace = new MeasuringPace(steps, held.work());
  }

  /** Before the first step. */
  void begin(EpochId id) {
    pace.begin();
    tell(id, 0, List.of(), true);
    probe.pause();
  }

  /**
   * After a step.
   *
   * @param done steps of the task that are done
   */
  void after(EpochId id, int done, TrainingStep ran) {
    boolean due = pace.due(done, work(ran));
    if (due || probe.asks()) {
      List<LossTerm> losses =
          ran.terms().stream().map(name -> new LossTerm(name, ran.value(name))).toList();
      tell(id, done, losses, due);
    }
    probe.pause();
  }

  /** Nearly all steps of a task are the same plan: it is counted once. */
  private double work(TrainingStep ran) {
    if (counted.isEmpty() || counted.get() != ran) {
      counted = Optional.of(ran);
      work = MeasuringPace.work(ran.plan());
    }
    return work;
  }

  private void tell(EpochId id, int done, List<LossTerm> losses, boolean due) {
    events.accept(
        new RunEvent.StepMeasured(
            id,
            done,
            losses,
            held.ask(),
            network,
            strategy.memory().map(MemoryBuffer::stored),
            !due));
  }

  /** Work of measuring that training has not caught up with yet; see {@link MeasuringPace}. */
  double owed() {
    return pace.owed();
  }

  /** Goes on where there was so much of it. */
  void owe(double work) {
    pace.owe(work);
  }
}
