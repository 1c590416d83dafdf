package engram.op;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final int COUNT = 100_000;

  private static double[] dropOnes(Dropout op, int step) {
    Values ones = Values.zeros(shape(COUNT));
    ones.fill(1);
    Values y = Values.zeros(shape(COUNT));
    op.reference(List.of(ones, new Values(shape(1), new double[] {step}, 0)), List.of(y));
    return y.data();
  }

  /** Share of the positions at which both drop or both keep. */
  private static double agreement(double[] a, double[] b) {
    int same = 0;
    for (int i = 0; i < COUNT; i++) {
      same += (a[i] == 0) == (b[i] == 0) ? 1 : 0;
    }
    return same / (double) COUNT;
  }

  @Test
  void dropsTheGivenShareAndKeepsTheMean() {
    double[] y = dropOnes(new Dropout(0.3f, 1), 0);
    // Five standard deviations of a share of 0.3 among 100,000.
    assertEquals(0.3, Arrays.stream(y).filter(v -> v == 0).count() / (double) COUNT, 0.0073);
    assertEquals(1, Arrays.stream(y).sum() / COUNT, 0.0073 / 0.7);
    assertEquals(1 / 0.7, Arrays.stream(y).max().orElseThrow(), 1e-6);
  }

  @Test
  void theMaskDependsOnSeedAndStepAlone() {
    double[] mask = dropOnes(new Dropout(0.5f, 1), 3);
    assertArrayEquals(mask, dropOnes(new Dropout(0.5f, 1), 3));
    assertEquals(0.5, agreement(mask, dropOnes(new Dropout(0.5f, 1), 4)), 0.008);
    assertEquals(0.5, agreement(mask, dropOnes(new Dropout(0.5f, 2), 3)), 0.008);
  }

  @Test
  void withProbabilityZeroNothingChanges() {
    assertEquals(COUNT, Arrays.stream(dropOnes(new Dropout(0, 1), 0)).sum());
  }
}
