package engram.bench.atlas;

import engram.graph.Autograd;
import engram.graph.Node;
import engram.graph.Tape;
import engram.inspect.KernelSource;
import engram.op.Cost;
import engram.op.NoGradientException;
import engram.op.Op;
import engram.op.OpCase;
import engram.op.OpCatalog;
import engram.op.OpText;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the atlas says of one op.
 *
 * @param gradient a line for each op that its gradient appends; empty where it has none
 * @param cost of its largest case
 * @param cases on which it is tested, gradient-checked and benchmarked
 */
public record AtlasEntry(
    String name,
    OpText text,
    List<String> gradient,
    String cost,
    List<String> cases,
    KernelSource source) {

  /** All ops of the engine, by name. */
  public static List<AtlasEntry> all() {
    return OpCatalog.OPS.stream()
        .map(AtlasEntry::of)
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }

  private static AtlasEntry of(Op op) {
    OpCase largest =
        op.cases().stream()
            .max((a, b) -> Long.compare(cost(a).bytes(), cost(b).bytes()))
            .orElseThrow();
    return new AtlasEntry(
        op.name(),
        OpText.of(op).orElseThrow(),
        gradient(op.cases().getFirst()),
        text(largest),
        op.cases().stream().map(OpCase::toString).distinct().toList(),
        KernelSource.of(op).orElseThrow());
  }

  private static Cost cost(OpCase opCase) {
    return opCase.op().cost(opCase.inputs());
  }

  private static String text(OpCase opCase) {
    Cost cost = cost(opCase);
    return String.format(
        Locale.ROOT,
        "%,d operations and %,d bytes for %s",
        cost.flops(),
        cost.bytes(),
        opCase.inputs().stream().map(Object::toString).collect(Collectors.joining(" ")));
  }

  /** Records the backward pass of the op alone; what comes of the loss around it is left out. */
  private static List<String> gradient(OpCase opCase) {
    Op op = opCase.op();
    if (op.outputs(opCase.inputs()).isEmpty()) {
      return List.of();
    }
    Tape tape = new Tape();
    List<Tensor> inputs =
        IntStream.range(0, opCase.inputs().size())
            .mapToObj(i -> tape.input("operand" + i, opCase.inputs().get(i)))
            .toList();
    List<Tensor> wanted = new ArrayList<>(inputs);
    wanted.removeIf(input -> !op.differentiable(inputs.indexOf(input)));
    Tensor y = tape.record("y", op, inputs).getFirst();
    Tensor loss = tape.sum(tape.multiply(y, tape.input("weights", y.shape())));
    try {
      var _ = wanted.isEmpty() ? wanted : Autograd.gradients(tape, loss, wanted);
    } catch (NoGradientException e) {
      return List.of();
    }
    List<Node> backward =
        tape.graph().nodes().stream().filter(n -> n.phase() == Node.Phase.BACKWARD).toList();
    // One, the expansion of the sum, and the product with the weights make dy.
    return backward.stream()
        .skip(backward.isEmpty() ? 0 : AROUND)
        .filter(node -> !node.outputs().isEmpty())
        .map(AtlasEntry::line)
        .toList();
  }

  private static final int AROUND = 3;

  private static String line(Node node) {
    return "%s %s = %s(%s)"
        .formatted(
            node.output().name(),
            node.output().shape(),
            node.op().name(),
            node.inputs().stream().map(Tensor::name).collect(Collectors.joining(", ")));
  }

  /** What a search looks in. */
  public String words() {
    return (name + " " + text.summary() + " " + text.shapes() + " " + text.formula())
        .toLowerCase(Locale.ROOT);
  }
}
