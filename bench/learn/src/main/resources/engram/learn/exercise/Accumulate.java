import engram.graph.Node;
import engram.learn.api.Autograd;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The gradient of all that the loss depends on. */
public class Accumulate implements Autograd.Accumulate {
  @Override
  public Map<Tensor, Tensor> gradients(List<Node> order, Tensor loss, Autograd.Appender appender) {
    return Map.of(); // TODO
  }
}
