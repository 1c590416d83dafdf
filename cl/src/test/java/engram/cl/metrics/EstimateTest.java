package engram.cl.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

  /** Two-sided 95 % points as printed in statistical tables. */
  @ParameterizedTest
  @CsvSource({
    "1, 12.706205",
    "2, 4.302653",
    "3, 3.182446",
    "4, 2.776445",
    "5, 2.570582",
    "9, 2.262157",
    "10, 2.228139",
    "29, 2.045230",
    "30, 2.042272",
    "100, 1.983972",
    "1000, 1.962339"
  })
  void quantilesAgreeWithTheTables(int degrees, double expected) {
    assertEquals(expected, StudentT.quantile95(degrees), 5e-7);
  }

  @Test
  void intervalOfThreeSeeds() {
    // mean 82; squares 4 + 0 + 4 = 8; s = sqrt(8 / 2) = 2; 4.302653 x 2 / sqrt(3) = 4.968275
    Estimate estimate = Estimate.of(80, 82, 84);

    assertEquals(82, estimate.mean());
    assertEquals(4.968275, estimate.halfWidth().orElseThrow(), 1e-5);
    assertEquals(2, estimate.deviation().orElseThrow(), 1e-12);
    assertEquals(2 / Math.sqrt(3), estimate.standardError().orElseThrow(), 1e-12);
    assertEquals(3, estimate.count());
  }

  @Test
  void oneSeedHasAMeanAndNoInterval() {
    Estimate one = Estimate.of(81.2);
    assertEquals(new Estimate(81.2, OptionalDouble.empty(), 1), one);
    assertEquals(OptionalDouble.empty(), one.halfWidth());
    assertEquals(OptionalDouble.empty(), one.deviation());
  }

  @Test
  void equalSeedsHaveAnIntervalOfNoWidth() {
    assertEquals(0, Estimate.of(5, 5, 5).halfWidth().orElseThrow());
  }

  @Test
  void pairedDifferenceIsSharperThanTwoIntervals() {
    // differences 10, 11, 12: mean 11, s = 1, 4.302653 / sqrt(3) = 2.484138
    Estimate difference =
        Estimate.ofPairedDifference(new double[] {70, 81, 92}, new double[] {60, 70, 80});

    assertEquals(11, difference.mean());
    assertEquals(2.484138, difference.halfWidth().orElseThrow(), 1e-5);
  }

  @Test
  void differencesNeedTheSameSeeds() {
    assertEquals(
        "paired difference: 2 values against 1; both need one for each common seed",
        assertThrows(
                IllegalArgumentException.class,
                () -> Estimate.ofPairedDifference(new double[2], new double[1]))
            .getMessage());
    assertThrows(IllegalArgumentException.class, Estimate::of);
  }

  @Test
  void isWordedWithOneDecimalAndItsIntervalIfThereIsOne() {
    assertEquals("83.2", Estimate.of(83.24).toText());
    // mean 60, s = sqrt(200), t = 12.7062: 12.7062 x 14.1421 / sqrt(2) = 127.062
    assertEquals("60.0 ±127.1", Estimate.of(50, 70).toText());
  }
}
