package engram.backend.vector.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.vector.Arena;
import engram.backend.vector.KernelCases;
import engram.backend.vector.conv.ConvCosts.Direction;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {
  static List<ConvShape> shapes() {
    return KernelCases.convolutions();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void allThreeDirectionsMatchPlainLoopsOnAnyNumberOfWorkers(ConvShape shape) {
    KernelCases.check(shape);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void epilogueAddsBiasActivatesAndPools(ConvShape shape) {
    KernelCases.ways(Direction.FORWARD, shape).forEach(way -> checkEpilogue(way, shape));
  }

  private static void checkEpilogue(ConvAlgorithm way, ConvShape shape) {
    float slope = 0.01f;
    float[] bias = Arena.random(shape.o(), 3);
    int pooled = shape.n() * (shape.outH() / 2) * (shape.outW() / 2) * shape.o();
    Arena arena =
        new Arena(
            shape.xLength(),
            shape.weightLength(),
            bias.length,
            shape.yLength(),
            shape.yLength(),
            pooled,
            pooled);
    HostBuffer x = arena.input(Arena.random(shape.xLength(), 1));
    HostBuffer w = arena.input(Arena.random(shape.weightLength(), 2));
    HostBuffer b = arena.input(bias);
    HostBuffer plain = arena.output(shape.yLength());
    HostBuffer activated = arena.output(shape.yLength());
    HostBuffer most = arena.output(pooled);
    HostBuffer index = arena.output(pooled);
    Epilogue activation = Epilogue.NONE.withBias(b).withLeakyRelu(slope);
    try (Workers team = new Workers(2)) {
      new Conv2dForward(way, shape, x, w, Epilogue.NONE, plain, team).run();
      new Conv2dForward(way, shape, x, w, activation, activated, team).run();
      new Conv2dForward(way, shape, x, w, activation.withMaxPool(index), most, team).run();
    }
    float[] expected = Arena.read(plain, shape.yLength());
    for (int i = 0; i < expected.length; i++) {
      float v = expected[i] + bias[i % shape.o()];
      expected[i] = v > 0 ? v : slope * v;
    }
    assertArrayEquals(expected, Arena.read(activated, expected.length));
    checkPool(shape, expected, Arena.read(most, pooled), Arena.read(index, pooled));
    arena.checkGuards();
  }

  private static void checkPool(ConvShape s, float[] y, float[] most, float[] index) {
    int at = 0;
    for (int n = 0; n < s.n(); n++) {
      for (int i = 0; i < s.outH() / 2; i++) {
        for (int j = 0; j < s.outW() / 2; j++) {
          for (int o = 0; o < s.o(); o++, at++) {
            float[] window = new float[4];
            for (int p = 0; p < 4; p++) {
              int row = n * s.outH() + 2 * i + p / 2;
              window[p] = y[(row * s.outW() + 2 * j + p % 2) * s.o() + o];
            }
            float expected =
                Math.max(Math.max(window[0], window[1]), Math.max(window[2], window[3]));
            assertEquals(expected, most[at], "pooled value " + at);
            assertEquals(expected, window[(int) index[at]], "value at the index of " + at);
          }
        }
      }
    }
  }

  @Test
  void poolingPicksTheFirstMaximumAndTheLastNaN() {
    float nan = Float.NaN;
    float low = Float.NEGATIVE_INFINITY;
    float[][] windows = {
      {1, 1, 1, 1},
      {1, 2, 2, 0},
      {0, 1, 3, 3},
      {0, 0, 0, 1},
      {nan, 5, 6, 7},
      {1, nan, 9, nan},
      {low, low, low, low},
      {-0f, 0f, -0f, 0f}
    };
    float[] expected = {0, 1, 2, 3, 0, 3, 0, 0};
    for (int i = 0; i < windows.length; i++) {
      HostBuffer y = HostBuffer.wrap(new float[1]);
      HostBuffer index = HostBuffer.wrap(new float[1]);
      try (Workers team = new Workers(1)) {
        ConvShape shape = new ConvShape(1, 2, 2, 1, 1, 1, 1, 1, 0);
        Epilogue pool = Epilogue.NONE.withMaxPool(index);
        new Conv2dForward(
                ConvAlgorithm.PATCHES,
                shape,
                HostBuffer.wrap(windows[i]),
                HostBuffer.wrap(1),
                pool,
                y,
                team)
            .run();
      }
      assertEquals(expected[i], index.data()[0], "index in " + Arrays.toString(windows[i]));
      assertEquals(windows[i][(int) expected[i]] + 0f, y.data()[0]);
    }
  }

  @Test
  void nanAndInfinityReachExactlyTheOutputsWhosePatchHoldsThem() {
    ConvShape shape = new ConvShape(1, 6, 6, 2, 3, 3, 3, 1, 1);
    float[] x = new float[shape.xLength()];
    Arrays.fill(x, 1);
    x[(2 * 6 + 3) * 2 + 1] = Float.NaN;
    x[(5 * 6 + 0) * 2] = Float.POSITIVE_INFINITY;
    float[] w = new float[shape.weightLength()];
    Arrays.fill(w, 1);
    HostBuffer y = HostBuffer.wrap(new float[shape.yLength()]);
    try (Workers team = new Workers(2)) {
      new Conv2dForward(
              ConvAlgorithm.PATCHES,
              shape,
              HostBuffer.wrap(x),
              HostBuffer.wrap(w),
              Epilogue.NONE,
              y,
              team)
          .run();
    }
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        float value = y.data()[(i * 6 + j) * 3];
        boolean nan = Math.abs(i - 2) <= 1 && Math.abs(j - 3) <= 1;
        boolean infinite = i >= 4 && j <= 1;
        assertEquals(nan, Float.isNaN(value), "row " + i + ", column " + j);
        assertEquals(infinite, Float.isInfinite(value), "row " + i + ", column " + j);
      }
    }
  }

  @Test
  void shapesThatCannotBeAreRefusedWithTheReason() {
    IllegalArgumentException tooLarge =
        assertThrows(
            IllegalArgumentException.class, () -> new ConvShape(1, 3, 3, 1, 1, 6, 6, 1, 1));
    assertTrue(tooLarge.getMessage().contains("larger than the padded image 5 x 5"));
    ConvShape shape = new ConvShape(1, 3, 3, 1, 1, 3, 3, 1, 1);
    try (Workers team = new Workers(1)) {
      HostBuffer small = HostBuffer.wrap(new float[8]);
      HostBuffer w = HostBuffer.wrap(new float[9]);
      HostBuffer y = HostBuffer.wrap(new float[9]);
      IllegalArgumentException tooSmall =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  new Conv2dForward(
                      ConvAlgorithm.PATCHES, shape, small, w, Epilogue.NONE, y, team));
      assertTrue(tooSmall.getMessage().contains("convolution input needs 9 floats"));
    }
    assertThrows(IllegalArgumentException.class, () -> Epilogue.NONE.withLeakyRelu(-0.1f));
  }
}
