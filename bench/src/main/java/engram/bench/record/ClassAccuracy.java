package engram.bench.record;

import engram.cl.experiment.RunEvent.TaskEvaluated;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Accuracy on one class after one task.
 *
 * @param task from 0
 * @param dataClass number of the class in the data set
 * @param accuracy percent of the class's test images, answers among all classes met
 */
record ClassAccuracy(String strategy, long seed, int task, int dataClass, double accuracy) {

  /** Those of all classes met that have test images, in the order in which they were met. */
  static List<ClassAccuracy> of(TaskEvaluated event) {
    return IntStream.range(0, event.agnostic().classes())
        .filter(label -> event.agnostic().images(label) > 0)
        .mapToObj(
            label ->
                new ClassAccuracy(
                    event.result().strategy(),
                    event.result().seed(),
                    event.result().task(),
                    event.split().classOf(label),
                    100 * event.agnostic().recall(label).orElseThrow()))
        .toList();
  }
}
