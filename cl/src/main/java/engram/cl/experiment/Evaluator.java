package engram.cl.experiment;

import engram.cl.metrics.TestAnswers;
import engram.cl.result.Mistake;
import engram.cl.strategy.Predictor;
import engram.cl.stream.Views;
import engram.cl.task.Examples;
import engram.cl.task.Scenario;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Measures on test images. */
final class Evaluator {
  private final ForwardPass forward;
  private final Views views;

  /**
   * What was answered.
   *
   * @param agnostic answers among all classes met; where the task is always told, those of {@code
   *     aware}
   * @param aware answers to the question with the task told: among the classes of the image's task
   * @param mistakes images whose answer is wrong, in the order of the examples
   */
  record Measured(TestAnswers agnostic, TestAnswers aware, List<Mistake> mistakes) {}

  /**
   * @param views how often each image is shown
   */
  Evaluator(ForwardPass forward, Views views) {
    this.forward = forward;
    this.views = views;
  }

  /** Classifies the test images of all tasks met by their largest scores and counts the answers. */
  Measured evaluate(Predictor predictor, TaskSequence sequence, int task) {
    TaskSplit split = sequence.split();
    boolean told = split.scenario().kind() == Scenario.Kind.TASK;
    int classes = split.answers(task);
    int outputs = predictor.network().classes();
    Examples examples = sequence.testUpTo(task);
    int[] taskOf = tasks(sequence, task);
    TestAnswers aware = new TestAnswers(classes, task + 1);
    TestAnswers agnostic = told ? aware : new TestAnswers(classes, task + 1);
    List<Mistake> mistakes = new ArrayList<>();
    ViewedPass viewed = new ViewedPass(views, predictor.network().model().input());
    int[] shown = {0};
    forward.run(
        predictor.network(),
        examples,
        (batch, ran) -> {
          float[] scores =
              viewed.mean(batch, ran, seen -> predictor.head().scores(seen, batch.size()));
          for (int i = 0; i < batch.size(); i++) {
            int label = batch.labels()[i];
            int at = i * outputs;
            for (int k = 0; k < classes; k++) {
              // An infinite score may be meant: that of a class without a mean.
              if (Float.isNaN(scores[at + k])) {
                throw new Diverged(task, 0, "the network's score for label " + k + " is NaN");
              }
            }
            int of = taskOf[shown[0] + i];
            int amongTask = largest(scores, at, split.firstLabel(of), split.seenClasses(of));
            int answer = told ? amongTask : largest(scores, at, 0, classes);
            aware.add(of, label, amongTask);
            if (!told) {
              agnostic.add(of, label, answer);
            }
            if (answer != label) {
              int image = examples.index(shown[0] + i);
              float margin = scores[at + answer] - scores[at + label];
              mistakes.add(new Mistake(image, label, answer, margin));
            }
          }
          shown[0] += batch.size();
        });
    return new Measured(agnostic, aware, mistakes);
  }

  /** Task of each test image, in order of tasks. */
  private static int[] tasks(TaskSequence sequence, int last) {
    return sequence.tasks().stream()
        .limit(last + 1)
        .flatMapToInt(t -> IntStream.range(0, t.test().size()).map(i -> t.index()))
        .toArray();
  }

  /** The first of the largest scores from {@code at + first} to {@code at + end - 1}. */
  static int largest(float[] scores, int at, int first, int end) {
    int best = first;
    for (int k = first + 1; k < end; k++) {
      if (scores[at + k] > scores[at + best]) {
        best = k;
      }
    }
    return best;
  }
}
