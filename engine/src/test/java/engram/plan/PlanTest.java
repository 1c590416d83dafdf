package engram.plan;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Buffer;
import engram.backend.reference.ReferenceBackend;
import engram.graph.Graph;
import engram.graph.Node;
import engram.graph.Tape;
import engram.op.ClipGradientNorm;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final Tape tape = new Tape();
  private final ReferenceBackend backend = new ReferenceBackend();

  @Test
  void runsNodesInTheOrderOfTheirRecording() {
    Tensor x = tape.input("x", shape(2));
    Tensor y = tape.affine(2, tape.affine(10, x, 0), 1);
    tape.keep(y);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    plan.buffer(x).write(1, -1);
    plan.run();
    assertArrayEquals(new float[] {21, -19}, plan.buffer(y).read());
  }

  @Test
  void aViewSharesTheStorageOfItsInput() {
    Tensor x = tape.input("x", shape(2, 3));
    Tensor part = tape.slice("part", x, 2, shape(3));
    Tensor y = tape.shift(part, 0);
    tape.keep(y);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    plan.buffer(x).write(0, 1, 2, 3, 4, 5);
    plan.run();
    assertArrayEquals(new float[] {2, 3, 4}, plan.buffer(y).read());
    assertEquals(1, plan.steps().size(), "the view has no kernel");
  }

  @Test
  void plansShareTheBuffersThatAreBound() {
    Tensor x = tape.input("x", shape(1));
    Tensor y = tape.shift(x, 1);
    tape.affine(0, y, 0);
    record(x, y);
    Buffer shared = backend.allocate(1);
    Plan first = Plan.compile(tape.graph(), backend, Map.of(x, shared));
    Plan second = Plan.compile(tape.graph(), backend, Map.of(x, shared));
    first.run();
    second.run();
    assertArrayEquals(new float[] {2}, shared.read());
  }

  private void record(Tensor target, Tensor value) {
    tape.assign(target, value);
  }

  @Test
  void anAssignedValueIsMadeInItsTarget() {
    Tensor flat = tape.input("flat", shape(40));
    Tensor slice = tape.slice("slice", flat, 16, shape(3));
    Tensor x = tape.input("x", shape(3));
    record(slice, tape.affine(2, x, 0));
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    assertEquals(1, plan.steps().size(), "no copy is left");
    plan.buffer(x).write(1, 2, 3);
    plan.run();
    float[] values = plan.buffer(flat).read();
    assertArrayEquals(new float[] {2, 4, 6}, Arrays.copyOfRange(values, 16, 19));
  }

  @Test
  void anAssignmentIsKeptWhereItsTargetIsStillRead() {
    Tensor target = tape.input("target", shape(1));
    Tensor value = tape.affine(0, target, 7);
    Tensor before = tape.shift(target, 0);
    tape.keep(before);
    record(target, value);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    plan.buffer(target).write(5);
    plan.run();
    assertArrayEquals(new float[] {5}, plan.buffer(before).read());
    assertArrayEquals(new float[] {7}, plan.buffer(target).read());
  }

  @Test
  void anAssignmentIsKeptWhereAnotherReadsItsTarget() {
    Tensor target = tape.input("target", shape(1));
    Tensor saved = tape.input("saved", shape(1));
    Tensor value = tape.affine(0, target, 7);
    record(saved, target);
    record(target, value);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    plan.buffer(target).write(5);
    plan.run();
    assertArrayEquals(new float[] {5}, plan.buffer(saved).read());
    assertArrayEquals(new float[] {7}, plan.buffer(target).read());
  }

  @Test
  void theLastOfTwoAssignmentsWins() {
    Tensor target = tape.input("target", shape(1));
    Tensor x = tape.input("x", shape(1));
    Tensor second = tape.affine(2, x, 0);
    Tensor first = tape.affine(3, x, 0);
    record(target, first);
    Tensor after = tape.shift(first, 0);
    tape.keep(after);
    record(target, second);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    plan.buffer(x).write(1);
    plan.run();
    assertArrayEquals(new float[] {2}, plan.buffer(target).read());
    assertArrayEquals(new float[] {3}, plan.buffer(after).read());
  }

  @Test
  void aKeptValueDoesNotChangeWithTheTargetItWasAssignedTo() {
    Tensor target = tape.input("target", shape(1));
    Tensor x = tape.input("x", shape(1));
    Tensor value = tape.affine(10, x, 0);
    tape.keep(value);
    record(target, value);
    tape.record(new ClipGradientNorm(1), target);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    plan.buffer(x).write(1);
    plan.run();
    assertArrayEquals(new float[] {10}, plan.buffer(value).read());
    assertEquals(1, plan.buffer(target).read()[0], 1e-5);
  }

  @Test
  void oneValueCanBeAssignedToTwoTargets() {
    Tensor a = tape.input("a", shape(1));
    Tensor b = tape.input("b", shape(1));
    Tensor value = tape.affine(3, tape.input("x", shape(1)), 0);
    record(a, value);
    record(b, value);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    plan.buffer(plan.graph().externals().get(2)).write(2);
    plan.run();
    assertArrayEquals(new float[] {6}, plan.buffer(a).read());
    assertArrayEquals(new float[] {6}, plan.buffer(b).read());
  }

  @Test
  void whatNobodyReadsIsNotRun() {
    Tensor x = tape.input("x", shape(1));
    tape.affine(2, x, 0);
    Tensor wanted = tape.affine(3, x, 0);
    tape.keep(wanted);
    assertEquals(1, Plan.compile(tape.graph(), backend, Map.of()).steps().size());
  }

  @Test
  void aTensorOfAnotherTapeIsAnError() {
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    Tensor stranger = new Tape().input("stranger", shape(1));
    assertThrows(IllegalArgumentException.class, () -> plan.buffer(stranger));
  }

  /** Random graphs: tensors that are alive together never overlap, and the arena is reused. */
  @Test
  void liveTensorsNeverOverlapInTheArena() {
    for (int seed = 0; seed < 200; seed++) {
      Graph graph = randomGraph(seed);
      MemoryPlan memory = MemoryPlan.of(graph);
      List<Node> steps = memory.steps();
      Map<Tensor, Integer> last = new HashMap<>();
      for (int i = 0; i < steps.size(); i++) {
        for (Tensor input : steps.get(i).inputs()) {
          last.put(memory.places().get(input).root(), i);
        }
      }
      graph.kept().forEach(t -> last.put(memory.places().get(t).root(), Integer.MAX_VALUE));
      for (int i = 0; i < steps.size(); i++) {
        Tensor made = steps.get(i).output();
        for (int k = 0; k < i; k++) {
          Tensor other = steps.get(k).output();
          boolean alive = last.getOrDefault(other, k) >= i;
          boolean apart =
              memory.arena().get(made) + made.shape().elements() <= memory.arena().get(other)
                  || memory.arena().get(other) + other.shape().elements()
                      <= memory.arena().get(made);
          assertTrue(!alive || apart, "seed " + seed + ": " + made + " lies on " + other);
        }
      }
    }
  }

  @Test
  void aChainNeedsSpaceForTwoTensorsOnly() {
    Tensor x = tape.input("x", shape(1000));
    for (int i = 0; i < 20; i++) {
      x = tape.shift(x, 1);
    }
    tape.keep(x);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    assertEquals(2 * 1008, plan.arenaElements());
  }

  private static Graph randomGraph(int seed) {
    CounterRandom random = CounterRandom.of(seed, "graph");
    Tape tape = new Tape();
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(tape.input("x", shape(1 + random.below(50, 0))));
    for (int i = 1; i < 25; i++) {
      Tensor a = tensors.get(random.below(tensors.size(), 3L * i));
      Tensor made =
          switch (random.below(3, 3L * i + 1)) {
            case 0 -> tape.add(a, a);
            case 1 -> tape.pad(a, 0, 1, random.below(40, 3L * i + 2));
            default -> tape.shift(tape.reshape(a, shape(a.shape().elements())), 1);
          };
      tensors.add(made);
    }
    tape.keep(tensors.getLast());
    assertFalse(tape.graph().nodes().isEmpty());
    return tape.graph().withoutDeadNodes();
  }
}
