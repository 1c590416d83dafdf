import engram.graph.Node;
import engram.learn.api.Autograd;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public class Accumulate implements Autograd.Accumulate {
  @Override
  public Map<Tensor, Tensor> gradients(List<Node> order, Tensor loss, Autograd.Appender appender) {
    Map<Tensor, Tensor> gradients = new HashMap<>();
    gradients.put(loss, appender.one());
    for (Node node : order) {
      for (int i = 0; i < node.inputs().size(); i++) {
        Tensor part = appender.gradient(node, i, gradients.get(node.output()));
        Tensor earlier = gradients.get(node.inputs().get(i));
        gradients.put(node.inputs().get(i), earlier == null ? part : appender.add(earlier, part));
      }
    }
    return gradients;
  }
}
