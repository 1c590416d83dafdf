package engram.backend.vector.norm;

/** The plain loops; also the ends of rows that fill no vector. */
final class PlainNormLoops implements NormLoops {

  @Override
  public void sum(float[] x, int from, int to, int length, float[] sum, int sumAt) {
    for (int at = from; at < to; at += length) {
      sumPiece(x, at, 0, Math.min(length, to - at), sum, sumAt);
    }
  }

  static void sumPiece(float[] x, int at, int i, int count, float[] sum, int sumAt) {
    for (; i < count; i++) {
      sum[sumAt + i] += x[at + i];
    }
  }

  @Override
  public void squares(
      float[] x, int from, int to, int length, float[] scratch, int centreAt, int sumAt) {
    for (int at = from; at < to; at += length) {
      squaresPiece(x, at, 0, Math.min(length, to - at), scratch, centreAt, sumAt);
    }
  }

  static void squaresPiece(
      float[] x, int at, int i, int count, float[] scratch, int centreAt, int sumAt) {
    for (; i < count; i++) {
      float distance = x[at + i] - scratch[centreAt + i];
      scratch[sumAt + i] += distance * distance;
    }
  }

  @Override
  public void normalise(Normal normal, float[] x, int from, int to, float[] y, int shift) {
    int length = normal.pattern().length();
    for (int at = from; at < to; at += length) {
      normalise(normal, x, at, 0, Math.min(length, to - at), y, shift);
    }
  }

  static void normalise(Normal normal, float[] x, int at, int i, int count, float[] y, int shift) {
    for (; i < count; i++) {
      y[at + shift + i] = activated(normal, normal(normal, x[at + i], i));
    }
  }

  @Override
  public void normaliseAndAdd(
      Normal normal, float[] x, int from, int to, float[] r, int rShift, float[] y, int yShift) {
    int length = normal.pattern().length();
    for (int at = from; at < to; at += length) {
      normaliseAndAdd(normal, x, at, 0, Math.min(length, to - at), r, rShift, y, yShift);
    }
  }

  static void normaliseAndAdd(
      Normal normal,
      float[] x,
      int at,
      int i,
      int count,
      float[] r,
      int rShift,
      float[] y,
      int yShift) {
    for (; i < count; i++) {
      float value = normal(normal, x[at + i], i) + r[at + rShift + i];
      y[at + yShift + i] = activated(normal, value);
    }
  }

  @Override
  public void gradientSums(
      Normal normal,
      float[] x,
      int from,
      int to,
      float[] dy,
      int shift,
      float[] scratch,
      int gamma,
      int beta) {
    int length = normal.pattern().length();
    for (int at = from; at < to; at += length) {
      int count = Math.min(length, to - at);
      gradientSums(normal, x, at, 0, count, dy, shift, scratch, gamma, beta);
    }
  }

  static void gradientSums(
      Normal normal,
      float[] x,
      int at,
      int i,
      int count,
      float[] dy,
      int shift,
      float[] scratch,
      int gamma,
      int beta) {
    for (; i < count; i++) {
      float dz = gradient(normal, normal(normal, x[at + i], i), dy[at + shift + i]);
      scratch[beta + i] += dz;
      scratch[gamma + i] += dz * (x[at + i] - normal.centre[i]);
    }
  }

  @Override
  public void inputGradient(
      Normal normal,
      Slopes slopes,
      float[] x,
      int from,
      int to,
      float[] dy,
      int dyShift,
      float[] dx,
      int dxShift) {
    int length = normal.pattern().length();
    for (int at = from; at < to; at += length) {
      int count = Math.min(length, to - at);
      inputGradient(normal, slopes, x, at, 0, count, dy, dyShift, dx, dxShift);
    }
  }

  static void inputGradient(
      Normal normal,
      Slopes slopes,
      float[] x,
      int at,
      int i,
      int count,
      float[] dy,
      int dyShift,
      float[] dx,
      int dxShift) {
    for (; i < count; i++) {
      float dz = gradient(normal, normal(normal, x[at + i], i), dy[at + dyShift + i]);
      float distance = x[at + i] - normal.centre[i];
      dx[at + dxShift + i] = slopes.scale[i] * dz + slopes.slope[i] * distance + slopes.shift[i];
    }
  }

  private static float normal(Normal normal, float x, int i) {
    return (x - normal.centre[i]) * normal.factor[i] + normal.shift[i];
  }

  private static float activated(Normal normal, float z) {
    return z <= 0 ? (normal.relu ? 0 : normal.slope * z) : z;
  }

  /** A NaN passes a ReLU's gradient on and not a leaky one's, as in PyTorch. */
  private static float gradient(Normal normal, float z, float dy) {
    if (normal.relu) {
      return z <= 0 ? 0 : dy;
    }
    return z > 0 ? dy : normal.slope * dy;
  }
}
