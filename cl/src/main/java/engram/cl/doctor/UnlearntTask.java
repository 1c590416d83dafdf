package engram.cl.doctor;

import engram.cl.experiment.RunEvent;
import engram.cl.metrics.TestAnswers;
import engram.nn.doctor.Finding;
import java.util.Locale;
import java.util.Optional;

/**
 * Tasks whose own classes are told apart no better than by guessing, each when it was just learnt.
 * One may be hard, or too short; that there is nothing to be learnt is said of all of them only.
 */
final class UnlearntTask {
  private static final int FEWEST_TASKS = 2;

  private static final int FEWEST_IMAGES = 20;

  private int guessedTasks;

  Optional<Finding> in(RunEvent.TaskEvaluated task) {
    int index = task.result().task();
    int classes = task.split().seenClasses(index) - task.split().firstLabel(index);
    TestAnswers answers = task.aware();
    int images = answers.images(index);
    double guessed = 1.0 / classes;
    // Two deviations of what guessing gives.
    double most = guessed + 2 * Math.sqrt(guessed * (1 - guessed) / images);
    if (classes < 2 || images < FEWEST_IMAGES || answers.accuracy(index) > most) {
      guessedTasks = 0;
      return Optional.empty();
    }
    guessedTasks++;
    if (guessedTasks < FEWEST_TASKS || guessedTasks <= index) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            "learns-nothing",
            "all tasks",
            String.format(
                Locale.ROOT,
                "no task was learnt so far: told its task, %.1f %% of the last one's %d test images"
                    + " are recognised among %d classes; guessing gives %.1f %%.",
                100 * answers.accuracy(index),
                images,
                classes,
                100 * guessed),
            "Labels may not belong to their images, in training or in test: look at some with"
                + "  engram data.  If they do, train longer or with another rate."));
  }
}
