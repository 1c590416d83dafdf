package engram.backend.vector.norm;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops on the Vector API. */
final class VectorNormLoops implements NormLoops {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;

  @Override
  public void sum(float[] x, int from, int to, int length, float[] sum, int sumAt) {
    for (int at = from; at < to; at += length) {
      int count = Math.min(length, to - at);
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        load(sum, sumAt + i).add(load(x, at + i)).intoArray(sum, sumAt + i);
      }
      PlainNormLoops.sumPiece(x, at, i, count, sum, sumAt);
    }
  }

  @Override
  public void squares(
      float[] x, int from, int to, int length, float[] scratch, int centreAt, int sumAt) {
    for (int at = from; at < to; at += length) {
      int count = Math.min(length, to - at);
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector distance = load(x, at + i).sub(load(scratch, centreAt + i));
        load(scratch, sumAt + i).add(distance.mul(distance)).intoArray(scratch, sumAt + i);
      }
      PlainNormLoops.squaresPiece(x, at, i, count, scratch, centreAt, sumAt);
    }
  }

  @Override
  public void normalise(Normal normal, float[] x, int from, int to, float[] y, int shift) {
    int length = normal.pattern().length();
    for (int at = from; at < to; at += length) {
      int count = Math.min(length, to - at);
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector z = normal(normal, load(x, at + i), i);
        activated(normal, z).intoArray(y, at + shift + i);
      }
      PlainNormLoops.normalise(normal, x, at, i, count, y, shift);
    }
  }

  @Override
  public void normaliseAndAdd(
      Normal normal, float[] x, int from, int to, float[] r, int rShift, float[] y, int yShift) {
    int length = normal.pattern().length();
    for (int at = from; at < to; at += length) {
      int count = Math.min(length, to - at);
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector z = normal(normal, load(x, at + i), i).add(load(r, at + rShift + i));
        activated(normal, z).intoArray(y, at + yShift + i);
      }
      PlainNormLoops.normaliseAndAdd(normal, x, at, i, count, r, rShift, y, yShift);
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
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector value = load(x, at + i);
        FloatVector dz = gradient(normal, normal(normal, value, i), load(dy, at + shift + i));
        FloatVector distance = value.sub(load(normal.centre, i));
        load(scratch, beta + i).add(dz).intoArray(scratch, beta + i);
        load(scratch, gamma + i).add(dz.mul(distance)).intoArray(scratch, gamma + i);
      }
      PlainNormLoops.gradientSums(normal, x, at, i, count, dy, shift, scratch, gamma, beta);
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
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector value = load(x, at + i);
        FloatVector dz = gradient(normal, normal(normal, value, i), load(dy, at + dyShift + i));
        FloatVector distance = value.sub(load(normal.centre, i));
        load(slopes.scale, i)
            .mul(dz)
            .add(load(slopes.slope, i).mul(distance))
            .add(load(slopes.shift, i))
            .intoArray(dx, at + dxShift + i);
      }
      PlainNormLoops.inputGradient(normal, slopes, x, at, i, count, dy, dyShift, dx, dxShift);
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }

  private static FloatVector normal(Normal normal, FloatVector x, int i) {
    return x.sub(load(normal.centre, i)).mul(load(normal.factor, i)).add(load(normal.shift, i));
  }

  private static FloatVector activated(Normal normal, FloatVector z) {
    if (normal.relu) {
      return z.blend(0, z.compare(LE, 0));
    }
    return z.mul(normal.slope).blend(z, z.compare(GT, 0));
  }

  private static FloatVector gradient(Normal normal, FloatVector z, FloatVector dy) {
    if (normal.relu) {
      return dy.blend(0, z.compare(LE, 0));
    }
    return dy.mul(normal.slope).blend(dy, z.compare(GT, 0));
  }
}
