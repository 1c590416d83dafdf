package engram.nn.verify;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.graph.Tape;
import engram.nn.Layout;
import engram.nn.init.Initialiser;
import engram.nn.io.SafeTensors;
import engram.nn.layer.ParameterSpec;
import engram.nn.optim.Adam;
import engram.nn.optim.Optimiser;
import engram.nn.optim.OptimiserState;
import engram.nn.optim.Sgd;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cases of optimisers: parameters p0, one gradient a step, parameters p afterwards. */
final class OptimiserCases {
  /** PyTorch's default for all three. */
  private static final double LEARNING_RATE = 1e-3;

  private OptimiserCases() {}

  static void steps(VectorCase vectors, Backend backend, Comparison comparison) {
    float[] p0 = vectors.values("p0");
    SafeTensors.Entry grads = vectors.role("grads");
    int steps = grads.values().length / p0.length;
    if (steps * p0.length != grads.values().length
        || vectors.attributes().whole("steps", steps) != steps) {
      throw new IllegalArgumentException(
          "grads %s for p0 %s and steps=%s"
              .formatted(
                  grads.shape(), vectors.shape("p0"), vectors.attributes().text("steps", "")));
    }
    Layout layout = Layout.of(List.of(ParameterSpec.vector("p", p0.length, Initialiser.zeros())));
    String name = vectors.attributes().text("op", "");
    OptimiserState state =
        new OptimiserState(optimiser(name, vectors.attributes()), layout, backend);
    Tape tape = new Tape();
    Tensor parameters = tape.input("p", layout.shape());
    Tensor gradients = tape.input("g", layout.shape());
    Map<Tensor, Buffer> bindings = new HashMap<>(state.record(tape, parameters, gradients));
    bindings.put(gradients, state.gradients());
    Plan plan = Plan.compile(tape.graph(), backend, bindings);
    plan.buffer(parameters).write(0, p0, 0, p0.length);
    for (int step = 0; step < steps; step++) {
      state.gradients().write(0, grads.values(), step * p0.length, p0.length);
      plan.run();
    }
    float[] p = Arrays.copyOf(plan.buffer(parameters).read(), p0.length);
    comparison.compare("p", vectors.role("p"), p, Comparison.SMALLEST);
  }

  /** The optimiser of this name with the attributes that PyTorch gives it. */
  static Optimiser optimiser(String name, Attributes attributes) {
    double rate = attributes.number("lr", LEARNING_RATE);
    return switch (name) {
      case "sgd" ->
          new Sgd(
              rate,
              attributes.number("momentum", 0),
              attributes.flag("nesterov"),
              attributes.number("weight_decay", 0));
      case "adam" -> adam(attributes, rate, attributes.number("weight_decay", 0), false);
      case "adamw" -> adam(attributes, rate, attributes.number("weight_decay", 0.01), true);
      default -> throw new IllegalArgumentException("the optimiser " + name);
    };
  }

  private static Adam adam(
      Attributes attributes, double rate, double weightDecay, boolean decoupled) {
    List<Double> betas = attributes.numbers("betas", 0.9, 0.999);
    if (betas.size() != 2) {
      throw new IllegalArgumentException("betas=" + attributes.text("betas", ""));
    }
    return new Adam(
        rate,
        attributes.number("beta1", betas.get(0)),
        attributes.number("beta2", betas.get(1)),
        attributes.number("eps", 1e-8),
        weightDecay,
        decoupled);
  }
}
