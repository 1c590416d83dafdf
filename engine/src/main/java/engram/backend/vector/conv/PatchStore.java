package engram.backend.vector.conv;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Carries the sums of a band of output rows from scratch memory to the output, through an {@link
 * Epilogue}.
 */
final class PatchStore {
  private static final int L = Lanes.COUNT;
  private static final FloatVector ZERO = FloatVector.zero(SPECIES);
  private static final FloatVector ONE = FloatVector.broadcast(SPECIES, 1);
  private static final FloatVector TWO = FloatVector.broadcast(SPECIES, 2);
  private static final FloatVector THREE = FloatVector.broadcast(SPECIES, 3);

  private final HostBuffer y;
  private final Epilogue epilogue;
  private final int outputs;
  private final int outH;
  private final int outW;
  private final boolean pools;
  private final float[] bias;
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
    index = epilogue.poolIndex().map(HostBuffer::data).orElseGet(() -> new float[0]);
    indexAt = epilogue.poolIndex().map(HostBuffer::offset).orElse(0);
  }

  /** Reads what may have changed since the last run. */
  void prepare() {
    if (epilogue.bias().isPresent()) {
      HostBuffer from = epilogue.bias().get();
      System.arraycopy(from.data(), from.offset(), bias, 0, outputs);
    }
  }

  /** Whether sums are stored as they are, so that a tile may write them to their place itself. */
  boolean isPlain() {
    return epilogue.isNone();
  }

  float[] array() {
    return y.data();
  }

  /** Where the sums of an output row begin, if they are stored plainly. */
  int plainAt(int image, int row) {
    return y.offset() + (image * outH + row) * outW * outputs;
  }

  /**
   * Stores a band.
   *
   * @param sums {@code [rows, outW, step]}
   * @param step floats between pixels: the output channels padded to whole vectors
   */
  void store(float[] sums, int sumsAt, int step, int image, int row, int rows) {
    if (pools) {
      int height = outH / 2;
      int width = outW / 2;
      for (int r = row / 2; r < Math.min((row + rows) / 2, height); r++) {
        int from = sumsAt + (2 * r - row) * outW * step;
        for (int q = 0; q < width; q++) {
          int to = ((image * height + r) * width + q) * outputs;
          storePooled(sums, from + 2 * q * step, step, to);
        }
      }
    } else if (isPlain()) {
      int to = plainAt(image, row);
      for (int p = 0; p < rows * outW; p++) {
        System.arraycopy(sums, sumsAt + p * step, y.data(), to + p * outputs, outputs);
      }
    } else {
      int to = plainAt(image, row);
      for (int p = 0; p < rows * outW; p++) {
        storePixel(sums, sumsAt + p * step, to + p * outputs);
      }
    }
  }

  private void storePixel(float[] sums, int from, int to) {
    FloatVector slope = FloatVector.broadcast(SPECIES, epilogue.slope());
    float[] out = y.data();
    for (int o = 0; o < outputs; o += L) {
      FloatVector v =
          FloatVector.fromArray(SPECIES, sums, from + o)
              .add(FloatVector.fromArray(SPECIES, bias, o));
      v = v.mul(slope).blend(v, v.compare(VectorOperators.GT, ZERO));
      if (o + L <= outputs) {
        v.intoArray(out, to + o);
      } else {
        v.intoArray(out, to + o, SPECIES.indexInRange(o, outputs));
      }
    }
  }

  private void storePooled(float[] sums, int from, int step, int to) {
    FloatVector slope = FloatVector.broadcast(SPECIES, epilogue.slope());
    float[] out = y.data();
    int below = from + outW * step;
    int toY = y.offset() + to;
    int toIndex = indexAt + to;
    for (int o = 0; o < outputs; o += L) {
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
      v = v.mul(slope).blend(v, v.compare(VectorOperators.GT, ZERO));
      if (o + L <= outputs) {
        v.intoArray(out, toY + o);
        argmax.intoArray(index, toIndex + o);
      } else {
        VectorMask<Float> some = SPECIES.indexInRange(o, outputs);
        v.intoArray(out, toY + o, some);
        argmax.intoArray(index, toIndex + o, some);
      }
    }
  }

  private static VectorMask<Float> wins(FloatVector next, FloatVector most) {
    return next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
  }
}
