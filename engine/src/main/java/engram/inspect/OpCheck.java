package engram.inspect;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.op.Op;
import engram.op.OpCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What every op must hold, asked of one op on all its declared cases. */
public final class OpCheck {
  /** Largest error of a gradient in double precision, see {@link GradientCheck.Entry#error}. */
  private static final double GRADIENT = 1e-6;

  /** Largest error of a result in float, see {@link Difference}. */
  private static final double RESULT = 1e-5;

  private OpCheck() {}

  /**
   * Checks the declared gradient against finite differences, and what each backend computes against
   * the definition, outputs poisoned first.
   *
   * @return a line for each case and fault: case, element, expected, received; none if all is right
   * @throws IllegalArgumentException if the op declares no case, so that nothing could be checked
   */
  public static List<String> faults(Op op, Backend... backends) {
    if (op.cases().isEmpty()) {
      throw new IllegalArgumentException(op.name() + ": it declares no case to check it on");
    }
    List<String> faults = new ArrayList<>();
    for (OpCase opCase : op.cases()) {
      gradient(opCase).ifPresent(faults::add);
      for (Backend backend : backends) {
        result(opCase, backend).ifPresent(faults::add);
      }
    }
    return faults;
  }

  /**
   * The first element at which the declared gradient is not that of the definition. Ops that are
   * gradients themselves, named as in {@code conv2d.weight_gradient}, have none to check.
   */
  public static Optional<String> gradient(OpCase opCase) {
    boolean differentiable = !opCase.op().outputs(opCase.inputs()).isEmpty() && opCase.smooth();
    if (!differentiable || opCase.op().name().matches(".*\\..*gradient")) {
      return Optional.empty();
    }
    return GradientCheck.of(opCase).stream()
        .filter(entry -> !(entry.error() < GRADIENT))
        .findFirst()
        .map(entry -> opCase + ", gradient, " + entry);
  }

  /** The element at which a backend is furthest from the definition, if that is too far. */
  public static Optional<String> result(OpCase opCase, Backend backend) {
    List<float[]> expected = new CaseRun(opCase, new ReferenceBackend()).results();
    List<float[]> received = new CaseRun(opCase, backend).results();
    for (int i = 0; i < expected.size(); i++) {
      Difference worst = Difference.worst(expected.get(i), received.get(i));
      if (!(worst.error() < RESULT)) {
        return Optional.of("%s on %s, result %d, %s".formatted(opCase, backend.name(), i, worst));
      }
    }
    return Optional.empty();
  }
}
