package engram.learn.backprop;

import static engram.tensor.Shape.shape;

import engram.backend.reference.ReferenceBackend;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.graph.Autograd;
import engram.graph.Node;
import engram.graph.Tape;
import engram.op.Values;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The engine's own training of the network that the learner trains: layers of matmul and bias,
 * leaky ReLU between them, mean cross-entropy, gradient descent, on the reference backend.
 */
final class Mlp {
  private final Plan plan;
  private final Tensor x;
  private final Tensor labels;
  private final Tensor loss;

  /**
   * @param parameters first values of w and b of each layer
   * @param batch rows of each step
   */
  Mlp(List<Values> parameters, int batch, double rate) {
    Tape tape = new Tape();
    x = tape.input("x", shape(batch, parameters.getFirst().dim(0)));
    labels = tape.input("labels", shape(batch));
    List<Tensor> tensors = new ArrayList<>();
    Tensor h = x;
    for (int i = 0; i < parameters.size(); i += 2) {
      Tensor w = tape.input("w", parameters.get(i).shape());
      Tensor b = tape.input("b", parameters.get(i + 1).shape());
      tensors.addAll(List.of(w, b));
      h = tape.addBias(tape.matmul(i == 0 ? h : tape.leakyRelu(h, 0.01f), w), b);
    }
    loss = tape.crossEntropy(h, labels);
    tape.keep(loss);
    List<Tensor> gradients = Autograd.gradients(tape, loss, tensors);
    tape.enter(Node.Phase.UPDATE);
    for (int i = 0; i < tensors.size(); i++) {
      tape.assign(
          tensors.get(i), tape.subtract(tensors.get(i), tape.scale(rate, gradients.get(i))));
    }
    plan = Plan.compile(tape.graph(), new ReferenceBackend(), Map.of());
    for (int i = 0; i < tensors.size(); i++) {
      fill(tensors.get(i), parameters.get(i), 0);
    }
  }

  /** One step on rows {@code from} to {@code from + batch - 1}; returns the loss before it. */
  double step(Values rows, Values targets, int from) {
    fill(x, rows, from * rows.dim(1));
    fill(labels, targets, from);
    plan.run();
    return ReferenceBackend.read(plan.buffer(loss))[0];
  }

  private void fill(Tensor tensor, Values values, int from) {
    ReferenceBuffer buffer = (ReferenceBuffer) plan.buffer(tensor);
    for (int i = 0; i < buffer.elements(); i++) {
      buffer.data()[buffer.offset() + i] = values.get(from + i);
    }
  }

  /** First values of w and b for layers of these sizes: normal, deviation sqrt(2 / in); zeros. */
  static List<Values> parameters(int... sizes) {
    List<Values> parameters = new ArrayList<>();
    for (int layer = 0; layer + 1 < sizes.length; layer++) {
      Values w = Values.zeros(shape(sizes[layer], sizes[layer + 1]));
      CounterRandom random = CounterRandom.of(1, "layer " + layer);
      for (int i = 0; i < w.size(); i++) {
        w.set(i, Math.sqrt(2.0 / sizes[layer]) * random.normal(i));
      }
      parameters.add(w);
      parameters.add(Values.zeros(shape(sizes[layer + 1])));
    }
    return parameters;
  }

  static List<Values> copy(List<Values> parameters) {
    return parameters.stream()
        .map(each -> new Values(each.shape(), each.data().clone(), each.offset()))
        .toList();
  }

  /** Share of the rows whose label is that of the largest score. */
  static double accuracy(List<Values> parameters, Values rows, Values targets) {
    int right = 0;
    for (int n = 0; n < targets.size(); n++) {
      double[] h = new double[rows.dim(1)];
      for (int i = 0; i < h.length; i++) {
        h[i] = rows.get(rows.index(n, i));
      }
      for (int layer = 0; layer < parameters.size(); layer += 2) {
        h = scores(layer == 0 ? h : rectified(h), parameters.get(layer), parameters.get(layer + 1));
      }
      right += largest(h) == (int) targets.get(n) ? 1 : 0;
    }
    return (double) right / targets.size();
  }

  private static double[] rectified(double[] h) {
    return Arrays.stream(h).map(value -> value > 0 ? value : 0.01 * value).toArray();
  }

  private static double[] scores(double[] h, Values w, Values b) {
    double[] scores = new double[b.size()];
    for (int j = 0; j < scores.length; j++) {
      scores[j] = b.get(j);
      for (int i = 0; i < h.length; i++) {
        scores[j] += h[i] * w.get(w.index(i, j));
      }
    }
    return scores;
  }

  private static int largest(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  static Values values(Shape shape, double... numbers) {
    return new Values(shape, numbers, 0);
  }
}
