package engram.learn.autograd;

import engram.backend.reference.ReferenceBackend;
import engram.graph.Node;
import engram.graph.Tape;
import engram.learn.api.Autograd;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.CourseStep;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/** Automatic differentiation. */
public final class AutogradChapter {
  private static final double TOLERANCE = 1e-9;

  private AutogradChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "4",
          "Autograd",
          "engine/COURSE.md",
          List.of(
              Exercise.of(
                  "Walk",
                  "backwards, each once",
                  Autograd.Walk.class,
                  mine -> onGraphs(n -> walk(mine, n), "each order is right")),
              Exercise.of(
                  "Accumulate",
                  "assign, then add",
                  Autograd.Accumulate.class,
                  mine ->
                      onGraphs(
                          n -> accumulate(mine, n),
                          "the gradients are the engine's, no addition too many")),
              Exercise.of(
                  "Stop",
                  "at the parameters",
                  Autograd.Stop.class,
                  mine ->
                      onGraphs(
                              n -> stop(mine, n),
                              "the gradients are the engine's, nothing that leads to no parameter")
                          .then(
                              () ->
                                  CourseStep.trains(
                                      (tape, loss, wanted) -> inStep(mine, tape, loss, wanted))))));

  /** The first graph on which it is wrong, its tape below. */
  private static Verdict onGraphs(IntFunction<Verdict> check, String evidence) {
    for (int n = 0; n < RandomGraph.COUNT; n++) {
      int number = n;
      AtomicReference<Verdict> verdict = new AtomicReference<>();
      try {
        Verdict.during(
            withTape(n, Verdict.failed(place(n))), () -> verdict.set(check.apply(number)));
      } catch (Verdict.Stop stop) {
        throw stop.told(told(n, stop.verdict()));
      }
      if (verdict.get() instanceof Verdict.Failed failed) {
        return told(n, failed);
      }
    }
    return Verdict.passed("%d random graphs: %s".formatted(RandomGraph.COUNT, evidence));
  }

  private static String place(int n) {
    return "graph %d of %d".formatted(n + 1, RandomGraph.COUNT);
  }

  private static Verdict.Failed told(int n, Verdict.Failed failed) {
    return withTape(n, new Verdict.Failed(place(n) + ": " + failed.where(), failed.details()));
  }

  private static Verdict.Failed withTape(int n, Verdict.Failed failed) {
    Verdict.Failed shown = failed.and("its tape:");
    for (Node node : RandomGraph.of(n).tape().graph().nodes()) {
      shown = shown.and("  " + node);
    }
    return shown;
  }

  private static Verdict walk(Autograd.Walk mine, int n) {
    RandomGraph graph = RandomGraph.of(n);
    List<Node> order = mine.order(graph.tape().graph().nodes(), graph.loss());
    if (order == null) {
      return Verdict.failed("your order is null");
    }
    Set<Node> visited = new HashSet<>();
    Set<Node> needed = graph.needed();
    for (Node node : order) {
      if (!needed.contains(node)) {
        return Verdict.failed("visited, though the loss does not depend on it: " + node);
      }
      if (!visited.add(node)) {
        return Verdict.failed("visited twice: " + node);
      }
      for (Node reader : needed) {
        if (reader.inputs().contains(node.output()) && !visited.contains(reader)) {
          return Verdict.failed("visited too early: " + node)
              .and("not yet visited, though it reads %s: %s".formatted(node.output(), reader))
              .likely("a gradient is complete only when all that read the tensor were visited");
        }
      }
    }
    for (Node node : needed) {
      if (!visited.contains(node)) {
        return Verdict.failed("never visited, though the loss depends on it: " + node);
      }
    }
    return Verdict.passed("right");
  }

  private static Verdict accumulate(Autograd.Accumulate mine, int n) {
    RandomGraph graph = RandomGraph.of(n);
    List<Node> order = new ArrayList<>(graph.tape().graph().nodes());
    order.retainAll(graph.needed());
    List<Node> backwards = order.reversed();
    TapeAppender appender = new TapeAppender(graph.tape());
    graph.tape().enter(Node.Phase.BACKWARD);
    Map<Tensor, Tensor> gradients = mine.gradients(backwards, graph.loss(), appender);
    Set<Tensor> wanted = new HashSet<>(Set.of(graph.loss()));
    order.forEach(node -> wanted.addAll(node.inputs()));
    int contributions = order.stream().mapToInt(node -> node.inputs().size()).sum();
    // Each tensor but the loss gets its first contribution assigned.
    int adds = contributions - (wanted.size() - 1);
    if (gradients == null) {
      return Verdict.failed("your map of gradients is null");
    }
    for (Tensor tensor : wanted) {
      if (gradients.get(tensor) == null) {
        return Verdict.failed("there is no gradient of " + tensor);
      }
    }
    if (wrong(n, graph, gradients, graph.reached()) instanceof Verdict.Failed failed) {
      return appender.adds() < adds
          ? failed.likely(
              "a tensor that is read several times gets a contribution each time; from the second"
                  + " on they are added")
          : failed;
    }
    if (appender.adds() > adds) {
      return Verdict.failed(
              "%d additions were appended, %d are needed".formatted(appender.adds(), adds))
          .likely("the first contribution is assigned: adding it to something is work for nothing");
    }
    return Verdict.passed("right");
  }

  private static Verdict stop(Autograd.Stop mine, int n) {
    RandomGraph graph = RandomGraph.of(n);
    List<Tensor> parameters = parameters(n, graph);
    TapeAppender appender = new TapeAppender(graph.tape());
    List<Node> tape = graph.tape().graph().nodes();
    graph.tape().enter(Node.Phase.BACKWARD);
    Map<Tensor, Tensor> gradients =
        mine.gradients(tape, graph.loss(), Set.copyOf(parameters), appender);
    if (gradients == null) {
      return Verdict.failed("your map of gradients is null");
    }
    for (Tensor parameter : parameters) {
      if (gradients.get(parameter) == null) {
        return Verdict.failed("there is no gradient of parameter " + parameter);
      }
    }
    if (wrong(n, graph, gradients, parameters) instanceof Verdict.Failed failed) {
      return failed.and("the parameters: " + parameters);
    }
    Set<Tensor> reaching = reaching(tape, parameters);
    for (TapeAppender.Contribution each : appender.contributions()) {
      Tensor input = each.node().inputs().get(each.input());
      if (!reaching.contains(input)) {
        return Verdict.failed(
                "a gradient of %s was appended, which leads to no parameter".formatted(input))
            .and("by node: " + each.node())
            .and("the parameters: " + parameters);
      }
    }
    return Verdict.passed("right");
  }

  private static List<Tensor> inStep(
      Autograd.Stop mine, Tape tape, Tensor loss, List<Tensor> parameters) {
    List<Node> recorded = tape.graph().nodes();
    Node.Phase before = tape.enter(Node.Phase.BACKWARD);
    Map<Tensor, Tensor> gradients =
        mine.gradients(recorded, loss, Set.copyOf(parameters), new TapeAppender(tape));
    tape.enter(before);
    for (Tensor parameter : parameters) {
      if (gradients.get(parameter) == null) {
        throw new Verdict.Stop(
            Verdict.failed("the course's network: there is no gradient of " + parameter));
      }
    }
    return parameters.stream().map(gradients::get).map(Objects::requireNonNull).toList();
  }

  /** At least one, and often not all, of the inputs on which the loss depends. */
  private static List<Tensor> parameters(int n, RandomGraph graph) {
    List<Tensor> reached = graph.reached();
    CounterRandom random = CounterRandom.of(n, "parameters");
    int always = random.below(reached.size(), 0);
    List<Tensor> chosen = new ArrayList<>();
    for (int i = 0; i < reached.size(); i++) {
      if (i == always || random.below(2, 1 + i) == 0) {
        chosen.add(reached.get(i));
      }
    }
    return chosen;
  }

  /** The tensors that depend on a parameter, and the parameters. */
  private static Set<Tensor> reaching(List<Node> tape, List<Tensor> parameters) {
    Set<Tensor> reaching = new HashSet<>(parameters);
    for (Node node : tape) {
      if (node.inputs().stream().anyMatch(reaching::contains)) {
        reaching.add(node.output());
      }
    }
    return reaching;
  }

  /** Compares the numbers of the learner's gradients with those of the engine's own. */
  private static Verdict wrong(
      int n, RandomGraph graph, Map<Tensor, Tensor> received, List<Tensor> of) {
    RandomGraph again = RandomGraph.of(n);
    List<Tensor> right = engram.graph.Autograd.gradients(again.tape(), again.loss(), of);
    Map<Tensor, Tensor> expected = new HashMap<>();
    for (int i = 0; i < of.size(); i++) {
      expected.put(of.get(i), right.get(i));
    }
    Map<Tensor, Values> rightNumbers = run(again, expected);
    Map<Tensor, Tensor> asked = new HashMap<>(received);
    asked.keySet().retainAll(of);
    Map<Tensor, Values> numbers = run(graph, asked);
    for (Tensor tensor : of) {
      Values a = Objects.requireNonNull(rightNumbers.get(tensor));
      Values b = Objects.requireNonNull(numbers.get(tensor));
      OptionalInt at = Numbers.firstWrong(a, b, TOLERANCE);
      if (at.isPresent()) {
        int i = at.getAsInt();
        return Verdict.failed(
                "gradient of %s at %s".formatted(tensor, Numbers.place(tensor.shape(), i)))
            .expected(Numbers.text(a.get(i)), Numbers.text(b.get(i)));
      }
    }
    return Verdict.passed("right");
  }

  private static Map<Tensor, Values> run(RandomGraph graph, Map<Tensor, Tensor> gradients) {
    gradients.values().forEach(graph.tape()::keep);
    Plan plan = Plan.compile(graph.tape().graph(), new ReferenceBackend(), Map.of());
    for (Tensor input : graph.inputs()) {
      CounterRandom random = CounterRandom.of(1, input.name());
      float[] values = new float[input.shape().elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.normal(i);
      }
      plan.buffer(input).write(values);
    }
    plan.run();
    Map<Tensor, Values> numbers = new HashMap<>();
    gradients.forEach(
        (tensor, gradient) ->
            numbers.put(
                tensor,
                new Values(gradient.shape(), ReferenceBackend.read(plan.buffer(gradient)), 0)));
    return numbers;
  }
}
