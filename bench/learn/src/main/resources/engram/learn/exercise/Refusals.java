import engram.graph.Graph;
import engram.graph.Node;
import engram.learn.api.Fusion;
import engram.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * Why two nodes must stay two.
 *
 * <p>graph.nodes() are the nodes in order, graph.kept() the tensors that are wanted after the run,
 * graph.places() says for each tensor whose storage it has. node.inputs() are the tensors that a
 * node reads, node.output() the one that it makes, node.updated() those that it overwrites.
 */
public class Refusals implements Fusion.Refusals {
  @Override
  public Optional<Fusion.Refusal> refusal(Graph graph, Node first, Node last) {
    Optional<Fusion.Refusal> refusal = Optional.empty();
    // TODO Fusion.Refusal.READ_BY_ANOTHER, KEPT or OVERWRITTEN, where one of them holds
    return refusal;
  }
}
