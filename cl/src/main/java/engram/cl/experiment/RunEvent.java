package engram.cl.experiment;

import engram.cl.memory.StoredImages;
import engram.cl.metrics.TestAnswers;
import engram.cl.result.Mistake;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSplit;
import engram.nn.Network;
import java.util.List;
import java.util.Optional;

/**
 * What happens during an experiment, in the order in which it is declared here.
 *
 * <p>Screen, files, trackers and report are consumers of it. A consumer is called in the thread
 * that trains, so it returns soon; what networks and memories hold may change when it has returned.
 */
public sealed interface RunEvent {

  /**
   * The experiment begins.
   *
   * @param strategies names in the order in which they run
   * @param seeds seed of each repetition
   * @param tasks number of tasks
   */
  record ExperimentStarted(List<String> strategies, List<Long> seeds, int tasks)
      implements RunEvent {}

  /**
   * The experiment goes on from a state; what follows comes after that.
   *
   * @param done each strategy with each seed that is done
   * @param diverged strategies whose training diverged
   * @param reached results of the strategy that is under way, of the tasks that it has done
   */
  record Resumed(List<StrategyRun> done, List<StrategyDiverged> diverged, List<TaskResult> reached)
      implements RunEvent {}

  /** A strategy begins its first task, or goes on where it was interrupted. */
  record StrategyStarted(String strategy, long seed) implements RunEvent {}

  /**
   * An epoch is under way; sent now and then, not for each step.
   *
   * @param id which epoch
   * @param images training images of the task done in this epoch, without those from memory
   * @param totalImages training images of the task
   * @param seconds wall time since the epoch began
   * @param losses terms of the last loss that was read
   */
  record EpochProgress(
      EpochId id, int images, int totalImages, double seconds, List<LossTerm> losses)
      implements RunEvent {}

  /**
   * The loss of a step was read; see {@link StepWatch}.
   *
   * @param id which epoch
   * @param step of this task, from 0
   * @param losses terms of the loss of this step
   * @param hash of all parameters after the step, see {@link ParameterHash}
   */
  record LossRead(EpochId id, int step, List<LossTerm> losses, long hash) implements RunEvent {}

  /**
   * How many images of some were recognised.
   *
   * @param recognised those with the right answer
   * @param images all
   */
  record Recognised(int recognised, int images) {
    /** Percent. */
    public double percent() {
      return 100.0 * recognised / images;
    }
  }

  /**
   * The network was measured while it learns a task; sent with a {@link StepProbe} alone.
   *
   * @param id which epoch
   * @param steps of this task that are done; 0 before the first
   * @param losses terms of the loss of the last step; none before the first
   * @param ofTasks answers to the held images of each task met, by the largest logit
   * @param network as it is now
   * @param memory as it is now; empty for a strategy without one
   * @param asked whether it was measured because somebody asked, out of turn
   */
  record StepMeasured(
      EpochId id,
      int steps,
      List<LossTerm> losses,
      List<Recognised> ofTasks,
      Network network,
      Optional<StoredImages> memory,
      boolean asked)
      implements RunEvent {}

  /**
   * An epoch is done.
   *
   * @param id which epoch
   * @param images training images of the task, without those from memory
   * @param seconds wall time of the epoch
   * @param losses mean of each loss term over the epoch
   */
  record EpochFinished(EpochId id, int images, double seconds, List<LossTerm> losses)
      implements RunEvent {
    /** Training images of the task a second, those from memory not counted. */
    public double imagesPerSecond() {
      return images / seconds;
    }
  }

  /**
   * A task was learnt, and the test images of all classes met so far were measured: with all that
   * can be looked at before the next task begins.
   *
   * @param result what was reached
   * @param sequence the tasks of this seed; labels are those of its split
   * @param network the network that answers now
   * @param agnostic answers to these images; in scenario {@code task} those with the task told
   * @param aware the same with the task told: answers among the classes of the image's own task
   * @param mistakes test images that got a wrong answer, in the order of the tasks
   * @param memory what the rehearsal memory holds; empty for a strategy without one
   */
  record TaskEvaluated(
      TaskResult result,
      TaskSequence sequence,
      Network network,
      TestAnswers agnostic,
      TestAnswers aware,
      List<Mistake> mistakes,
      Optional<StoredImages> memory)
      implements RunEvent {
    /** Says which class has which label with this seed. */
    public TaskSplit split() {
      return sequence.split();
    }

    /** Percent of the test images of each task met so far. */
    public List<Double> taskAccuracies() {
      return agnostic.accuracies().mapToObj(share -> 100 * share).toList();
    }
  }

  /**
   * A strategy trains no further; sent even where it was stopped before it finished a task.
   *
   * @param network the one that answered in the last measurement, or after a stop within a task the
   *     one that was being trained, as the last batch left it
   * @param byLogits whether its largest logit was the answer; otherwise a head made it of features
   */
  record TrainingEnded(String strategy, long seed, Network network, boolean byLogits)
      implements RunEvent {}

  /** A strategy has done its last task, or the last one, if any, that it finished before a stop. */
  record StrategyFinished(StrategyRun run) implements RunEvent {}

  /**
   * Training of a strategy diverged: it ends here, in place of {@link TrainingEnded} and {@link
   * StrategyFinished}, and counts for nothing, whatever it reached before. Pre-training ends all
   * strategies of its seed.
   *
   * @param task from 0
   * @param step of the task, from 1; 0 for what is done when the task is trained
   * @param what is out of bounds, such as {@code the loss is NaN}
   */
  record StrategyDiverged(String strategy, long seed, int task, int step, String what)
      implements RunEvent {
    /** Where, what, and what to change. */
    public String message() {
      return "training diverged in task %s, %s: %s; use a smaller --lr, or --clip 1"
          .formatted(task + 1, step == 0 ? "at its end" : "step " + step, what);
    }

    /** One line: who, and the {@link #message}. */
    @Override
    public String toString() {
      return "%s, seed %s: %s".formatted(strategy, seed, message());
    }
  }

  /**
   * Everything is done, or all that could be before a stop.
   *
   * @param runs each strategy with each seed, in the order in which they ran
   * @param seconds wall time of the experiment in this process
   * @param saving seconds that training waited for states, in all processes
   * @param interrupted whether it was stopped before its end
   */
  record ExperimentFinished(
      List<StrategyRun> runs, double seconds, double saving, boolean interrupted)
      implements RunEvent {}
}
