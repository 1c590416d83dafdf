package engram.cl.experiment;

import engram.cl.metrics.Confusion;
import engram.cl.result.Mistake;
import engram.cl.strategy.Predictor;
import engram.cl.task.Examples;
import engram.cl.task.TaskSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures on test images. */
final class Evaluator {
  private final ForwardPass forward;

  /**
   * What was answered.
   *
   * @param agnostic answers among all classes met
   * @param aware answers to the question with the task told: among the classes of the image's task
   * @param mistakes images whose answer among all classes is wrong, in the order of the examples
   */
  record Answers(Confusion agnostic, Confusion aware, List<Mistake> mistakes) {}

  Evaluator(ForwardPass forward) {
    this.forward = forward;
  }

  /** Classifies each example by its largest score and counts the answers. */
  Answers evaluate(Predictor predictor, Examples examples, TaskSplit split) {
    int classes = predictor.network().classes();
    int[] taskOf = new int[classes];
    for (int task = 1; task < split.tasks() && split.firstLabel(task) < classes; task++) {
      Arrays.fill(taskOf, split.firstLabel(task), classes, task);
    }
    Answers answers =
        new Answers(new Confusion(classes), new Confusion(classes), new ArrayList<>());
    int[] shown = {0};
    forward.run(
        predictor.network(),
        examples,
        (batch, ran) -> {
          float[] scores = predictor.head().scores(ran, batch.size());
          for (int i = 0; i < batch.size(); i++) {
            int label = batch.labels()[i];
            int at = i * classes;
            for (int k = 0; k < classes; k++) {
              // An infinite score may be meant: that of a class without a mean.
              if (Float.isNaN(scores[at + k])) {
                throw new IllegalStateException(
                    "the network's score for class %d is NaN, training diverged; use a smaller --lr"
                        .formatted(k));
              }
            }
            int answer = largest(scores, at, 0, classes);
            answers.agnostic.add(label, answer);
            if (answer != label) {
              int image = examples.index(shown[0] + i);
              float margin = scores[at + answer] - scores[at + label];
              answers.mistakes.add(new Mistake(image, label, answer, margin));
            }
            int first = split.firstLabel(taskOf[label]);
            int end = split.seenClasses(taskOf[label]);
            answers.aware.add(label, largest(scores, at, first, end));
          }
          shown[0] += batch.size();
        });
    return answers;
  }

  private static int largest(float[] scores, int at, int first, int end) {
    int best = first;
    for (int k = first + 1; k < end; k++) {
      if (scores[at + k] > scores[at + best]) {
        best = k;
      }
    }
    return best;
  }
}
