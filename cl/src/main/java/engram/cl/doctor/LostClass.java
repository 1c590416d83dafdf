package engram.cl.doctor;

import engram.cl.experiment.RunEvent;
import engram.cl.memory.StoredImages;
import engram.cl.metrics.Confusion;
import engram.nn.doctor.Finding;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A class of an earlier task of which the memory holds no image any more, and of which no test
 * image is recognised. One without the other may well be: a small memory cannot hold all classes.
 */
final class LostClass {
  private LostClass() {}

  static Optional<Finding> in(RunEvent.TaskEvaluated task) {
    if (task.memory().filter(held -> held.size() > 0).isEmpty()) {
      return Optional.empty();
    }
    StoredImages memory = task.memory().get();
    Confusion answers = task.agnostic().confusion();
    int[] lost =
        IntStream.range(0, task.split().firstLabel(task.result().task()))
            .filter(label -> memory.count(label) == 0)
            .filter(label -> answers.images(label) > 0 && answers.count(label, label) == 0)
            .toArray();
    if (lost.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            "class-lost",
            "class " + task.sequence().labelNames().get(lost[0]),
            "the memory holds no image of it (of %d images of %d classes), and none of its %d test"
                    .formatted(memory.size(), memory.classes(), answers.images(lost[0]))
                + " images is recognised%s."
                    .formatted(
                        lost.length == 1
                            ? ""
                            : "; so it is with %d more".formatted(lost.length - 1)),
            "Take a larger --buffer, or a memory that keeps as many images of each class."));
  }
}
