package engram.data.synthetic;

import java.util.Arrays;
import java.util.List;

/**
 * Films one frame: paints back to front in linear light, lights the sign, blurs, then exposes as a
 * camera does (overexposed light is cut, the rest is encoded as sRGB with noise). Not for use by
 * two threads at once.
 */
final class FrameRenderer {

  /** Pixels a side. */
  static final int SIZE = 32;

  private static final int AREA = SIZE * SIZE;

  /** Samples a side that a pixel takes of the sign's texture. */
  private static final int SAMPLES = 2;

  /** Brightness of stray light against white paint. */
  private static final float VEIL_LIGHT = 0.6f;

  private final Blur blur = new Blur();
  private final float[] planes = new float[3 * AREA];
  private final float[] light = new float[3];
  private final float[] sign = new float[4];

  /**
   * Writes {@code frame} of {@code track} to {@code out} at {@code offset}: row, column, channel.
   */
  void render(SignTexture texture, Track track, int frame, byte[] out, int offset) {
    View view = track.approach().view(frame);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        paint(texture, track, view, x, y);
        int i = y * SIZE + x;
        planes[i] = light[0];
        planes[AREA + i] = light[1];
        planes[2 * AREA + i] = light[2];
      }
    }
    blur.gaussian(planes, view.blur());
    blur.motion(planes, view.smearX(), view.smearY());
    expose(track.lighting(), view, out, offset);
  }

  private void paint(SignTexture texture, Track track, View view, int x, int y) {
    Scenery scenery = track.scenery();
    Lighting lighting = track.lighting();
    scenery
        .backdrop()
        .read(
            light,
            view.backdropX() + (x - SIZE / 2f) * view.backdropZoom(),
            view.backdropY() + (y - SIZE / 2f) * view.backdropZoom());
    for (int k = 0; k < 3; k++) {
      light[k] *= lighting.behind();
    }
    Homography face = view.face();
    float pixel = view.pixel();
    float u = face.u(x + 0.5f, y + 0.5f);
    float v = face.v(x + 0.5f, y + 0.5f);
    float lit = lighting.at(u, v);
    paintAll(scenery.behind(), u, v, pixel, lit);
    if (Math.max(Math.abs(u), Math.abs(v)) < 1 + 2 * pixel) {
      paintSign(texture, face, x, y, lit, lighting.fading());
      if (sign[3] > 0.5f) {
        paintAll(scenery.stains(), u, v, pixel, lit);
      }
    }
    float nearU = u - view.parallaxX();
    float nearV = v - view.parallaxY();
    paintAll(scenery.inFront(), nearU, nearV, pixel, lighting.behind());
  }

  private void paintAll(List<Thing> things, float u, float v, float pixel, float brightness) {
    for (int i = 0; i < things.size(); i++) {
      things.get(i).paint(light, u, v, pixel, brightness);
    }
  }

  private void paintSign(
      SignTexture texture, Homography face, int x, int y, float lit, float fading) {
    Arrays.fill(sign, 0);
    for (int j = 0; j < SAMPLES; j++) {
      float py = y + (j + 0.5f) / SAMPLES;
      for (int i = 0; i < SAMPLES; i++) {
        float px = x + (i + 0.5f) / SAMPLES;
        texture.addTo(sign, face.u(px, py), face.v(px, py), 1f / (SAMPLES * SAMPLES));
      }
    }
    float grey = (sign[0] + sign[1] + sign[2]) / 3;
    for (int k = 0; k < 3; k++) {
      float paint = sign[k] + fading * (grey - sign[k]);
      light[k] = paint * lit + (1 - sign[3]) * light[k];
    }
  }

  private void expose(Lighting lighting, View view, byte[] out, int offset) {
    float[] gain = {lighting.red(), lighting.green(), lighting.blue()};
    float stray = lighting.veil() * VEIL_LIGHT;
    Dice dice = view.noise();
    for (int i = 0; i < AREA; i++) {
      for (int k = 0; k < 3; k++) {
        float received = planes[k * AREA + i] * (1 - lighting.veil()) + stray;
        float value =
            Light.encode(received * view.exposure() * gain[k]) + lighting.noise() * dice.fastBell();
        out[offset + 3 * i + k] = (byte) (int) Math.clamp(value + 0.5f, 0f, 255f);
      }
    }
  }
}
