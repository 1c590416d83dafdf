package engram.fusion;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.graph.Autograd;
import engram.graph.Graph;
import engram.graph.Node;
import engram.graph.Tape;
import engram.op.AdamStep;
import engram.op.BatchNorm;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A training step of a small convolutional network, recorded op by op as layers do it. */
final class TrainingGraph {
  final Tape tape = new Tape();
  private final List<Tensor> parameters = new ArrayList<>();
  private final Map<Tensor, Float> constants = new LinkedHashMap<>();
  private Tensor value;

  TrainingGraph(Shape images) {
    value = tape.input("images", images);
  }

  /** The last tensor of the network so far. */
  Tensor value() {
    return value;
  }

  private Tensor parameter(String name, int... dims) {
    Tensor tensor = tape.input(name, shape(dims));
    parameters.add(tensor);
    return tensor;
  }

  TrainingGraph convolution(int kernel, int padding, int channels) {
    Tensor w = parameter("weight", kernel, kernel, value.shape().dim(3), channels);
    value = tape.conv2d(value, w, 1, padding);
    value = tape.addBias(value, parameter("bias", channels));
    return this;
  }

  /** A 3 x 3 convolution and batch normalisation, which makes a bias between them vanish. */
  TrainingGraph normalised(int channels) {
    Tensor w = parameter("weight", 3, 3, value.shape().dim(3), channels);
    value = tape.conv2d(value, w, 1, 1);
    Tensor gamma = parameter("gamma", channels);
    Tensor beta = parameter("beta", channels);
    Tensor mean = tape.input("running mean", shape(channels));
    Tensor variance = tape.input("running variance", shape(channels));
    constants.put(variance, 1f);
    List<Tensor> operands = List.of(value, gamma, beta, mean, variance);
    value = tape.record("", new BatchNorm(0.1f, 1e-5f), operands).getFirst();
    return this;
  }

  TrainingGraph relu() {
    value = tape.relu(value);
    return this;
  }

  /** Adds what the network had before {@code block} to what it has behind it. */
  TrainingGraph residual(UnaryOperator<TrainingGraph> block) {
    Tensor before = value;
    value = tape.add(block.apply(this).value(), before);
    return this;
  }

  TrainingGraph leakyRelu(float slope) {
    value = tape.leakyRelu(value, slope);
    return this;
  }

  TrainingGraph pool() {
    value = tape.maxPool2d(value, 2, 2);
    return this;
  }

  TrainingGraph linear(int outputs) {
    int batch = value.shape().dim(0);
    int features = value.shape().elements() / batch;
    value = tape.reshape(value, shape(batch, features));
    value = tape.matmul(value, tape.transposed(parameter("weight", outputs, features)));
    value = tape.addBias(value, parameter("bias", outputs));
    return this;
  }

  /** Cross-entropy with labels that come from outside. */
  Tensor crossEntropy() {
    Tensor labels = tape.input("labels", shape(value.shape().dim(0)));
    constants.put(labels, 1f);
    return tape.crossEntropy(value, labels);
  }

  /**
   * {@code ceWeight * cross-entropy + kdWeight * distillation}, both terms kept; a weight of 1 is
   * not recorded.
   */
  Tensor rehearsal(float ceWeight, float kdWeight, int oldClasses) {
    Tensor ce = crossEntropy();
    Tensor old = tape.input("old logits", shape(value.shape().dim(0), oldClasses));
    Tensor kd = tape.kd(value, old, 2);
    tape.keep(ce);
    tape.keep(kd);
    return tape.add(scaled(ceWeight, ce), scaled(kdWeight, kd));
  }

  private Tensor scaled(float weight, Tensor term) {
    return weight == 1 ? term : tape.scale(weight, term);
  }

  /** The whole step: loss and gradients kept, every parameter moved by Adam. */
  TrainingGraph step(Tensor loss) {
    tape.keep(loss);
    List<Tensor> gradients = Autograd.gradients(tape, loss, parameters);
    tape.enter(Node.Phase.UPDATE);
    Tensor rate = tape.input("rate", shape(1));
    constants.put(rate, 0.01f);
    for (int i = 0; i < parameters.size(); i++) {
      Shape size = parameters.get(i).shape();
      Tensor gradient = tape.input("gradient", size);
      tape.assign(gradient, gradients.get(i));
      Tensor m = tape.input("m", size);
      Tensor v = tape.input("v", size);
      Tensor step = tape.input("step", shape(1));
      for (Tensor zero : List.of(gradient, m, v, step)) {
        constants.put(zero, 0f);
      }
      tape.record(
          "",
          new AdamStep(0.9, 0.999, 1e-4, 0, false),
          List.of(parameters.get(i), gradient, m, v, step, rate));
    }
    return this;
  }

  Graph graph() {
    return tape.graph();
  }

  /** Everything that can be read after two runs of {@code graph}: externals and kept tensors. */
  Map<Tensor, double[]> run(Graph graph, Backend backend) {
    Plan plan = Plan.compile(graph, backend, Map.of());
    CounterRandom random = CounterRandom.of(1, "fusion test");
    for (Tensor external : graph.externals()) {
      float[] values = new float[external.shape().elements()];
      for (int i = 0; i < values.length; i++) {
        float drawn = (float) (0.3 * random.split(external.id()).normal(i));
        values[i] = constants.getOrDefault(external, drawn);
      }
      plan.buffer(external).write(values);
    }
    plan.run();
    plan.run();
    backend.finish();
    Map<Tensor, double[]> results = new LinkedHashMap<>();
    graph
        .externals()
        .forEach(tensor -> results.put(tensor, ReferenceBackend.read(plan.buffer(tensor))));
    graph.kept().forEach(tensor -> results.put(tensor, ReferenceBackend.read(plan.buffer(tensor))));
    return results;
  }
}
