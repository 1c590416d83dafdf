package engram.cl.experiment;

import engram.cl.memory.StoredImages;
import engram.cl.metrics.Confusion;
import engram.cl.result.Mistake;
import engram.cl.result.TaskResult;
import engram.cl.task.TaskSequence;
import engram.nn.Network;
import java.util.List;
import java.util.Optional;

/**
 * A task that was learnt and measured, with all that can be looked at before the next one begins.
 *
 * @param result what was reached
 * @param sequence the tasks of this seed; labels are those of its split
 * @param network the network that answers now
 * @param agnostic test images of all classes met, by actual and predicted label
 * @param aware the same with the task told: answers among the classes of the image's own task
 * @param mistakes test images that got a wrong answer, in the order of the tasks
 * @param memory what the rehearsal memory holds; empty for a strategy without one
 */
public record LearntTask(
    TaskResult result,
    TaskSequence sequence,
    Network network,
    Confusion agnostic,
    Confusion aware,
    List<Mistake> mistakes,
    Optional<StoredImages> memory) {

  public LearntTask {
    mistakes = List.copyOf(mistakes);
  }

  /** Takes each task as it is learnt, for example to save what a report shows. */
  @FunctionalInterface
  public interface Sink {
    /** Called in the thread that trains; what {@code task} holds may change when it returns. */
    void accept(LearntTask task);

    /** A sink that keeps nothing. */
    static Sink none() {
      return task -> {};
    }
  }
}
