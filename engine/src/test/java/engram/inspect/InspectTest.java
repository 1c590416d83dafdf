package engram.inspect;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.Step;
import engram.backend.reference.ReferenceBackend;
import engram.graph.Autograd;
import engram.graph.Graph;
import engram.graph.Node;
import engram.graph.Tape;
import engram.op.Affine;
import engram.op.Assign;
import engram.op.Op;
import engram.op.SgdStep;
import engram.op.SumRows;
import engram.op.View;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A small step, loss = sum of (2 x + 1)^2, seen through each instrument. */
class InspectTest {
  private final Tape tape = new Tape();
  private final Tensor x = tape.input("x", shape(3));
  private final Tensor line = tape.affine(2, x, 1);
  private final Tensor square = tape.multiply(line, line);
  private final Tensor loss = tape.sumRows(tape.reshape(square, shape(3, 1)));
  private final Tensor gradient = Autograd.gradients(tape, loss, List.of(x)).getFirst();

  private Plan plan() {
    tape.keep(gradient);
    tape.keep(loss);
    Plan plan = Plan.compile(tape.graph(), new ReferenceBackend(), Map.of());
    plan.buffer(x).write(0, 1, -1);
    return plan;
  }

  @Test
  void profilerGivesARowForEachStepWithItsCostAndTheNormOfItsResult() {
    Plan plan = plan();
    List<Profiler.Row> rows = Profiler.profile(plan, 1, 3);
    assertEquals(plan.steps(), rows.stream().map(Profiler.Row::node).toList());
    assertEquals(Math.sqrt(1 + 9 + 1), rows.getFirst().norm(), 1e-6);
    assertEquals(6, rows.getFirst().cost().flops());
    assertTrue(rows.stream().allMatch(row -> row.seconds() > 0 && row.gigaflops() >= 0));
  }

  @Test
  void stepperRemembersValuesWhoseStorageIsReused() {
    Plan plan = plan();
    Stepper stepper = new Stepper(plan);
    stepper.runTo(1);
    assertArrayEquals(new float[] {1, 3, -1}, stepper.value(line));
    assertThrows(NoSuchElementException.class, () -> stepper.value(square));
    stepper.runTo(plan.steps().size());
    assertArrayEquals(new float[] {1, 3, -1}, stepper.value(line));
    assertArrayEquals(new float[] {1, 9, 1}, stepper.value(square));
    assertArrayEquals(new float[] {11}, stepper.value(loss));
    assertArrayEquals(new float[] {4, 12, -4}, stepper.value(gradient));
    assertArrayEquals(new float[] {0, 1, -1}, stepper.value(x));
    assertThrows(NoSuchElementException.class, stepper::step);
  }

  @Test
  void comparisonFindsTheStepThatDiverges() {
    Plan good = plan();
    Plan wrong = Plan.compile(tape.graph(), new BrokenSumRows(), Map.of());
    List<BackendComparison.Row> rows = BackendComparison.compare(good, wrong);
    BackendComparison.Row first = BackendComparison.firstDivergence(rows, 1e-6).orElseThrow();
    assertEquals("sum_rows", first.name());
    long divergent = rows.stream().filter(row -> row.worst().error() > 1e-6).count();
    assertEquals(1, divergent, "the steps behind it get good inputs");
  }

  /**
   * Does the first two steps, the line and its square, in one kernel, which does others instead.
   */
  private static final class WrongTogether extends ForwardingBackend {
    private final UnaryOperator<List<Step>> instead;

    WrongTogether(UnaryOperator<List<Step>> instead) {
      this.instead = instead;
    }

    @Override
    public List<List<Node>> groups(Graph graph, List<Node> steps) {
      return List.of(steps.subList(0, 2));
    }

    @Override
    public List<Kernel> bindGroups(List<List<Step>> groups) {
      return groups.stream()
          .flatMap(group -> instead.apply(group).stream())
          .map(step -> bind(step.op(), step.inputs(), step.outputs()))
          .toList();
    }
  }

