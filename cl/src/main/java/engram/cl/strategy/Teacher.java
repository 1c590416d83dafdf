package engram.cl.strategy;

import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.RecordedNetwork;
import engram.nn.layer.Mode;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The network before the task, which knows the old classes, and how to learn from it. */
final class Teacher implements Stateful {
  /** Hinton et al. 2015; the value that LwF, EEIL, BiC, WA and SS-IL use. */
  static final double TEMPERATURE = 2;

  private final List<Task> tasks = new ArrayList<>();
  private final double temperature;
  private Optional<Network> network = Optional.empty();
  private int known;

  Teacher() {
    this(TEMPERATURE);
  }

  /**
   * @param temperature divides the logits before the softmax of the distillation, above 0
   */
  Teacher(double temperature) {
    this.temperature = temperature;
  }

  /** Called before each task: keeps a copy of the network, if there was a task before this one. */
  void remember(Network before, Task task) {
    if (task.index() > 0) {
      network = Optional.of(before.copy());
      known = tasks.getLast().seenClasses();
    }
    tasks.add(task);
  }

  /** The network is that before the task, which {@link #remember} copies anew. */
  @Override
  public void state(State state) {
    List<Task> met = state.tasks("tasks", List.copyOf(tasks));
    tasks.clear();
    tasks.addAll(met);
  }

  /** Whether there is anything to teach. */
  boolean present() {
    return network.isPresent();
  }

  /** Number of classes that the teacher has met; it may have outputs of others. */
  int classes() {
    return known;
  }

  /** Features and logits of the teacher for the images of a step. */
  RecordedNetwork.Result forward(StepTape step) {
    Network teacher =
        network.orElseThrow(() -> new IllegalStateException("there is no teacher in task 1"));
    return step.frozen(teacher).forward(step.inputs(), Mode.EVALUATION);
  }

  /** Logits of the teacher for the images of a step, [N, old classes]. */
  Tensor logits(StepTape step) {
    return leading(step, forward(step).logits(), known);
  }

  /** Logits of the first classes alone, [N, classes]. */
  static Tensor leading(StepTape step, Tensor logits, int classes) {
    return logits.shape().dim(1) == classes ? logits : step.narrow(logits, 1, 0, classes);
  }

  /** Distillation of all old classes together, [1]. */
  Tensor distil(StepTape step, Tensor logits) {
    return step.keep("kd", distil(step, logits, logits(step)));
  }

  /**
   * T^2 times the cross-entropy of all logits with the teacher's softened answers, which are 0 for
   * classes that it has not met, [1].
   */
  Tensor distilAmongAll(StepTape step, Tensor logits) {
    Tensor soft = step.softmax(step.scale(1 / temperature, logits(step)));
    int unmet = logits.shape().dim(1) - known;
    if (unmet > 0) {
      Tensor zeros = step.affine(0, step.narrow(logits, 1, known, unmet), 0);
      soft = step.concat(1, soft, zeros);
    }
    Tensor ce = step.softCrossEntropy(step.scale(1 / temperature, logits), soft);
    return step.keep("kd", step.scale(temperature * temperature, ce));
  }

  /** Distillation of the old classes from the teacher's logits, [1]. */
  Tensor distil(StepTape step, Tensor logits, Tensor old) {
    return step.kd(logits, leading(step, old, known), temperature);
  }

  /**
   * Distillation of each past task on its own, summed, [1]: the classes of one task are compared
   * among themselves only, so that the teacher's bias between tasks is not taught.
   */
  Tensor distilByTask(StepTape step, Tensor logits) {
    Tensor old = logits(step);
    Tensor sum = distil(step, logits, old, tasks.getFirst(), temperature);
    for (Task task : tasks.subList(1, tasks.size() - 1)) {
      sum = step.add(sum, distil(step, logits, old, task, temperature));
    }
    return step.keep("kd", sum);
  }

  /** Distillation of the classes of one task, [1]. */
  static Tensor distil(StepTape step, Tensor logits, Tensor old, Task task) {
    return distil(step, logits, old, task, TEMPERATURE);
  }

  private static Tensor distil(
      StepTape step, Tensor logits, Tensor old, Task task, double temperature) {
    int first = task.firstLabel();
    Tensor now = step.narrow(logits, 1, first, task.newClasses());
    return step.kd(now, step.narrow(old, 1, first, task.newClasses()), temperature);
  }

  /**
   * How far features turned, LUCIR's less-forget constraint: mean over images of one minus the
   * cosine of two rows, [1].
   *
   * @param features [N, features]
   * @param before what a teacher makes of the same images, [N, features]
   */
  static Tensor turned(StepTape step, Tensor features, Tensor before) {
    Tensor products = step.multiply(step.normalize(features), step.normalize(before));
    return step.affine(-1f / features.shape().dim(0), step.sum(products), 1);
  }
}
