package engram.learn.fusion;

import engram.fusion.Rewrite;
import engram.graph.Graph;
import engram.graph.Node;
import engram.learn.api.Fusion;
import engram.learn.exercise.Verdict;
import engram.op.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Grades a rule: it is applied to graphs until it fires no more, as the engine does, and must have
 * fired where it should, left a graph that is whole, and changed no number; then it must refuse.
 *
 * @param fused the op that it is to make
 * @param fire graphs with places for it
 * @param refuse graphs that look like that
 */
record RuleCheck(
    Fusion.Rule rule, Class<? extends Op> fused, List<Fire> fire, List<Refuse> refuse) {

  /**
   * A graph in which the rule must fire.
   *
   * @param times how often
   * @param left how many nodes of the fused op are in the graph afterwards
   */
  record Fire(String description, Graph graph, int times, int left) {}

  /** A graph in which it must not, and why. */
  record Refuse(String description, Graph graph, String why) {}

  /** The first graph that comes out wrong; if there is none, what was checked. */
  Verdict check() {
    int fired = 0;
    for (int i = 0; i < fire.size(); i++) {
      Fire each = fire.get(i);
      String where =
          "graph %d of %d where it must fire: %s".formatted(i + 1, fire.size(), each.description);
      Graph rewritten = rewritten(each, where);
      if (SameNumbers.check(where, each.graph, rewritten) instanceof Verdict.Failed failed) {
        return failed;
      }
      fired += each.times;
    }
    for (int i = 0; i < refuse.size(); i++) {
      Refuse each = refuse.get(i);
      for (Node node : each.graph.nodes()) {
        Verdict.Failed where =
            Verdict.failed(
                "graph %d of %d where it must not fire: %s"
                    .formatted(i + 1, refuse.size(), each.description));
        if (Verdict.answer(where, () -> rule.match(each.graph, node)).isPresent()) {
          Verdict.Failed failed = where.expected("an empty answer", "a rewrite at " + node);
          return GraphText.with(failed, each.graph).likely(each.why);
        }
      }
    }
    return Verdict.passed(
        "it fired %d times in %d graphs, and each gives the same numbers as before"
            .formatted(fired, fire.size()),
        "it did not fire in %d graphs where it must not".formatted(refuse.size()));
  }

  private Graph rewritten(Fire each, String where) {
    Graph graph = each.graph;
    for (int times = 0; ; times++) {
      Optional<Graph> next = once(graph, where);
      if (next.isEmpty()) {
        return requireTimes(each, where, graph, times);
      }
      if (times > each.graph.nodes().size()) {
        throw stop(where, graph, "it fires again and again: it matches what it made itself");
      }
      graph = next.get();
    }
  }

  private Graph requireTimes(Fire each, String where, Graph graph, int times) {
    long left = graph.nodes().stream().filter(node -> fused.isInstance(node.op())).count();
    if (times != each.times || left != each.left) {
      Verdict.Failed failed =
          Verdict.failed(where).expected(fired(each.times, each.left), fired(times, left));
      throw new Verdict.Stop(GraphText.with(failed.and("after that the graph is:"), graph));
    }
    return graph;
  }

  private String fired(int times, long left) {
    return "fired %d times, %d %s left".formatted(times, left, fused.getSimpleName());
  }

  private Optional<Graph> once(Graph graph, String where) {
    for (Node node : graph.nodes()) {
      Optional<Rewrite> rewrite =
          Verdict.answer(
              Verdict.failed("%s, last is %s".formatted(where, node)),
              () -> rule.match(graph, node));
      if (rewrite.isPresent()) {
        return Optional.of(applied(graph, rewrite.get(), where));
      }
    }
    return Optional.empty();
  }

  private static Graph applied(Graph graph, Rewrite rewrite, String where) {
    Map<Node, List<Node>> replacements = rewrite.replacements();
    for (Node node : replacements.keySet()) {
      if (!graph.nodes().contains(node)) {
        throw stop(where, graph, "your rewrite replaces a node that is not in the graph: " + node);
      }
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.addAll(replacements.getOrDefault(node, List.of(node)));
    }
    Graph changed = graph.withNodes(nodes);
    Wholeness.fault(changed)
        .ifPresent(
            fault -> {
              throw stop(where, changed, "after your rewrite " + fault);
            });
    if (nodes.size() >= graph.nodes().size()) {
      throw stop(where, changed, "your rewrite leaves as many nodes as before: one of two must go");
    }
    return changed;
  }

  private static Verdict.Stop stop(String where, Graph graph, String fault) {
    return new Verdict.Stop(GraphText.with(Verdict.failed(where).and(fault), graph));
  }
}
