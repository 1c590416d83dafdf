package engram.bench.kernel;

import engram.bench.suite.BenchCase;
import engram.bench.suite.BenchCases;
import engram.op.MatMul;
import engram.op.OpCase;
import engram.tensor.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The cases on which a kernel is checked, and those on which it is timed. */
public final class KernelCases {
  private KernelCases() {}

  /** Every declared case, and those at large sizes; a turned operand of a product lies straight. */
  public static List<BenchCase> of(KernelForm form) {
    return all(form).map(c -> new BenchCase(c.id(), plain(c.opCase()))).toList();
  }

  /** The case of this name. */
  static BenchCase named(KernelForm form, String id) {
    return of(form).stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  /**
   * Those that are timed beside ours, which are those that we have in the same form: at the sizes
   * of the reference network, where it has none on a million elements, else the largest declared
   * one.
   */
  public static List<BenchCase> timed(KernelForm form) {
    List<BenchCase> same = all(form).filter(c -> plain(c.opCase()).equals(c.opCase())).toList();
    List<BenchCase> network = same.stream().filter(c -> c.id().contains("/net-")).toList();
    List<BenchCase> large =
        network.isEmpty() ? same.stream().filter(BenchCase::isLarge).toList() : network;
    return large.isEmpty()
        ? same.stream()
            .max(Comparator.comparingLong(c -> c.opCase().inputs().getFirst().elements()))
            .stream()
            .toList()
        : large;
  }

  private static Stream<BenchCase> all(KernelForm form) {
    return Stream.concat(BenchCases.all().stream(), BenchCases.millions().stream())
        .filter(c -> c.opCase().op().name().equals(form.op()));
  }

  private static OpCase plain(OpCase c) {
    if (!(c.op() instanceof MatMul product)) {
      return c;
    }
    return new OpCase(
        new MatMul(false, false),
        List.of(
            straight(c.inputs().get(0), product.transposeA()),
            straight(c.inputs().get(1), product.transposeB())),
        c.samples(),
        c.smooth());
  }

  private static Shape straight(Shape matrix, boolean turned) {
    return turned ? Shape.shape(matrix.dim(1), matrix.dim(0)) : matrix;
  }
}
