package engram.backend.vector.light;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LE;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops on the Vector API. Only operations that are exact or exactly rounded: the same bits as
 * the plain loops.
 */
final class VectorLoops implements Loops {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final PlainLoops REST = new PlainLoops();

  @Override
  public void leakyRelu(float slope, float[] x, int xAt, float[] y, int yAt, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, xAt + i);
      value.mul(slope).blend(value, value.compare(GT, 0)).intoArray(y, yAt + i);
    }
    REST.leakyRelu(slope, x, xAt + whole, y, yAt + whole, count - whole);
  }

  @Override
  public void leakyReluGradient(
      float slope, float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyAt + i);
      gradient
          .mul(slope)
          .blend(gradient, FloatVector.fromArray(SPECIES, y, yAt + i).compare(GT, 0))
          .intoArray(dx, dxAt + i);
    }
    REST.leakyReluGradient(
        slope, y, yAt + whole, dy, dyAt + whole, dx, dxAt + whole, count - whole);
  }

  @Override
  public void relu(float[] x, int xAt, float[] y, int yAt, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, xAt + i);
      value.blend(0, value.compare(LE, 0)).intoArray(y, yAt + i);
    }
    REST.relu(x, xAt + whole, y, yAt + whole, count - whole);
  }

  @Override
  public void reluGradient(
      float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, dy, dyAt + i)
          .blend(0, FloatVector.fromArray(SPECIES, y, yAt + i).compare(LE, 0))
          .intoArray(dx, dxAt + i);
    }
    REST.reluGradient(y, yAt + whole, dy, dyAt + whole, dx, dxAt + whole, count - whole);
  }

  @Override
  public void maxPoolRow(
      PoolShape shape, float[] x, int xAt, float[] y, int yAt, float[] indices, int indicesAt) {
    int channels = shape.channels();
    int whole = SPECIES.loopBound(channels);
    for (int q = 0; q < shape.outWidth(); q++) {
      int window = xAt + q * shape.stride() * channels;
      int out = q * channels;
      for (int c = 0; c < whole; c += SPECIES.length()) {
        FloatVector max = FloatVector.fromArray(SPECIES, x, window + c);
        FloatVector position = FloatVector.zero(SPECIES);
        for (int i = 0; i < shape.kernel(); i++) {
          int at = window + i * shape.rowLength() + c;
          for (int j = 0; j < shape.kernel(); j++) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, at + j * channels);
            var larger = value.compare(GT, max).or(value.test(IS_NAN));
            max = max.blend(value, larger);
            position = position.blend(i * shape.kernel() + j, larger);
          }
        }
        max.intoArray(y, yAt + out + c);
        position.intoArray(indices, indicesAt + out + c);
      }
      PlainLoops.window(shape, whole, x, window, y, yAt + out, indices, indicesAt + out);
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
    int channels = shape.channels();
    int whole = SPECIES.loopBound(channels);
    int firstP = shape.firstWindow(row);
    int lastP = shape.lastWindow(row, shape.outHeight());
    for (int column = 0; column < shape.width(); column++) {
      int firstQ = shape.firstWindow(column);
      int lastQ = shape.lastWindow(column, shape.outWidth());
      int pixel = dxAt + column * channels;
      for (int c = 0; c < whole; c += SPECIES.length()) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int p = firstP; p <= lastP; p++) {
          int above = (row - p * shape.stride()) * shape.kernel();
          for (int q = firstQ; q <= lastQ; q++) {
            int at = p * shape.outRowLength() + q * channels + c;
            var here =
                FloatVector.fromArray(SPECIES, indices, indicesAt + at)
                    .compare(EQ, above + column - q * shape.stride());
            sum =
                sum.add(
                    FloatVector.zero(SPECIES)
                        .blend(FloatVector.fromArray(SPECIES, dy, dyAt + at), here));
          }
        }
        sum.intoArray(dx, pixel + c);
      }
      PlainLoops.pixel(shape, row, column, whole, indices, indicesAt, dy, dyAt, dx, pixel);
    }
  }

  /**
   * The compiler does not make this of the plain loop: the arrays start at different offsets and
   * might be one array, and it cannot prove that they do not overlap.
   */
  @Override
  public void adam(AdamKernel step, int from, int to) {
    float[] parameters = step.p.data();
    float[] gradients = step.g.data();
    float[] means = step.m.data();
    float[] squares = step.v.data();
    int i = from;
    for (; i + SPECIES.length() <= to; i += SPECIES.length()) {
      FloatVector value = FloatVector.fromArray(SPECIES, parameters, step.p.offset() + i);
      FloatVector gradient =
          FloatVector.fromArray(SPECIES, gradients, step.g.offset() + i)
              .add(value.mul(step.addedDecay));
      FloatVector mean = FloatVector.fromArray(SPECIES, means, step.m.offset() + i);
      FloatVector square = FloatVector.fromArray(SPECIES, squares, step.v.offset() + i);
      mean = mean.add(gradient.sub(mean).mul(step.mix));
      square = square.mul(step.keepSquare).add(gradient.mul(gradient).mul(step.mixSquare));
      mean.intoArray(means, step.m.offset() + i);
      square.intoArray(squares, step.v.offset() + i);
      FloatVector scale = square.sqrt().div(step.squareCorrection).add(step.epsilon);
      value
          .mul(step.shrink)
          .sub(mean.mul(step.stride).div(scale))
          .intoArray(parameters, step.p.offset() + i);
    }
    REST.adam(step, i, to);
  }

  @Override
  public void sgd(SgdKernel step, int from, int to) {
    float[] parameters = step.p.data();
    float[] gradients = step.g.data();
    float[] velocities = step.velocity.data();
    boolean nesterov = step.nesterov;
    int i = from;
    for (; i + SPECIES.length() <= to; i += SPECIES.length()) {
      FloatVector value = FloatVector.fromArray(SPECIES, parameters, step.p.offset() + i);
      FloatVector d =
          FloatVector.fromArray(SPECIES, gradients, step.g.offset() + i).add(value.mul(step.decay));
      FloatVector v =
          FloatVector.fromArray(SPECIES, velocities, step.velocity.offset() + i)
              .mul(step.momentum)
              .add(d);
      v.intoArray(velocities, step.velocity.offset() + i);
      FloatVector move = nesterov ? v.mul(step.momentum).add(d) : v;
      value.sub(move.mul(step.stride)).intoArray(parameters, step.p.offset() + i);
    }
    REST.sgd(step, i, to);
  }
}
