package engram.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpCatalogTest {

  /** All but the door for ops from outside. */
  @Test
  void holdsEveryOpOfTheSealedTypeButThoseFromOutside() {
    Set<Class<?>> listed = OpCatalog.OPS.stream().map(Op::getClass).collect(Collectors.toSet());
    Set<Class<?>> permitted =
        permitted(Op.class).filter(type -> type != CustomOp.class).collect(Collectors.toSet());
    assertEquals(permitted, listed);
  }

  private static Stream<Class<?>> permitted(Class<?> type) {
    Class<?>[] subclasses = type.getPermittedSubclasses();
    return subclasses == null
        ? Stream.of(type)
        : Arrays.stream(subclasses).flatMap(OpCatalogTest::permitted);
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

  /**
   * Graphs, profiles and files of results show these names, and draw the numbers of cases by them.
   */
  @Test
  void namesStay() {
    String names =
        """
        adam_step add_bias affine assign batch_norm batch_norm.input_gradient
        batch_norm.parameter_gradient batch_norm_inference clip_gradient_norm concat conv2d
        conv2d.input_gradient conv2d.weight_gradient cross_entropy cross_entropy.gradient
        dropout add subtract multiply divide expand fused_batch_norm
        fused_batch_norm.input_gradient fused_batch_norm.parameter_gradient fused_conv2d
        kd_loss kd_loss.gradient
        l2_normalize l2_normalize.gradient leaky_relu leaky_relu.gradient linear log_softmax
        log_softmax.gradient matmul max_pool2d max_pool2d.gradient mean_squared_error
        mean_squared_error.gradient narrow one pad pooled_conv2d.input_gradient
        pooled_conv2d.weight_gradient sum relu relu.gradient sgd_step soft_cross_entropy
        soft_cross_entropy.gradient softmax softmax.gradient sum_rows exp log sqrt view
        """;
    assertEquals(
        List.of(names.strip().split("\\s+")), OpCatalog.OPS.stream().map(Op::name).toList());
  }

  private static boolean declares(Class<?> type, String method) {
    return Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals(method));
  }
}
