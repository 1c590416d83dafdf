import engram.learn.api.Backprop;
import engram.op.Values;
import java.util.ArrayList;
import java.util.List;

public class Xor implements Backprop.Xor {
  @Override
  public double step(Values x, Values labels, List<Values> parameters, double rate) {
    Values w2 = parameters.get(2);
    Values before = layer(x, parameters.get(0), parameters.get(1));
    Values h = Values.zeros(before.shape());
    new LeakyRelu().forward(before, 0.01, h);
    Values logits = layer(h, w2, parameters.get(3));
    Values probabilities = Values.zeros(logits.shape());
    new Softmax().forward(logits, probabilities);
    double loss = 0;
    for (int n = 0; n < labels.size(); n++) {
      loss -= Math.log(probabilities.get(probabilities.index(n, (int) labels.get(n))));
    }
    Values dlogits = Values.zeros(probabilities.shape());
    new CrossEntropyGradient().gradient(probabilities, labels, 1, dlogits);
    List<Values> gradients = new ArrayList<>();
    parameters.forEach(each -> gradients.add(Values.zeros(each.shape())));
    Values dh = Values.zeros(h.shape());
    new MatmulGradient().left(dlogits, w2, dh);
    Values dbefore = Values.zeros(h.shape());
    new LeakyReluGradient().gradient(h, dh, 0.01, dbefore);
    new MatmulGradient().right(x, dbefore, gradients.get(0));
    new BiasGradient().gradient(dbefore, gradients.get(1));
    new MatmulGradient().right(h, dlogits, gradients.get(2));
    new BiasGradient().gradient(dlogits, gradients.get(3));
    for (int p = 0; p < parameters.size(); p++) {
      for (int i = 0; i < parameters.get(p).size(); i++) {
        parameters.get(p).add(i, -rate * gradients.get(p).get(i));
      }
    }
    return loss / labels.size();
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
