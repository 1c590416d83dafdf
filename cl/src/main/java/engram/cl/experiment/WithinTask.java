package engram.cl.experiment;

import engram.cl.memory.MemoryBuffer;
import engram.cl.strategy.Strategy;
import engram.nn.Network;
import engram.nn.train.TrainingStep;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures a network while it learns a task. Old tasks fall and recover within the first steps of a
 * new one, which no measurement after the task can show (De Lange, van de Ven and Tuytelaars,
 * Continual evaluation for lifelong learning: identifying the stability gap, 2023).
 *
 * <p>When is a matter of counts, not of clocks, so that the same seed measures at the same steps:
 * after each of the first steps; after each one for which training has done enough work since; and
 * after the last.
 */
final class WithinTask {
  /** Steps of a task that are all measured: a tenth of them, but no more than this. */
  private static final int DENSE = 16;

  /** Work of training on an image, where asking about it is one. */
  private static final double WORK = 2.5;

  private final StepProbe probe;
  private final HeldImages held;
  private final Network network;
  private final Strategy strategy;
  private final Consumer<RunEvent> events;
  private final int steps;
  private double owed;

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
    this.steps = steps;
  }

  /** Before the first step. */
  void begin(EpochId id) {
    tell(id, 0, List.of(), true);
    probe.pause();
  }

  /**
   * After a step.
   *
   * @param done steps of the task that are done
   * @param images that the step was trained on
   */
  void after(EpochId id, int done, TrainingStep ran, int images) {
    owed -= WORK * images;
    boolean due = done == steps || done <= Math.min(DENSE, steps / 10) || owed <= 0;
    if (due || probe.asks()) {
      List<LossTerm> losses =
          ran.terms().stream().map(name -> new LossTerm(name, ran.value(name))).toList();
      tell(id, done, losses, due);
    }
    probe.pause();
  }

  private void tell(EpochId id, int done, List<LossTerm> losses, boolean due) {
    if (due) {
      owed = Math.max(owed, 0) + held.count();
    }
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

  /** Work of measuring that training has not caught up with yet, in images. */
  double owed() {
    return owed;
  }

  /** Goes on where there was so much of it. */
  void owe(double images) {
    owed = images;
  }
}
