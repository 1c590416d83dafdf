import engram.graph.Graph;
import engram.graph.Node;
import engram.learn.api.Fusion;
import engram.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

public class Refusals implements Fusion.Refusals {
  @Override
  public Optional<Fusion.Refusal> refusal(Graph graph, Node first, Node last) {
    Tensor value = first.output();
    for (Node node : graph.nodes()) {
      if (!node.equals(last) && node.inputs().contains(value)) {
        return Optional.of(Fusion.Refusal.READ_BY_ANOTHER);
      }
    }
    if (graph.kept().contains(value)) {
      return Optional.of(Fusion.Refusal.KEPT);
    }
    Map<Tensor, Graph.Place> places = graph.places();
    int from = graph.nodes().indexOf(first) + 1;
    int to = graph.nodes().indexOf(last);
    for (Node between : graph.nodes().subList(from, to)) {
      for (Tensor written : between.updated()) {
        for (Tensor read : first.inputs()) {
          if (places.get(written).root().equals(places.get(read).root())) {
            return Optional.of(Fusion.Refusal.OVERWRITTEN);
          }
        }
      }
    }
    return Optional.empty();
  }
}
