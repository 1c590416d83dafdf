import engram.learn.api.Backprop;
import engram.op.Values;
import java.util.ArrayList;
import java.util.List;

public class Digits implements Backprop.Digits {
  @Override
  public double[] train(
      Values x, Values labels, List<Values> parameters, int batch, double rate, int steps) {
    double[] losses = new double[steps];
    for (int s = 0; s < steps; s++) {
      int first = s * batch % labels.size();
      Values rows = new Values(x.shape().with(0, batch), x.data(), x.offset() + first * x.dim(1));
      losses[s] = step(rows, labels.part(first, batch), parameters, rate);
    }
    return losses;
  }

  private static double step(Values x, Values labels, List<Values> parameters, double rate) {
    List<Values> given = new ArrayList<>();
    Values h = x;
    for (int p = 0; p < parameters.size(); p += 2) {
      given.add(h);
      h = layer(h, parameters.get(p), parameters.get(p + 1));
      if (p + 2 < parameters.size()) {
        Values rectified = Values.zeros(h.shape());
        new LeakyRelu().forward(h, 0.01, rectified);
        h = rectified;
      }
    }
    Values probabilities = Values.zeros(h.shape());
    new Softmax().forward(h, probabilities);
    double loss = 0;
    for (int n = 0; n < labels.size(); n++) {
      loss -= Math.log(probabilities.get(probabilities.index(n, (int) labels.get(n))));
    }
    Values dy = Values.zeros(h.shape());
    new CrossEntropyGradient().gradient(probabilities, labels, 1, dy);
    for (int p = parameters.size() - 2; p >= 0; p -= 2) {
      Values input = given.get(p / 2);
      Values dw = Values.zeros(parameters.get(p).shape());
      Values db = Values.zeros(parameters.get(p + 1).shape());
      new MatmulGradient().right(input, dy, dw);
      new BiasGradient().gradient(dy, db);
      Values dinput = Values.zeros(input.shape());
      new MatmulGradient().left(dy, parameters.get(p), dinput);
      dy = Values.zeros(input.shape());
      new LeakyReluGradient().gradient(input, dinput, 0.01, dy);
      update(parameters.get(p), dw, rate);
      update(parameters.get(p + 1), db, rate);
    }
    return loss / labels.size();
  }

  private static void update(Values parameter, Values gradient, double rate) {
    for (int i = 0; i < parameter.size(); i++) {
      parameter.add(i, -rate * gradient.get(i));
    }
  }

  private static Values layer(Values x, Values w, Values b) {
    Values y = Values.zeros(x.shape().with(1, w.dim(1)));
    new Matmul().forward(x, w, false, false, y);
    for (int i = 0; i < y.size(); i++) {
      y.add(i, b.get(i % b.size()));
    }
    return y;
  }
}
