import engram.graph.Node;
import engram.learn.api.Autograd;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

public class Stop implements Autograd.Stop {
  @Override
  public Map<Tensor, Tensor> gradients(
      List<Node> tape, Tensor loss, Set<Tensor> parameters, Autograd.Appender appender) {
    Set<Tensor> reaching = new HashSet<>(parameters);
    for (Node node : tape) {
      if (node.inputs().stream().anyMatch(reaching::contains)) {
        reaching.add(node.output());
      }
    }
    Map<Tensor, Tensor> gradients = new HashMap<>();
    gradients.put(loss, appender.one());
    for (Node node : tape.reversed()) {
      Tensor dy = gradients.get(node.output());
      for (int i = 0; dy != null && i < node.inputs().size(); i++) {
        Tensor input = node.inputs().get(i);
        if (reaching.contains(input)) {
          Tensor part = appender.gradient(node, i, dy);
          Tensor earlier = gradients.get(input);
          gradients.put(input, earlier == null ? part : appender.add(earlier, part));
        }
      }
    }
    return gradients;
  }
}
