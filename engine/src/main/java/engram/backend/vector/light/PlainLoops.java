package engram.backend.vector.light;

/** The plain loops; also the ends of rows that fill no vector. */
final class PlainLoops implements Loops {

  @Override
  public void leakyRelu(float slope, float[] x, int xAt, float[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      float value = x[xAt + i];
      y[yAt + i] = value > 0 ? value : slope * value;
    }
  }

  @Override
  public void leakyReluGradient(
      float slope, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int count) {
    for (int i = 0; i < count; i++) {
      float gradient = dy[dyAt + i];
      dx[dxAt + i] = y[yAt + i] > 0 ? gradient : slope * gradient;
    }
  }

  @Override
  public void relu(float[] x, int xAt, float[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = Math.max(x[xAt + i], 0);
    }
  }

  @Override
  public void reluGradient(
      float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int count) {
    for (int i = 0; i < count; i++) {
      dx[dxAt + i] = y[yAt + i] <= 0 ? 0 : dy[dyAt + i];
    }
  }

  @Override
  public void maxPoolRow(
      PoolShape shape, float[] x, int xAt, float[] y, int yAt, float[] indices, int indicesAt) {
    for (int q = 0; q < shape.outWidth(); q++) {
      int window = xAt + q * shape.stride() * shape.channels();
      int out = q * shape.channels();
      window(shape, 0, x, window, y, yAt + out, indices, indicesAt + out);
    }
  }

  /** One window, channels {@code from} on. */
  static void window(
      PoolShape shape,
      int from,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] indices,
      int indicesAt) {
    int kernel = shape.kernel();
    for (int c = from; c < shape.channels(); c++) {
      float max = x[xAt + c];
      int position = 0;
      for (int i = 0; i < kernel; i++) {
        int at = xAt + i * shape.rowLength() + c;
        for (int j = 0; j < kernel; j++) {
          float value = x[at + j * shape.channels()];
          if (value > max || Float.isNaN(value)) {
            max = value;
            position = i * kernel + j;
          }
        }
      }
      y[yAt + c] = max;
      indices[indicesAt + c] = position;
    }
  }

  @Override
  public void maxPoolGradientRow(
      PoolShape shape,
      int row,
      float[] indices,
      int indicesAt,
      float[] dy,
      int dyAt,
      float[] dx,
      int dxAt) {
    for (int column = 0; column < shape.width(); column++) {
      int at = dxAt + column * shape.channels();
      pixel(shape, row, column, 0, indices, indicesAt, dy, dyAt, dx, at);
    }
  }

  /** One pixel of the gradient, channels {@code from} on. */
  static void pixel(
      PoolShape shape,
      int row,
      int column,
      int from,
      float[] indices,
      int indicesAt,
      float[] dy,
      int dyAt,
      float[] dx,
      int dxAt) {
    int lastP = shape.lastWindow(row, shape.outHeight());
    int lastQ = shape.lastWindow(column, shape.outWidth());
    for (int c = from; c < shape.channels(); c++) {
      float sum = 0;
      for (int p = shape.firstWindow(row); p <= lastP; p++) {
        int above = (row - p * shape.stride()) * shape.kernel();
        for (int q = shape.firstWindow(column); q <= lastQ; q++) {
          int at = (p * shape.outWidth() + q) * shape.channels() + c;
          if (indices[indicesAt + at] == above + column - q * shape.stride()) {
            sum += dy[dyAt + at];
          }
        }
      }
      dx[dxAt + c] = sum;
    }
  }

  @Override
  public void adam(AdamKernel step, int from, int to) {
    float[] parameters = step.p.data();
    float[] gradients = step.g.data();
    float[] means = step.m.data();
    float[] squares = step.v.data();
    for (int i = from; i < to; i++) {
      float value = parameters[step.p.offset() + i];
      float gradient = gradients[step.g.offset() + i] + value * step.addedDecay;
      float mean = means[step.m.offset() + i];
      mean += (gradient - mean) * step.mix;
      float square =
          squares[step.v.offset() + i] * step.keepSquare + gradient * gradient * step.mixSquare;
      means[step.m.offset() + i] = mean;
      squares[step.v.offset() + i] = square;
      float scale = (float) Math.sqrt(square) / step.squareCorrection + step.epsilon;
      parameters[step.p.offset() + i] = value * step.shrink - mean * step.stride / scale;
    }
  }

  @Override
  public void sgd(SgdKernel step, int from, int to) {
    float[] parameters = step.p.data();
    float[] gradients = step.g.data();
    float[] velocities = step.velocity.data();
    for (int i = from; i < to; i++) {
      float value = parameters[step.p.offset() + i];
      float d = gradients[step.g.offset() + i] + step.decay * value;
      float v = step.momentum * velocities[step.velocity.offset() + i] + d;
      velocities[step.velocity.offset() + i] = v;
      float move = step.nesterov ? d + step.momentum * v : v;
      parameters[step.p.offset() + i] = value - step.stride * move;
    }
  }
}
