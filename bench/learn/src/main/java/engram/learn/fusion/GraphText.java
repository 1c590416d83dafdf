package engram.learn.fusion;

import engram.graph.Graph;
import engram.graph.Node;
import engram.learn.exercise.Verdict;
import java.util.List;

/** A graph below a verdict, a line for each node. */
final class GraphText {
  private static final int MOST = 12;

  private GraphText() {}

  /** The verdict with the nodes of a small graph, and what is kept. */
  static Verdict.Failed with(Verdict.Failed failed, Graph graph) {
    Verdict.Failed all = failed;
    List<Node> nodes = graph.nodes();
    for (int i = 0; i < Math.min(MOST, nodes.size()); i++) {
      all = all.and("node %d: %s".formatted(i, nodes.get(i)));
    }
    if (nodes.size() > MOST) {
      all = all.and("and %d more nodes".formatted(nodes.size() - MOST));
    }
    return graph.kept().isEmpty() ? all : all.and("kept: " + graph.kept());
  }
}
