import engram.graph.Graph;
import engram.graph.Node;
import engram.learn.api.Memory;
import engram.op.View;
import engram.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Lifetimes implements Memory.Lifetimes {
  @Override
  public Map<Tensor, Memory.Life> lives(Graph graph) {
    Map<Tensor, Memory.Life> found = new LinkedHashMap<>();
    Map<Tensor, Graph.Place> places = graph.places();
    List<Node> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      for (Tensor read : nodes.get(i).inputs()) {
        reach(found, places.get(read).root(), i);
      }
      if (!(nodes.get(i).op() instanceof View)) {
        for (Tensor made : nodes.get(i).outputs()) {
          found.put(made, new Memory.Life(i, i));
        }
      }
    }
    for (Tensor wanted : graph.kept()) {
      reach(found, places.get(wanted).root(), nodes.size());
    }
    return found;
  }

  private static void reach(Map<Tensor, Memory.Life> found, Tensor root, int last) {
    Memory.Life life = found.get(root);
    if (life != null) {
      found.put(root, new Memory.Life(life.first(), last));
    }
  }
}
