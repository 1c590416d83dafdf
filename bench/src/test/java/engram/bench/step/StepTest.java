package engram.bench.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.backend.Backend;
import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.VectorBackend;
import engram.fusion.Fusion;
import engram.fusion.FusionListener;
import engram.graph.Graph;
import engram.graph.Node;
import engram.inspect.GraphDump;
import engram.inspect.Stepper;
import engram.nn.train.TrainingStep;
import engram.op.LeakyRelu;
import engram.op.Op;
import engram.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stages of a step say holds of the step. */
class StepTest {
  private static final Backend BACKEND = VectorBackend.plain(1);
  private static final Glass GLASS = Glasses.glass(BACKEND, true);
  private static final Packed PACKED = Packed.of(GLASS.run());
  private static final Stages STAGES = Glasses.stages(GLASS, PACKED, List.of());

  @AfterAll
  static void close() {
    BACKEND.close();
  }

  @Test
  void recordedAndAppendedIsDifferentiated() {
    List<Stages.Recorded> nodes = STAGES.recorded();
    long forward = nodes.stream().filter(n -> n.phase().equals("forward")).count();
    Set<Integer> appended = new HashSet<>();
    for (int frame = 0; frame < STAGES.walk().size(); frame++) {
      for (int number : STAGES.walk().get(frame).appended()) {
        assertTrue(appended.add(number), "node %d was appended twice".formatted(number));
        assertEquals(frame, nodes.get(number).frame());
        assertEquals("backward", nodes.get(number).phase());
      }
    }
    long around = nodes.stream().filter(n -> n.frame() < 0 && !n.phase().equals("forward")).count();
    assertEquals(nodes.size(), forward + appended.size() + around);
    // The seed; a view and an assignment for each of six parameters; the optimiser.
    assertEquals(1 + 6 * 2 + 1, around);
  }

  @Test
  void everyGradientIsAssignedBeforeAnythingIsAddedToIt() {
    Set<Integer> assigned = new HashSet<>();
    for (Stages.Walked frame : STAGES.walk()) {
      for (Stages.Leaving leaving : frame.leaving()) {
        assertEquals(leaving.assigned(), assigned.add(leaving.operand()));
      }
    }
  }

  @Test
  void theLastFiringLeavesTheGraphThatRuns() {
    List<Graph> after = new ArrayList<>();
    List<String> misses = new ArrayList<>();
    Fusion.rewrite(
        GLASS.recording().graph(),
        new FusionListener() {
          @Override
          public void fired(Firing firing) {
            after.add(firing.after());
          }

          @Override
          public void refused(NearMiss miss) {
            misses.add(miss.why());
          }
        });
    assertEquals(GraphDump.json(GLASS.plan().graph()), GraphDump.json(after.getLast()));
    assertEquals(after.size(), STAGES.firings().size());
    assertEquals(misses.size(), STAGES.misses().size());
    assertEquals(STAGES.firings().getLast().nodes(), GLASS.plan().graph().nodes().size());
  }

  @Test
  void noTwoValuesThatAreAliveTogetherOverlap() {
    List<Stages.Block> blocks = STAGES.plan().blocks();
    long top = 0;
    for (Stages.Block a : blocks) {
      top = Math.max(top, a.offset() + a.elements());
      for (Stages.Block b : blocks) {
        boolean together = a.first() <= b.last() && b.first() <= a.last();
        boolean overlap =
            a.offset() < b.offset() + b.elements() && b.offset() < a.offset() + a.elements();
        assertTrue(a.equals(b) || !together || !overlap, () -> a + " and " + b);
      }
    }
    assertEquals(GLASS.plan().arenaElements(), top);
    assertEquals(GLASS.plan().arenaElements(), STAGES.plan().arena());
    assertTrue(STAGES.plan().unshared() > top);
    assertTrue(STAGES.plan().use().stream().allMatch(use -> use <= STAGES.plan().arena()));
  }

  @Test
  void numbersOnThePageAreTheFloatsOfTheStepBitForBit(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("step.html");
    StepPage.write(STAGES, PACKED, page);
    String html = Files.readString(page);
    JsonNode model = new ObjectMapper().readTree(between(html, "id=\"model\">", "</script>"));
    ByteBuffer data =
        ByteBuffer.wrap(Base64.getDecoder().decode(between(html, "id=\"data\">", "</script>")))
            .order(ByteOrder.LITTLE_ENDIAN);
    TrainingStep same = Glasses.step(BACKEND, true);
    Stepper stepper = new Stepper(same.plan());
    stepper.runTo(stepper.stepCount());
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      int number = random.nextInt(same.plan().steps().size() - 1); // the last has no output
      Tensor output = same.plan().steps().get(number).output();
      JsonNode seen = model.at("/stages/steps/" + number + "/out/0");
      assertEquals(output.id(), seen.path("tensor").asInt());
      JsonNode value = model.at("/values/" + seen.path("value").asInt());
      int element = random.nextInt(value.path("kept").asInt());
      int at = value.path("at").asInt();
      float onPage =
          at < 0
              ? 0
              : value.path("whole").asBoolean()
                  ? data.get(at + element) & 0xff
                  : data.getFloat(at + 4 * element);
      assertEquals(
          Float.floatToRawIntBits(stepper.value(output)[element]),
          Float.floatToRawIntBits(onPage),
          output + ", element " + element);
    }
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  /** 10 of each parameter and activation, all where there are fewer. */
  @Test
  void gradientsAgreeWithTheirFiniteDifferences() {
    Map<String, Integer> count = new TreeMap<>();
    for (Stages.Finite difference : STAGES.differences()) {
      float here = GLASS.run().value(difference.value())[difference.index()];
      double error =
          Math.abs(difference.numeric() - here)
              / (1e-3 + Math.abs(difference.numeric()) + Math.abs(here));
      assertTrue(error < 1e-3, () -> difference + ", here " + here);
      count.merge(difference.operand(), 1, Integer::sum);
    }
    assertEquals(
        Map.ofEntries(
            Map.entry("conv1.weight", 10),
            Map.entry("conv1.bias", 6),
            Map.entry("conv2.weight", 10),
            Map.entry("conv2.bias", 7),
            Map.entry("fc.weight", 10),
            Map.entry("fc.bias", 5),
            Map.entry("max_pool2d", 10),
            Map.entry("conv2", 10),
            Map.entry("flatten", 10),
            Map.entry("fc", 10)),
        count);
  }