  @Test
  void comparisonRunsTogetherWhatTheOtherBackendRunsTogether() {
    Plan good = plan();
    WrongTogether forgetsTheShift =
        new WrongTogether(
            group -> {
              Step line = group.getFirst();
              return List.of(
                  new Step(new Affine(2, 0), line.inputs(), line.outputs()), group.getLast());
            });
    Plan wrong = Plan.compile(tape.graph(), forgetsTheShift, Map.of());
    List<BackendComparison.Row> rows = BackendComparison.compare(good, wrong);
    List<BackendComparison.Row> divergent =
        rows.stream().filter(row -> row.worst().error() > 1e-6).toList();
    assertEquals(1, divergent.size(), "each step alone is right");
    assertEquals("affine + multiply", divergent.getFirst().name());
    assertEquals(rows.get(2), divergent.getFirst(), "behind the last of the two");
  }

  @Test
  void comparisonSeesWhatAKernelForSeveralStepsDoesNotWrite() {
    Plan good = plan();
    WrongTogether leavesOutTheSquare = new WrongTogether(group -> group.subList(0, 1));
    Plan idle = Plan.compile(tape.graph(), leavesOutTheSquare, Map.of());
    BackendComparison.Row first =
        BackendComparison.firstDivergence(BackendComparison.compare(good, idle), 1e-6)
            .orElseThrow();
    assertEquals("affine + multiply", first.name());
  }

  @Test
  void gradientCheckShowsBothGradients() {
    var entries = GradientCheck.of(new Affine(2, 0).cases().getFirst());
    assertEquals(entries.getFirst().analytic(), entries.getFirst().numeric(), 1e-8);
    assertTrue(entries.getFirst().toString().startsWith("operand 0, element 0: analytic "));
  }

  @Test
  void dumpsTellForwardFromBackwardAndShowNoViews() {
    String dot = GraphDump.dot(Flow.of(tape.graph()));
    assertTrue(dot.contains("label=\"0 affine\\naffine  [3]\""), dot);
    assertTrue(dot.contains(GraphDump.colour(Node.Phase.BACKWARD)), dot);
    assertTrue(!dot.contains("view"), dot);
    String json = GraphDump.json(tape.graph());
    assertTrue(json.contains("\"phase\": \"backward\""), json);
    assertTrue(json.contains("{\"id\": 0, \"name\": \"x\", \"shape\": [3]}"), json);
  }

  /**
   * The optimiser of this step takes its gradient from a buffer, as one of a network does: the plan
   * writes the gradient there at once, and the picture shows the optimiser as its reader.
   */
  @Test
  void whatAPlanWritesInPlaceIsNoBoxAndFlowsToWhoReadsIt() {
    Tensor gradients = tape.input("gradients", shape(3));
    Tensor own = tape.slice("d.fc.bias", gradients, 0, shape(3));
    tape.record(new Assign(), own, gradient);
    Tensor velocity = tape.input("velocity", shape(3));
    Node assign = tape.graph().nodes().getLast();
    tape.record(new SgdStep(0, false, 0), x, gradients, velocity, tape.input("rate", shape(1)));
    Plan plan = plan();
    Flow flow = Flow.of(plan);
    assertEquals(plan.steps(), flow.nodes(), "numbers are those of the profiler");
    assertTrue(flow.nodes().stream().noneMatch(node -> node.op() instanceof Assign));
    int optimiser = flow.nodes().size() - 1;
    assertEquals(
        List.of(optimiser - 1),
        flow.edges().stream()
            .filter(edge -> edge.to() == optimiser && edge.from() >= 0)
            .map(Flow.Edge::from)
            .toList());
    String svg = GraphPicture.svg(flow);
    assertTrue(svg.contains(">%d  %s<".formatted(optimiser, "sgd_step")), svg);
    assertEquals("fc", Flow.layer(assign));
  }

  @Test
  void pictureIsWellFormedAndHoldsEveryOp() throws Exception {
    String svg = GraphPicture.svg(Flow.of(tape.graph()));
    var document =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new java.io.ByteArrayInputStream(svg.getBytes("UTF-8")));
    long ops = tape.graph().nodes().stream().filter(node -> !(node.op() instanceof View)).count();
    assertEquals(ops, document.getElementsByTagName("g").getLength());
  }

  /** A backend with an error in one op. */
  private static final class BrokenSumRows extends ForwardingBackend {
    @Override
    public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
      Kernel kernel = super.bind(op, inputs, outputs);
      return op instanceof SumRows
          ? () -> {
            kernel.run();
            outputs.getFirst().buffer().write(new float[outputs.getFirst().shape().elements()]);
          }
          : kernel;
    }
  }
}
