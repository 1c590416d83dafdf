package engram.cl.doctor;

import engram.cl.experiment.RunEvent;
import engram.cl.metrics.TestAnswers;
import engram.nn.doctor.Finding;
import java.util.Locale;
import java.util.Optional;

/** A task whose own classes are told apart no better than by guessing, when it was just learnt. */
final class UnlearntTask {
  private static final int FEWEST_IMAGES = 20;

  private UnlearntTask() {}

  static Optional<Finding> in(RunEvent.TaskEvaluated task) {
    int index = task.result().task();
    int classes = task.split().seenClasses(index) - task.split().firstLabel(index);
    TestAnswers answers = task.aware();
    int images = answers.images(index);
    double guessed = 1.0 / classes;
    // Two deviations of what guessing gives.
    double most = guessed + 2 * Math.sqrt(guessed * (1 - guessed) / images);
    if (classes < 2 || images < FEWEST_IMAGES || answers.accuracy(index) > most) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            "learns-nothing",
            "task " + (index + 1),
            String.format(
                Locale.ROOT,
                "told which task an image is of, it recognises %.1f %% of %d test images among %d"
                    + " classes; guessing gives %.1f %%.",
                100 * answers.accuracy(index),
                images,
                classes,
                100 * guessed),
            "Labels may not belong to their images, in training or in test: look at some with"
                + "  engram data.  If they do, train longer or with another rate."));
  }
}
