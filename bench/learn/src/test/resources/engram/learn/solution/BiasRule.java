import engram.fusion.Rewrite;
import engram.graph.Graph;
import engram.graph.Node;
import engram.learn.api.Fusion;
import engram.op.AddBias;
import engram.op.Linear;
import engram.op.MatMul;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public class BiasRule implements Fusion.Rule {
  @Override
  public Optional<Rewrite> match(Graph graph, Node last) {
    if (!(last.op() instanceof AddBias)) {
      return Optional.empty();
    }
    Optional<Node> made = graph.producer(last.inputs().get(0));
    if (made.isEmpty() || !made.get().op().equals(new MatMul(false, true))) {
      return Optional.empty();
    }
    Node product = made.get();
    if (new Refusals().refusal(graph, product, last).isPresent()) {
      return Optional.empty();
    }
    List<Tensor> in =
        List.of(product.inputs().get(0), product.inputs().get(1), last.inputs().get(1));
    Node fused = new Node(new Linear(), in, last.outputs(), last.phase());
    return Optional.of(new Rewrite(Map.of(product, List.of(), last, List.of(fused))));
  }
}
