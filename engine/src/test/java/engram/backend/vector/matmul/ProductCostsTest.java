package engram.backend.vector.matmul;

import static engram.backend.vector.matmul.ProductWay.DOT_PRODUCTS;
import static engram.backend.vector.matmul.ProductWay.PANELS;
import static engram.backend.vector.matmul.ProductWay.TURNED_PANELS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.vector.KernelCases;
import engram.backend.vector.matmul.MatrixProduct.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductCostsTest {
  static List<Shape> shapes() {
    return KernelCases.products();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyWayThatServesAShapeHasACostAndTheCheapestIsChosen(Shape shape) {
    List<ProductCosts.Estimate> ways = ProductCosts.of(shape);
    Set<ProductWay> expected = EnumSet.of(PANELS, TURNED_PANELS);
    if (!shape.transposeA() && shape.transposeB()) {
      expected.add(DOT_PRODUCTS);
    }
    assertEquals(
        expected, ways.stream().map(ProductCosts.Estimate::way).collect(Collectors.toSet()));
    double least = ways.stream().mapToDouble(ProductCosts.Estimate::cost).min().orElseThrow();
    assertTrue(least > 0 && Double.isFinite(least), ways::toString);
    assertEquals(ProductCosts.choose(shape), ways.getFirst().way());
    assertEquals(least, ways.getFirst().cost());
  }

  @Test
  void aLinearLayerDoesNotPackWeightsForASmallBatch() {
    assertEquals(DOT_PRODUCTS, ProductCosts.choose(new Shape(1, 400, 784, false, true)));
    assertNotEquals(PANELS, ProductCosts.choose(new Shape(64, 400, 784, false, true)));
  }

  @Test
  void aWeightGradientDoesNotTurnTheWeights() {
    assertEquals(PANELS, ProductCosts.choose(new Shape(400, 784, 64, true, false)));
  }
}
