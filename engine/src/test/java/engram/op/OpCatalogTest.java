package engram.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpCatalogTest {

  /** All but the door for ops from outside. */
  @Test
  void holdsEveryOpOfTheSealedTypeButThoseFromOutside() {
    Set<Class<?>> listed = OpCatalog.OPS.stream().map(Op::getClass).collect(Collectors.toSet());
    Set<Class<?>> permitted =
        Arrays.stream(Op.class.getPermittedSubclasses())
            .filter(type -> type != CustomOp.class)
            .collect(Collectors.toSet());
    assertEquals(permitted, listed);
  }

  @Test
  void everyOpDeclaresCasesOfItself() {
    for (Op op : OpCatalog.OPS) {
      assertFalse(op.cases().isEmpty(), op.name());
      for (OpCase opCase : op.cases()) {
        assertEquals(op.getClass(), opCase.op().getClass());
      }
    }
  }

  @Test
  void onlyGradientsAndUpdatesHaveNoGradient() {
    for (Op op : OpCatalog.OPS) {
      boolean hasGradient = declares(op.getClass(), "gradient");
      boolean terminal = op.name().contains("gradient") || !op.updates().isEmpty();
      assertTrue(hasGradient || terminal, op.name() + " has no gradient");
    }
  }

  private static boolean declares(Class<?> type, String method) {
    return Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals(method));
  }
}
