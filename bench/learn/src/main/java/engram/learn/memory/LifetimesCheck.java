package engram.learn.memory;

import static engram.tensor.Shape.shape;

import engram.graph.Graph;
import engram.graph.Node;
import engram.graph.Tape;
import engram.learn.api.Memory;
import engram.learn.exercise.Verdict;
import engram.op.View;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/** Grades lifetimes: on small graphs, each with one thing to get right, then on training steps. */
final class LifetimesCheck {
  private static final int MOST_LINES = 10;

  private LifetimesCheck() {}

  static Verdict check(Memory.Lifetimes mine) {
    List<Steps.Step> graphs = new ArrayList<>(small());
    int small = graphs.size();
    graphs.addAll(Steps.all());
    int values = 0;
    for (int i = 0; i < graphs.size(); i++) {
      Steps.Step each = graphs.get(i);
      String where = "graph %d of %d: %s".formatted(i + 1, graphs.size(), each.name());
      SequencedMap<Tensor, Memory.Life> expected = lives(each.graph());
      Map<Tensor, Memory.Life> received =
          Verdict.answer(Verdict.failed(where), () -> mine.lives(each.graph()));
      Optional<Verdict.Failed> wrong = firstWrong(where, each.graph(), expected, received);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      values += expected.size();
    }
    return Verdict.passed(
        "%d values of %d small graphs and %d training steps"
            .formatted(values, small, graphs.size() - small));
  }

  /** The right answer: the engine's own plan extends lives likewise. */
  static SequencedMap<Tensor, Memory.Life> lives(Graph graph) {
    Map<Tensor, Graph.Place> places = graph.places();
    SequencedMap<Tensor, Memory.Life> lives = new LinkedHashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      for (Tensor input : node.inputs()) {
        extend(lives, places, input, i);
      }
      if (!(node.op() instanceof View)) {
        for (Tensor output : node.outputs()) {
          lives.put(output, new Memory.Life(i, i));
        }
      }
    }
    graph.kept().forEach(tensor -> extend(lives, places, tensor, graph.nodes().size()));
    return lives;
  }

  private static void extend(
      Map<Tensor, Memory.Life> lives, Map<Tensor, Graph.Place> places, Tensor tensor, int last) {
    Tensor root = Objects.requireNonNull(places.get(tensor)).root();
    lives.computeIfPresent(root, (_, life) -> new Memory.Life(life.first(), last));
  }

  private static Optional<Verdict.Failed> firstWrong(
      String where,
      Graph graph,
      SequencedMap<Tensor, Memory.Life> expected,
      Map<Tensor, Memory.Life> received) {
    for (Map.Entry<Tensor, Memory.Life> each : expected.entrySet()) {
      Memory.Life life = received.get(each.getKey());
      if (!each.getValue().equals(life)) {
        Verdict.Failed failed =
            Verdict.failed(where)
                .and("the life of " + each.getKey())
                .expected(text(each.getValue()), life == null ? "none" : text(life))
                .likely(cause(graph, each.getKey(), each.getValue(), Optional.ofNullable(life)));
        return Optional.of(withNodes(failed, graph, each.getKey()));
      }
    }
    return received.keySet().stream()
        .filter(tensor -> !expected.containsKey(tensor))
        .findFirst()
        .map(tensor -> Verdict.failed(where).and(tooMany(graph, tensor)));
  }

  private static String tooMany(Graph graph, Tensor tensor) {
    String why =
        graph.externals().contains(tensor)
            ? "comes from outside: its storage is not in the arena"
            : "is a view: it has the storage of its root";
    return "you gave a life to %s, which %s".formatted(tensor, why);
  }

  private static Optional<String> cause(
      Graph graph, Tensor tensor, Memory.Life expected, Optional<Memory.Life> received) {
    if (received.isEmpty()) {
      return Optional.of(
          "each output of each node lives, the second ones too, and those that nobody reads");
    }
    Memory.Life life = received.get();
    if (life.first() != expected.first()) {
      return Optional.of("a value begins to live at the node that makes it");
    }
    if (expected.last() == graph.nodes().size()) {
      return Optional.of("it, or a view of it, is in graph.kept()");
    }
    boolean viewed =
        graph.nodes().stream()
            .anyMatch(node -> node.op() instanceof View && node.inputs().contains(tensor));
    if (viewed && life.last() < expected.last()) {
      return Optional.of("who reads a view of it reads its storage");
    }
    return life.last() > expected.last()
        ? Optional.of("it lives only to the last node that reads it")
        : Optional.of("a node behind that one reads it, too");
  }

  /** With the nodes of a small graph, or those of a large one that touch the tensor. */
  private static Verdict.Failed withNodes(Verdict.Failed failed, Graph graph, Tensor tensor) {
    Map<Tensor, Graph.Place> places = graph.places();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      boolean touches =
          node.outputs().contains(tensor)
              || node.inputs().stream().anyMatch(in -> sharesStorage(places, in, tensor));
      if (touches || graph.nodes().size() <= MOST_LINES) {
        lines.add("node %d: %s".formatted(i, node));
      }
    }
    Verdict.Failed all = failed;
    for (String line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
      all = all.and(line);
    }
    return graph.kept().isEmpty() ? all : all.and("kept: " + graph.kept());
  }

  private static boolean sharesStorage(Map<Tensor, Graph.Place> places, Tensor a, Tensor root) {
    return Objects.requireNonNull(places.get(a)).root().equals(root);
  }

  private static String text(Memory.Life life) {
    return "nodes %d to %d".formatted(life.first(), life.last());
  }

  private static List<Steps.Step> small() {
    return List.of(chain(), fork(), kept(), view(), viewKept(), twoOutputs());
  }

  private static Steps.Step chain() {
    Tape tape = new Tape();
    tape.keep(tape.exp(tape.exp(tape.exp(tape.input("x", shape(4))))));
    return new Steps.Step("one behind the other", tape.graph());
  }

  private static Steps.Step fork() {
    Tape tape = new Tape();
    Tensor a = tape.exp(tape.input("x", shape(4)));
    Tensor b = tape.sqrt(tape.log(a));
    tape.keep(tape.add(a, b));
    return new Steps.Step("a value that is read twice", tape.graph());
  }

  private static Steps.Step kept() {
    Tape tape = new Tape();
    Tensor a = tape.exp(tape.input("x", shape(4)));
    tape.keep(a);
    tape.keep(tape.sqrt(tape.log(a)));
    return new Steps.Step("a value that is wanted after the run", tape.graph());
  }

  private static Steps.Step view() {
    Tape tape = new Tape();
    Tensor a = tape.exp(tape.input("x", shape(4, 2)));
    Tensor flat = tape.reshape(a, shape(8));
    Tensor part = tape.slice("part", flat, 2, shape(4));
    Tensor b = tape.log(tape.input("z", shape(4)));
    tape.keep(tape.add(b, part));
    return new Steps.Step("a view of a view", tape.graph());
  }

  private static Steps.Step viewKept() {
    Tape tape = new Tape();
    Tensor a = tape.exp(tape.input("x", shape(4, 2)));
    tape.keep(tape.reshape(a, shape(8)));
    tape.keep(tape.log(tape.input("z", shape(4))));
    return new Steps.Step("a view that is wanted after the run", tape.graph());
  }

  private static Steps.Step twoOutputs() {
    Tape tape = new Tape();
    Tensor pooled = tape.maxPool2d(tape.input("x", shape(1, 4, 4, 1)), 2, 2);
    tape.keep(tape.exp(pooled));
    return new Steps.Step("a node of two results, one of which nobody reads", tape.graph());
  }
}
