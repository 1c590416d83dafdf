package engram.bench;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.cl.experiment.RunEvent.TaskEvaluated;
import engram.cl.metrics.Confusion;
import engram.cl.metrics.TestAnswers;
import engram.cl.result.TaskResult;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSplit;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.device.Devices;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Linear;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measured tasks for consumers that look at figures alone: images and network mean nothing. */
public final class Evaluations {
  private Evaluations() {}

  /** An event with these figures; with the task told the answers are the same. */
  public static TaskEvaluated of(TaskResult result, Confusion confusion, TaskSplit split) {
    int classes = split.classes();
    int[] numbers = IntStream.range(0, classes).toArray();
    ImageSet images = new ImageSet(1, 1, 3, new byte[3 * classes], numbers, numbers);
    List<String> names = IntStream.of(numbers).mapToObj(number -> "class " + number).toList();
    TaskSequence sequence = new TaskSequence(new Dataset("nothing", names, images, images), split);
    try (Backend backend = Devices.open("reference", 1, line -> {})) {
      Network network =
          Network.create(
              Sequential.of(shape(3), new Linear(3, confusion.classes()).named("fc")), backend, 1);
      TestAnswers answers = TestAnswers.of(split, result.task(), confusion);
      return new TaskEvaluated(
          result, sequence, network, answers, answers, List.of(), Optional.empty());
    }
  }
}
