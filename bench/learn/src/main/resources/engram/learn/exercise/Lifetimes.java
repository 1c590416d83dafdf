import engram.graph.Graph;
import engram.graph.Node;
import engram.learn.api.Memory;
import engram.op.View;
import engram.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From which node to which each value lives: new Memory.Life(first, last).
 *
 * <p>graph.places().get(tensor).root() is the tensor whose storage a tensor has: itself, unless it
 * is a view.
 */
public class Lifetimes implements Memory.Lifetimes {
  @Override
  public Map<Tensor, Memory.Life> lives(Graph graph) {
    Map<Tensor, Memory.Life> lives = new LinkedHashMap<>();
    // TODO put each tensor that a node makes, but for views
    return lives;
  }
}