  /** A changed channel takes the short way through a convolution, to the same loss. */
  @Test
  void whatDependsOnAChangeIsComputedAsAWholePassWould() {
    Tensor loss = GLASS.recording().walk().getFirst().node().output();
    Map<Tensor, float[]> before = GLASS.run().before();
    DoublePass pass = new DoublePass(GLASS.recording().graph(), loss, before);
    Tensor inputs = GLASS.recording().graph().externals().getFirst();
    Map<Tensor, float[]> other = new HashMap<>(before);
    float[] changed = before.get(inputs).clone();
    changed[100] += 0.5f;
    other.put(inputs, changed);
    double whole = new DoublePass(GLASS.recording().graph(), loss, other).loss();
    double by = changed[100] - (double) before.get(inputs)[100];
    assertEquals(whole, pass.change(inputs).loss(100, by), 1e-12);
    assertTrue(Math.abs(whole - pass.loss()) > 1e-9, "it does depend on that pixel");
  }

  /** A weight is a piece of all parameters: the page holds its floats once. */
  @Test
  void aValueThatIsAPieceOfAnotherIsWrittenOnce() {
    List<Packed.Value> values = PACKED.values();
    Capture run = GLASS.run();
    long shared = 0;
    for (int i = 0; i < values.size(); i++) {
      Packed.Value value = values.get(i);
      assertEquals(value.elements(), value.kept(), "a small step is whole");
      if (value.at() < 0) {
        assertEquals(0f, value.stats().norm(), "all 0");
        continue;
      }
      int from = value.at();
      int end = from + value.elements() * (value.whole() ? 1 : 4);
      shared +=
          Stream.concat(
                  values.subList(0, i).stream(), values.subList(i + 1, values.size()).stream())
              .filter(other -> other.at() >= 0 && other.at() <= from)
              .filter(other -> other.at() + 4L * other.elements() >= end)
              .limit(1)
              .count();
    }
    assertTrue(shared >= 9, shared + " shared: three weights, six gradients");
    long all = IntStream.range(0, run.size()).mapToLong(i -> run.value(i).length).sum();
    assertTrue(PACKED.data().length() < 4 * all, "less than all of them apart");
  }

  /** Its error is not passed on to the nodes behind it. */
  @Test
  void anOpThatIsWrongOnAnotherDeviceDiffersAtItsNodeOnly() {
    Stages.Against against = Comparison.device(GLASS, BACKEND, new WrongGradient());
    List<Integer> wrong = new ArrayList<>();
    List<Integer> differ = new ArrayList<>();
    List<Node> steps = GLASS.plan().steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).op().equals(new LeakyRelu.Gradient(0.1f))) {
        wrong.add(i);
      }
      if (against.pairs().get(i).differs(against.tolerance())) {
        differ.add(i);
      }
    }
    assertEquals(1, wrong.size());
    assertEquals(wrong, differ);
  }

  /** The plain backend with one op changed. */
  private static final class WrongGradient implements Backend {
    private final Backend inner = VectorBackend.plain(1);

    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public String description() {
      return "wrong";
    }

    @Override
    public engram.backend.Buffer allocate(int elements) {
      return inner.allocate(elements);
    }

    @Override
    public Kernel bind(Op op, List<Operand> inputs, List<Operand> outputs) {
      return inner.bind(
          op.equals(new LeakyRelu.Gradient(0.1f)) ? new LeakyRelu.Gradient(0.2f) : op,
          inputs,
          outputs);
    }

    @Override
    public void finish() {
      inner.finish();
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  @Test
  void fusionChangesNoValueThatBothMake() {
    Stages.Against against = Comparison.withoutFusion(GLASS, BACKEND);
    assertTrue(against.pairs().stream().anyMatch(p -> p.note().startsWith("the op: fused_conv2d")));
    assertTrue(against.pairs().stream().anyMatch(p -> p.here() < 0));
    assertTrue(against.pairs().stream().allMatch(p -> p.error() < 1e-4), against::toString);
    assertFalse(against.pairs().stream().noneMatch(p -> p.error() >= 0));
  }
}
