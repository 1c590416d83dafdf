package engram.bench.suite;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.bench.measure.MeasuredStep;
import engram.device.Devices;
import engram.graph.Node;
import engram.op.Affine;
import engram.op.Elementwise;
import engram.op.MatMul;
import engram.op.Op;
import engram.op.OpCase;
import engram.op.OpCatalog;
import engram.op.Reduce;
import engram.op.Relu;
import engram.op.Unary;
import engram.op.View;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is measured: the declared cases of every op, which are small and test edges, and each op
 * again at the sizes that it has in the reference network at batch 64, fused and not, with its
 * operands drawn as a declared case of it says.
 */
public final class BenchCases {
  private static final int BATCH = 64;

  private BenchCases() {}

  /** Every case, in the order of the catalogue; names are unique and stay the same. */
  public static List<BenchCase> all() {
    return Stream.concat(numbered("/", OpCatalog.cases()), numbered("/net-", Large.CASES)).toList();
  }

  /**
   * The cases of one op and of those derived from it: {@code conv2d} has those of {@code
   * conv2d.weight_gradient} too.
   */
  public static List<BenchCase> ofOp(String op) {
    return all().stream()
        .filter(
            c ->
                c.opCase().op().name().equals(op)
                    || c.opCase().op().name().startsWith(op + ".")
                    || c.id().equals(op))
        .toList();
  }

  /**
   * The case of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static BenchCase named(String id) {
    return Stream.concat(all().stream(), millions().stream())
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no case \"" + id + "\""));
  }

  /**
   * Elementwise ops and sums, of which the reference network has few, on a million elements: what a
   * kernel of somebody else is timed on where there is no size of the network.
   */
  public static List<BenchCase> millions() {
    return OpCatalog.OPS.stream().flatMap(op -> million(op).stream()).toList();
  }

  private static Optional<BenchCase> million(Op op) {
    Optional<Op> large =
        switch (op) {
          case Elementwise _, Unary _, Relu _ -> Optional.of(op);
          case Affine _ -> Optional.of(new Affine(2, -3));
          case Reduce reduce -> Optional.of(new Reduce(reduce.kind(), 1, 1));
          default -> Optional.empty();
        };
    int operands = op instanceof Elementwise ? 2 : 1;
    return large
        .flatMap(each -> drawn(new Use(each, Collections.nCopies(operands, shape(1024, 1024)))))
        .map(c -> new BenchCase(op.name() + "/million", c));
  }

  private static Stream<BenchCase> numbered(String prefix, List<OpCase> cases) {
    Map<String, Integer> numbers = new HashMap<>();
    return cases.stream()
        .map(
            c -> {
              String op = c.op().name();
              return new BenchCase(op + prefix + (numbers.merge(op, 1, Integer::sum) - 1), c);
            });
  }

  private record Use(Op op, List<Shape> inputs) {}

  /** Found once: two steps are recorded and planned for it. */
  private static final class Large {
    static final List<OpCase> CASES = large();
  }

  private static List<OpCase> large() {
    Set<Use> uses = new LinkedHashSet<>();
    for (boolean fusion : new boolean[] {true, false}) {
      try (Backend backend = Devices.open("plain", 1, line -> {})) {
        MeasuredStep fused = MeasuredStep.reference(BATCH);
        MeasuredStep step = fusion ? fused : fused.withoutFusion();
        for (Node node : step.training(backend).plan().steps()) {
          uses.add(new Use(node.op(), node.inputs().stream().map(Tensor::shape).toList()));
        }
      }
    }
    for (int n : new int[] {128, 256, 512, 1024}) {
      uses.add(new Use(new MatMul(false, false), List.of(shape(n, n), shape(n, n))));
    }
    return uses.stream().flatMap(use -> drawn(use).stream()).toList();
  }

  /** Operands drawn as in the first declared case of the op; none for views, which do nothing. */
  private static Optional<OpCase> drawn(Use use) {
    if (use.op instanceof View) {
      return Optional.empty();
    }
    return use.op.cases().stream()
        .filter(declared -> declared.samples().size() == use.inputs.size())
        .findFirst()
        .map(declared -> new OpCase(use.op, use.inputs, declared.samples(), true));
  }
}
