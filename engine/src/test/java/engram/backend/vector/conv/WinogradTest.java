package engram.backend.vector.conv;

import static engram.backend.vector.conv.ConvAlgorithm.WINOGRAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.vector.Arena;
import engram.backend.vector.Definitions;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Winograd's sums cost in exactness, beside the checks of {@link ConvolutionTest}. */
class WinogradTest {
  /** Worst error as a share of the root mean square: a float carries 6e-8. */
  private static final double WORST = 3e-6;

  /** The same over 512 channels, eight times as many terms as 64. */
  private static final double WORST_OF_MANY = 5e-6;

  /** The two layers of the reference network that it serves, and one of 512 channels. */
  static List<ConvShape> layers() {
    return List.of(
        new ConvShape(8, 16, 16, 32, 64, 3, 3, 1, 1),
        new ConvShape(8, 8, 8, 64, 64, 3, 3, 1, 1),
        new ConvShape(2, 4, 4, 512, 128, 3, 3, 1, 1));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void valuesAndGradientsOfTheNetworksLayersKeepFloatPrecision(ConvShape shape) {
    float[] x = Arena.random(shape.xLength(), 1);
    float[] w = Arena.random(shape.weightLength(), 2);
    float[] dy = Arena.random(shape.yLength(), 3);
    HostBuffer y = HostBuffer.wrap(new float[dy.length]);
    HostBuffer dx = HostBuffer.wrap(new float[x.length]);
    HostBuffer dw = HostBuffer.wrap(new float[w.length]);
    try (Workers team = new Workers(2)) {
      new Conv2dForward(
              WINOGRAD, shape, HostBuffer.wrap(x), HostBuffer.wrap(w), Epilogue.NONE, y, team)
          .run();
      new Conv2dInputGradient(WINOGRAD, shape, HostBuffer.wrap(dy), HostBuffer.wrap(w), dx, team)
          .run();
      Conv2dWeightGradient.of(WINOGRAD, shape, HostBuffer.wrap(x), HostBuffer.wrap(dy), dw, team)
          .run();
    }
    double worst = shape.c() < 512 ? WORST : WORST_OF_MANY;
    assertClose("forward", worst, Definitions.forward(shape, x, w), y.data());
    assertClose("input gradient", worst, Definitions.inputGradient(shape, dy, w), dx.data());
    assertClose("weight gradient", worst, Definitions.weightGradient(shape, x, dy), dw.data());
  }

  /** Images of the last stages of a ResNet-18, which have 512 channels. */
  static List<ConvShape> lastStages() {
    return List.of(
        new ConvShape(4, 4, 4, 512, 64, 3, 3, 1, 1), new ConvShape(1, 8, 8, 512, 64, 3, 3, 1, 1));
  }

  /**
   * Rectified normal inputs, weights as He et al. (2015) draw them: by the relative L2 distance
   * from double precision, Winograd errs 2.2 times as much as the plain sum (bench/SPEED.md).
   */
  @ParameterizedTest
  @MethodSource("lastStages")
  void over512ChannelsItErrsAtMostThreeTimesAsMuchAsThePlainSum(ConvShape shape) {
    CounterRandom normal = CounterRandom.of(7, "winograd");
    float[] x = new float[shape.xLength()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.max(0, normal.split(1).normal(i));
    }
    float[] w = new float[shape.weightLength()];
    double deviation = Math.sqrt(2.0 / (9 * shape.c()));
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) (deviation * normal.split(2).normal(i));
    }
    double[] expected = Definitions.forward(shape, x, w).value();
    double plain = distance(ConvAlgorithm.PATCHES, shape, x, w, expected);
    double winograd = distance(WINOGRAD, shape, x, w, expected);
    assertTrue(plain < 5e-7, () -> "the plain sum errs by " + plain);
    assertTrue(winograd < 3 * plain, () -> winograd + ", and the plain sum " + plain);
  }

  private static double distance(
      ConvAlgorithm way, ConvShape shape, float[] x, float[] w, double[] expected) {
    HostBuffer y = HostBuffer.wrap(new float[shape.yLength()]);
    try (Workers team = new Workers(1)) {
      new Conv2dForward(way, shape, HostBuffer.wrap(x), HostBuffer.wrap(w), Epilogue.NONE, y, team)
          .run();
    }
    double gaps = 0;
    double squares = 0;
    for (int i = 0; i < expected.length; i++) {
      gaps += (y.data()[i] - expected[i]) * (y.data()[i] - expected[i]);
      squares += expected[i] * expected[i];
    }
    return Math.sqrt(gaps / squares);
  }

  private static void assertClose(
      String what, double bound, Definitions.Sums expected, float[] received) {
    double squares = Arrays.stream(expected.value()).map(v -> v * v).sum();
    double rms = Math.sqrt(squares / received.length);
    double worst = 0;
    for (int i = 0; i < received.length; i++) {
      worst = Math.max(worst, Math.abs(received[i] - expected.value()[i]));
    }
    double share = worst / rms;
    assertTrue(share < bound, what + ": worst error is " + share + " of the root mean square");
  }

  @Test
  void anInfiniteInputSpoilsItsTilesAndNothingElse() {
    ConvShape shape = new ConvShape(1, 8, 8, 16, 16, 3, 3, 1, 1);
    float[] x = new float[shape.xLength()];
    Arrays.fill(x, 1);
    int row = 4;
    int column = 4;
    x[(row * 8 + column) * 16 + 3] = Float.POSITIVE_INFINITY;
    float[] w = new float[shape.weightLength()];
    Arrays.fill(w, 1);
    HostBuffer y = HostBuffer.wrap(new float[shape.yLength()]);
    try (Workers team = new Workers(1)) {
      new Conv2dForward(
              WINOGRAD, shape, HostBuffer.wrap(x), HostBuffer.wrap(w), Epilogue.NONE, y, team)
          .run();
    }
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 8; j++) {
        float value = y.data()[(i * 8 + j) * 16];
        boolean reached = Math.abs(i - row) <= 1 && Math.abs(j - column) <= 1;
        boolean inTile = i >= 2 && i <= 5 && j >= 2 && j <= 5;
        if (reached) {
          assertFalse(Float.isFinite(value), "row " + i + ", column " + j);
        } else if (!inTile) {
          int rows = i == 0 || i == 7 ? 2 : 3;
          int columns = j == 0 || j == 7 ? 2 : 3;
          assertEquals(16 * rows * columns, value, "row " + i + ", column " + j);
        }
      }
    }
  }
}
