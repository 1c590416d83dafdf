package engram.learn.exercise;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.graph.Autograd;
import engram.graph.Node;
import engram.graph.Tape;
import engram.inspect.BackendComparison;
import engram.inspect.Difference;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The training step of the course, as the engine records, differentiates, plans and replays it:
 * four pictures of 8 x 8 through a convolution of 3 x 3, bias, leaky ReLU, pooling of 2 x 2 and a
 * linear layer to ten classes; cross-entropy with labels, and with what an old network says
 * (distillation, softmax); stochastic gradient descent.
 */
public final class CourseStep {
  private static final int PICTURES = 4;
  private static final int SIDE = 8;
  private static final int CHANNELS = 5;
  private static final int CLASSES = 10;
  private static final double RATE = 0.1;
  private static final int STEPS = 3;

  /** Largest difference of a float that was computed in another order, relative. */
  private static final double TOLERANCE = 1e-5;

  private final Tape tape = new Tape();
  private final List<Tensor> parameters = new ArrayList<>();
  private final Tensor x = tape.input("x", shape(PICTURES, SIDE, SIDE, 1));
  private final Tensor labels = tape.input("labels", shape(PICTURES));
  private final Tensor oldLogits = tape.input("old.logits", shape(PICTURES, CLASSES));

  /** Appends the backward pass to a tape and returns the gradient of each parameter. */
  @FunctionalInterface
  public interface Differentiation {
    /** As {@link Autograd#gradients(Tape, Tensor, List)}. */
    List<Tensor> gradients(Tape tape, Tensor loss, List<Tensor> parameters);
  }

  private CourseStep(Differentiation differentiation) {
    Tensor first = convolution("conv1", x, 3);
    Tensor pooled = tape.maxPool2d(convolution("conv2", first, CHANNELS), 2, 2);
    int features = pooled.shape().elements() / PICTURES;
    Tensor rows = tape.reshape(pooled, shape(PICTURES, features));
    Tensor logits =
        tape.addBias(
            tape.matmul(rows, parameter("linear.weight", shape(features, CLASSES))),
            parameter("linear.bias", shape(CLASSES)));
    Tensor loss =
        tape.add(
            tape.crossEntropy(logits, labels),
            tape.softCrossEntropy(logits, tape.softmax(oldLogits)));
    List<Tensor> gradients = differentiation.gradients(tape, loss, parameters);
    tape.enter(Node.Phase.UPDATE);
    for (int i = 0; i < gradients.size(); i++) {
      Tensor parameter = parameters.get(i);
      tape.assign(parameter, tape.subtract(parameter, tape.scale(RATE, gradients.get(i))));
    }
  }

  private Tensor convolution(String name, Tensor input, int channels) {
    Tensor weight = parameter(name + ".weight", shape(3, 3, input.shape().dim(-1), channels));
    Tensor bias = parameter(name + ".bias", shape(channels));
    return tape.leakyRelu(tape.addBias(tape.conv2d(input, weight, 1, 1), bias), 0.01);
  }

  private Tensor parameter(String name, Shape shape) {
    parameters.add(tape.input(name, shape));
    return parameters.getLast();
  }

  /** The step on a backend, its inputs and parameters filled. */
  private Plan plan(Backend backend) {
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    for (Tensor external : tape.graph().externals()) {
      CounterRandom random = CounterRandom.of(1, external.name());
      float[] values = new float[external.shape().elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            external.equals(labels) ? random.below(CLASSES, i) : (float) (0.3 * random.normal(i));
      }
      plan.buffer(external).write(values);
    }
    return plan;
  }

  /**
   * Runs the step with the learner's ops in it beside the reference, node by node.
   *
   * @return the first node at which they differ, or how many nodes are the learner's
   */
  public static Verdict compare(LearnerBackend.Own own) {
    CourseStep step = new CourseStep(Autograd::gradients);
    Plan expected = step.plan(new ReferenceBackend());
    Plan received = step.plan(new LearnerBackend(own));
    List<Node> nodes = expected.steps();
    long yours = nodes.stream().filter(node -> own.definition(node.op()).isPresent()).count();
    Optional<BackendComparison.Row> first =
        BackendComparison.firstDivergence(BackendComparison.compare(expected, received), TOLERANCE);
    if (first.isPresent()) {
      Node node = first.get().nodes().getFirst();
      return Verdict.failed(
              "in a training step, node %d of %d: %s"
                  .formatted(nodes.indexOf(node), nodes.size(), node))
          .and(first.get().worst().toString())
          .and("it is right on its own cases: does it depend on what it computed before?");
    }
    return Verdict.passed(
        "in a training step of %d nodes, %d of them run by you: no node differs"
            .formatted(nodes.size(), yours));
  }

  /**
   * Trains with the backward pass that the learner's walk appends beside the engine's own.
   *
   * @return the first parameter that differs after some steps, or that none does
   */
  public static Verdict trains(Differentiation mine) {
    CourseStep expected = new CourseStep(Autograd::gradients);
    CourseStep received = new CourseStep(mine);
    Plan right = expected.plan(new ReferenceBackend());
    Plan learners = received.plan(new ReferenceBackend());
    for (int i = 0; i < STEPS; i++) {
      right.run();
      learners.run();
    }
    for (Tensor parameter : expected.parameters) {
      Difference worst =
          Difference.worst(right.buffer(parameter).read(), learners.buffer(parameter).read());
      if (worst.error() > TOLERANCE) {
        return Verdict.failed(
                "%s after %d training steps of the course's network".formatted(parameter, STEPS))
            .and(worst.toString());
      }
    }
    return Verdict.passed(
        "%d training steps of a network with two convolutions: %d nodes, the engine has %d; all parameters as the engine's"
            .formatted(STEPS, learners.steps().size(), right.steps().size()));
  }
}
