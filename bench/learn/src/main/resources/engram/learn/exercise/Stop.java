import engram.graph.Node;
import engram.learn.api.Autograd;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The gradients of the parameters, and no node more than they need. */
public class Stop implements Autograd.Stop {
  @Override
  public Map<Tensor, Tensor> gradients(
      List<Node> tape, Tensor loss, Set<Tensor> parameters, Autograd.Appender appender) {
    return Map.of(); // TODO
  }
}
