package engram.cl.experiment;

import engram.cl.stream.Batch;
import engram.cl.stream.ImageInput;
import engram.cl.task.Examples;
import engram.cl.task.Scenario;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSplit;
import engram.nn.Network;
import engram.nn.train.Inference;
import engram.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A few test images of each task met, to be asked about again and again while one is learnt. */
final class HeldImages {
  /** Of each task, or all where it has fewer. */
  static final int OF_TASK = 256;

  private final TaskSplit split;
  private final int task;
  private final List<Batch> ofTasks = new ArrayList<>();
  private final Inference inference;

  /**
   * Draws them.
   *
   * @param task the last one met
   * @param network what is asked
   * @param seed says which; they are the same in each task
   */
  HeldImages(TaskSequence sequence, int task, Network network, ImageInput input, long seed) {
    split = sequence.split();
    this.task = task;
    inference = new Inference(network);
    for (int of = 0; of <= task; of++) {
      Examples test = sequence.tasks().get(of).test();
      int[] order = CounterRandom.of(seed, "held-images").split(of).permutation(test.size());
      int count = Math.min(OF_TASK, test.size());
      Batch batch = input.batch(count);
      for (int index : Arrays.copyOf(order, count)) {
        batch.add(test, index);
      }
      ofTasks.add(batch);
    }
  }

  /** Operations of asking about all of them once. */
  double work() {
    return ofTasks.stream()
        .mapToDouble(batch -> MeasuringPace.work(inference.batch(batch.size()).plan()))
        .sum();
  }

  /** How many the network recognises now by its largest logit among the classes met. */
  List<RunEvent.Recognised> ask() {
    List<RunEvent.Recognised> answers = new ArrayList<>();
    boolean told = split.scenario().kind() == Scenario.Kind.TASK;
    for (int of = 0; of <= task; of++) {
      Batch batch = ofTasks.get(of);
      Inference.Batch pass = inference.batch(batch.size());
      batch.copyTo(pass);
      pass.run();
      float[] logits = pass.logits().read();
      int columns = logits.length / batch.size();
      int first = told ? split.firstLabel(of) : 0;
      int end = told ? split.seenClasses(of) : split.answers(task);
      int recognised = 0;
      for (int i = 0; i < batch.size(); i++) {
        if (Evaluator.largest(logits, i * columns, first, end) == batch.labels()[i]) {
          recognised++;
        }
      }
      answers.add(new RunEvent.Recognised(recognised, batch.size()));
    }
    return answers;
  }
}
