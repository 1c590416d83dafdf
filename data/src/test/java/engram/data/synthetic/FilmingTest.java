package engram.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The parts of the camera: geometry, blur, light, randomness. */
class FilmingTest {

  private static final int SIZE = FrameRenderer.SIZE;

  @Test
  void signGrowsInTheCropAndGetsSharperAsTheCarNears() {
    for (int track = 0; track < 50; track++) {
      Approach approach = new Approach(Dice.of(3, track), 1);
      for (int frame = 1; frame < Track.FRAMES; frame++) {
        double before = approach.view(frame - 1).pixel();
        double after = approach.view(frame).pixel();
        // Beyond 50 pixels the margin grows with the sign and its share of the crop stays.
        assertTrue(after <= before * 1.000001, "track %d, frame %d".formatted(track, frame));
      }
      assertTrue(approach.view(Track.FRAMES - 1).blur() < 1.3 * approach.view(0).blur());
    }
  }

  @Test
  void homographyFindsTheCornersOfATurnedSign() {
    double yaw = StrictMath.toRadians(30);
    double perspective = 0.2;
    Homography face = Homography.of(16, 15, 10, 12, 30, 0, 0, perspective);
    assertEquals(0, face.u(16, 15), 1e-5);
    assertEquals(0, face.v(16, 15), 1e-5);
    // The point (u, v) is (u cos, v, -u sin) in space and appears divided by 1 + p z.
    double depth = 1 - perspective * StrictMath.sin(yaw);
    double x = 16 + 10 * StrictMath.cos(yaw) / depth;
    double y = 15 - 12 / depth;
    assertEquals(1, face.u((float) x, (float) y), 1e-5);
    assertEquals(-1, face.v((float) x, (float) y), 1e-5);
  }

  @Test
  void blurKeepsTheSumOfLight() {
    float[] planes = new float[3 * SIZE * SIZE];
    planes[SIZE * SIZE + 16 * SIZE + 16] = 1;
    Blur blur = new Blur();
    blur.gaussian(planes, 1.2f);
    blur.motion(planes, 3, -2);
    assertEquals(1, sum(planes), 1e-4);
    assertTrue(planes[SIZE * SIZE + 16 * SIZE + 16] < 0.2);
    assertEquals(0, planes[16 * SIZE + 16], "another plane");
  }

  @Test
  void motionBlursAlongItsDirectionOnly() {
    float[] planes = new float[3 * SIZE * SIZE];
    planes[16 * SIZE + 16] = 1;
    new Blur().motion(planes, 4, 0);
    assertTrue(planes[16 * SIZE + 14] > 0.05 && planes[16 * SIZE + 18] > 0.05);
    assertEquals(0, planes[15 * SIZE + 16], 1e-6);
    assertEquals(planes[16 * SIZE + 14], planes[16 * SIZE + 18], 1e-6, "symmetric");
  }

  @Test
  void longestMotionStaysInReach() {
    float[] planes = new float[3 * SIZE * SIZE];
    Arrays.fill(planes, 0.5f);
    Blur blur = new Blur();
    blur.motion(planes, 60, -80);
    blur.gaussian(planes, 40);
    for (float value : planes) {
      assertEquals(0.5, value, 1e-4);
    }
  }

  @Test
  void lightSurvivesEncoding() {
    for (int value = 0; value < 256; value++) {
      assertEquals(value, Light.encode(Light.linear(value)), 0.5);
    }
    assertEquals(255, Light.encode(7));
    assertEquals(0, Light.encode(-1));
  }

  @Test
  void diceWithOneKeyRollTheSame() {
    Dice a = Dice.of(1, 2, 3);
    Dice b = Dice.of(1, 2, 3);
    Dice c = Dice.of(1, 3, 2);
    assertEquals(a.bits(), b.bits());
    assertTrue(a.bits() != c.bits());
  }

  @Test
  void bellsHaveMeanZeroAndVarianceOne() {
    Dice dice = Dice.of(5);
    int n = 100_000;
    double[] sums = new double[4];
    for (int i = 0; i < n; i++) {
      double bell = dice.bell();
      double fast = dice.fastBell();
      sums[0] += bell;
      sums[1] += bell * bell;
      sums[2] += fast;
      sums[3] += fast * fast;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= n;
    }
    assertArrayEquals(new double[] {0, 1, 0, 1}, sums, 0.02);
  }

  @Test
  void noiseIsContinuousAcrossCells() {
    for (int i = -3; i < 3; i++) {
      assertEquals(Noise.at(9, i - 1e-6), Noise.at(9, i + 1e-6), 1e-4);
      assertEquals(Noise.at(9, i - 1e-6, 0.3), Noise.at(9, i + 1e-6, 0.3), 1e-4);
    }
  }

  @Test
  void thingCoversItsInsideAndHalfOfItsEdge() {
    Thing box = Thing.of(0.5, 0, 0.3, 0.1, 0, 90, new float[3]);
    assertEquals(1, box.coverage(0.5f, 0.2f, 0.01f));
    assertEquals(0.5, box.coverage(0.5f, 0.3f, 0.01f), 0.01);
    assertEquals(0, box.coverage(0.7f, 0, 0.01f));
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
