package engram.nn.train;

import engram.backend.Buffer;
import engram.plan.Observer;
import engram.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One training step, recorded, differentiated and planned for one batch size: fill the inputs, run,
 * and read the loss when you want it. Running allocates nothing.
 */
public final class TrainingStep {
  private final Plan plan;
  private final Recording recording;
  private final Runnable beforeRun;
  private final Buffer inputs;
  private final Buffer targets;
  private final Buffer loss;
  private final Map<String, Buffer> further = new LinkedHashMap<>();
  private final Map<String, Buffer> values = new LinkedHashMap<>();
  private final List<String> terms;
  private final float[] number = new float[1];

  /**
   * @param recorded tape of the step; its kept values are among what can be read
   * @param recording what the tape held when the plan was made
   * @param beforeRun what the trainer does before each run
   */
  TrainingStep(Plan plan, StepTape recorded, Recording recording, Runnable beforeRun) {
    this.plan = plan;
    this.recording = recording;
    this.beforeRun = beforeRun;
    inputs = plan.buffer(recorded.inputs());
    targets = plan.buffer(recorded.targets());
    recorded.further().forEach((name, tensor) -> further.put(name, plan.buffer(tensor)));
    recorded.kept().forEach((name, tensor) -> values.put(name, plan.buffer(tensor)));
    loss = named(values, StepTape.LOSS);
    terms =
        values.keySet().stream()
            .filter(name -> !name.equals(StepTape.LOSS) && named(values, name).elements() == 1)
            .toList();
  }

  /** Where the inputs of the batch go, [N, ...]. */
  public Buffer inputs() {
    return inputs;
  }

  /** Where the targets of the batch go, [N]. */
  public Buffer targets() {
    return targets;
  }

  /** Where the further input of this name goes. */
  public Buffer input(String name) {
    return named(further, name);
  }

  /** Runs the step on what the inputs hold: forward, backward, update. */
  public void run() {
    beforeRun.run();
    plan.run();
  }

  /** The same, each op by itself and shown to {@code observer}. */
  public void run(Observer observer) {
    beforeRun.run();
    plan.run(observer);
  }

  /** Loss of the last run, before its update. */
  public float loss() {
    loss.read(0, number, 0, 1);
    return number[0];
  }

  /** The first element of a value that the objective keeps, such as one term of the loss. */
  public float value(String name) {
    named(values, name).read(0, number, 0, 1);
    return number[0];
  }

  /** Names of the single numbers that the objective keeps, apart from the loss itself. */
  public List<String> terms() {
    return terms;
  }

  /** All elements of a value that the objective keeps. */
  public Buffer values(String name) {
    return named(values, name);
  }

  /** The plan, for profiles and graphs. Run it through {@link #run()} to train. */
  public Plan plan() {
    return plan;
  }

  /** How the step was recorded and differentiated, to study. */
  public Recording recording() {
    return recording;
  }

  private static Buffer named(Map<String, Buffer> buffers, String name) {
    Buffer buffer = buffers.get(name);
    if (buffer == null) {
      throw new IllegalArgumentException(
          "training step: nothing is named \"%s\"; there are %s".formatted(name, buffers.keySet()));
    }
    return buffer;
  }
}
