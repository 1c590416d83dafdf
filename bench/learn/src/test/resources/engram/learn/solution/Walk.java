import engram.graph.Node;
import engram.learn.api.Autograd;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

public class Walk implements Autograd.Walk {
  @Override
  public List<Node> order(List<Node> tape, Tensor loss) {
    List<Node> order = new ArrayList<>();
    Set<Tensor> wanted = new HashSet<>(List.of(loss));
    for (Node node : tape.reversed()) {
      if (wanted.contains(node.output())) {
        order.add(node);
        wanted.addAll(node.inputs());
      }
    }
    return order;
  }
}
