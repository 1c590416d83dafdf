package engram.learn.look;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.graph.Node;
import engram.inspect.Stepper;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.model.Models;
import engram.nn.optim.Adam;
import engram.nn.train.Objective;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingOptions;
import engram.nn.train.TrainingStep;
import engram.plan.Plan;
import engram.random.CounterRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The step of chapter 0, as {@code engram explain --network "conv 4 3 pad 1, relu, pool 2, flatten"
 * --batch 4} and its kin show it: once as recorded, once fused.
 */
public final class LookedAtStep {
  /** As on the command line. */
  public static final String NETWORK = "conv 4 3 pad 1, relu, pool 2, flatten";

  /** As on the command line. */
  public static final int BATCH = 4;

  private static final int CLASSES = 43;

  private final Plan recorded;
  private final Plan fused;
  private final Map<String, float[]> outputs = new HashMap<>();

  /** Records both and runs the first. */
  public LookedAtStep() {
    recorded = plan(new TrainingOptions().withoutFusion());
    fused = plan(new TrainingOptions());
    Stepper stepper = new Stepper(recorded);
    for (Node node : recorded.steps()) {
      stepper.step();
      if (!node.outputs().isEmpty()) {
        outputs.put(node.op().name(), stepper.value(node.output()));
      }
    }
  }

  private static Plan plan(TrainingOptions options) {
    Backend backend = new ReferenceBackend();
    Sequential layers = Models.of(NETWORK, shape(32, 32, 3), CLASSES);
    Network network = Network.create(layers, backend, 1);
    TrainingStep step =
        new Trainer(network, Objective.crossEntropy(), new Adam(1e-3), options).step(BATCH);
    CounterRandom random = CounterRandom.of(1, "sample step");
    float[] pixels = new float[step.inputs().elements()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.uniform(i);
    }
    step.inputs().write(pixels);
    step.targets().write(0, 1, 2, 3);
    return step.plan();
  }

  /** The step as it was recorded. */
  public Plan recorded() {
    return recorded;
  }

  int recorded(String phase) {
    return (int)
        recorded.steps().stream()
            .filter(node -> node.phase().name().toLowerCase(Locale.ROOT).equals(phase))
            .count();
  }

  int count(String op) {
    return (int) recorded.steps().stream().filter(node -> node.op().name().equals(op)).count();
  }

  /** What the last node with this op made, or its loss. */
  public float[] output(String op) {
    return Objects.requireNonNull(outputs.get(op), op);
  }

  int elementsOfLinearGradient() {
    return CLASSES * output("max_pool2d").length / BATCH;
  }

  /** The op that does in the fused step what the convolution did. */
  String fusedInto() {
    List<Node> steps = fused.steps();
    return steps.getFirst().op().name();
  }

  int fusedNodes() {
    return fused.steps().size();
  }
}
