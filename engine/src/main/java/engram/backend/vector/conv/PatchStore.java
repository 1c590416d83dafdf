package engram.backend.vector.conv;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Carries the sums of a band of output rows from scratch memory to the output, through an {@link
 * Epilogue}.
 */
final class PatchStore implements SumStore {
  private static final int L = Lanes.COUNT;
  private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);
  private static final FloatVector TWO = FloatVector.broadcast(SPECIES, 2);
  private static final FloatVector THREE = FloatVector.broadcast(SPECIES, 3);

  private static final float[] NOTHING = {};

  private final HostBuffer y;
  private final Epilogue epilogue;
  private final int outputs;
  private final int outH;
  private final int outW;
  private final boolean pools;
  private final float[] bias;
  private final float[] residual;
  private final int residualAt;
  private final float[] index;
  private final int indexAt;

  PatchStore(HostBuffer y, Epilogue epilogue, int outputs, int outH, int outW) {
    this.y = y;
    this.epilogue = epilogue;
    this.outputs = outputs;
    this.outH = outH;
    this.outW = outW;
    pools = epilogue.poolIndex().isPresent();
    bias = new float[Lanes.roundUp(outputs, L)];
    residual = epilogue.residual().map(HostBuffer::data).orElse(NOTHING);
    residualAt = epilogue.residual().map(HostBuffer::offset).orElse(0) - y.offset();
    index = epilogue.poolIndex().map(HostBuffer::data).orElse(NOTHING);
    indexAt = epilogue.poolIndex().map(HostBuffer::offset).orElse(0);
  }

  @Override
  public void prepare() {
    if (epilogue.bias().isPresent()) {
      HostBuffer from = epilogue.bias().get();
      System.arraycopy(from.data(), from.offset(), bias, 0, outputs);
    }
  }

  @Override
  public boolean isPlain() {
    return epilogue.isNone();
  }

  @Override
  public float[] array() {
    return y.data();
  }

  @Override
  public int plainAt(int image, int row) {
    return y.offset() + (image * outH + row) * outW * outputs;
  }

  @Override
  public void store(
      float[] sums, int sumsAt, int step, int image, int row, int rows, int first, int last) {
    int end = Math.min(last, outputs);
    if (pools) {
      int height = outH / 2;
      int width = outW / 2;
      for (int r = row / 2; r < Math.min((row + rows) / 2, height); r++) {
        int from = sumsAt + (2 * r - row) * outW * step;
        for (int q = 0; q < width; q++) {
          int to = ((image * height + r) * width + q) * outputs;
          storePooled(sums, from + 2 * q * step, step, to, first, end);
        }
      }
    } else if (isPlain()) {
      int to = plainAt(image, row);
      for (int p = 0; p < rows * outW; p++) {
        int from = sumsAt + p * step + first;
        System.arraycopy(sums, from, y.data(), to + p * outputs + first, end - first);
      }
    } else {
      int to = plainAt(image, row);
      for (int o = first; o < end; o += L) {
        if (o + L <= end) {
          storeChannels(sums, sumsAt + o, step, to + o, rows * outW, o);
        } else {
          VectorMask<Float> some = SPECIES.indexInRange(o, end);
          storeLastChannels(sums, sumsAt + o, step, to + o, rows * outW, o, some);
        }
      }
    }
  }

  /** A vector of channels of {@code pixels} pixels, from channel {@code o} on. */
  private void storeChannels(float[] sums, int from, int step, int to, int pixels, int o) {
    FloatVector ofBias = FloatVector.fromArray(SPECIES, bias, o);
    FloatVector slope = FloatVector.broadcast(SPECIES, epilogue.slope());
    IntVector keep = IntVector.broadcast(INTS, epilogue.slope() == 0 ? 0 : -1);
    boolean adds = residual.length > 0;
    float[] out = y.data();
    for (int p = 0; p < pixels; p++) {
      int at = to + p * outputs;
      FloatVector v = FloatVector.fromArray(SPECIES, sums, from + p * step).add(ofBias);
      if (adds) {
        v = v.add(FloatVector.fromArray(SPECIES, residual, residualAt + at));
      }
      activated(v, slope, keep).intoArray(out, at);
    }
  }

  /** The same where the last channels do not fill a vector. */
  private void storeLastChannels(
      float[] sums, int from, int step, int to, int pixels, int o, VectorMask<Float> some) {
    FloatVector ofBias = FloatVector.fromArray(SPECIES, bias, o);
    FloatVector slope = FloatVector.broadcast(SPECIES, epilogue.slope());
    IntVector keep = IntVector.broadcast(INTS, epilogue.slope() == 0 ? 0 : -1);
    boolean adds = residual.length > 0;
    float[] out = y.data();
    for (int p = 0; p < pixels; p++) {
      int at = to + p * outputs;
      FloatVector v = FloatVector.fromArray(SPECIES, sums, from + p * step).add(ofBias);
      if (adds) {
        v = v.add(FloatVector.fromArray(SPECIES, residual, residualAt + at, some));
      }
      activated(v, slope, keep).intoArray(out, at, some);
    }
  }

  /**
   * Leaky ReLU, or ReLU where {@code keep} is 0: then a product with the slope, which would be NaN
   * for -infinity, is cleared bit by bit.
   */
  private static FloatVector activated(FloatVector v, FloatVector slope, IntVector keep) {
    FloatVector negative = v.mul(slope).reinterpretAsInts().and(keep).reinterpretAsFloats();
    return v.blend(negative, v.compare(VectorOperators.LE, ZERO));
  }

  private void storePooled(float[] sums, int from, int step, int to, int first, int end) {
    FloatVector slope = FloatVector.broadcast(SPECIES, epilogue.slope());
    IntVector keep = IntVector.broadcast(INTS, epilogue.slope() == 0 ? 0 : -1);
    float[] out = y.data();
    int below = from + outW * step;
    int toY = y.offset() + to;
    int toIndex = indexAt + to;
    for (int o = first; o < end; o += L) {
      FloatVector most = FloatVector.fromArray(SPECIES, sums, from + o);
      FloatVector argmax = ZERO;
      FloatVector next = FloatVector.fromArray(SPECIES, sums, from + step + o);
      VectorMask<Float> wins = wins(next, most);
      most = most.blend(next, wins);
      argmax = argmax.blend(ONE, wins);
      next = FloatVector.fromArray(SPECIES, sums, below + o);
      wins = wins(next, most);
      most = most.blend(next, wins);
      argmax = argmax.blend(TWO, wins);
      next = FloatVector.fromArray(SPECIES, sums, below + step + o);
      wins = wins(next, most);
      most = most.blend(next, wins);
      argmax = argmax.blend(THREE, wins);
      FloatVector v = most.add(FloatVector.fromArray(SPECIES, bias, o));
      v = activated(v, slope, keep);
      if (o + L <= end) {
        v.intoArray(out, toY + o);
        argmax.intoArray(index, toIndex + o);
      } else {
        VectorMask<Float> some = SPECIES.indexInRange(o, end);
        v.intoArray(out, toY + o, some);
        argmax.intoArray(index, toIndex + o, some);
      }
    }
  }

  private static VectorMask<Float> wins(FloatVector next, FloatVector most) {
    return next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
  }
}
