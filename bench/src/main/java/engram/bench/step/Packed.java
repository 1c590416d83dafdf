package engram.bench.step;

import engram.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Values as a page holds them: little-endian float32 in base64, exact bit for bit; whole numbers
 * from 0 to 255, such as indices of maxima, as bytes. What is a piece of another value is written
 * once. Large values are cut so that the page stays small: the smallest are whole.
 *
 * @param data all numbers, value after value
 */
record Packed(List<Value> values, String data) {
  /** Bytes for all values of a page, before base64 makes four characters of three. */
  private static final int BUDGET = 2_830_000;

  /** Elements of a value that does not fit. */
  private static final int LEAST = 256;

  /**
   * Where a value lies.
   *
   * @param elements that it has
   * @param kept how many of them the page holds, from the first on
   * @param at where they begin, in bytes; -1 where all are 0 and none is written
   * @param whole whether they are bytes
   */
  record Value(int elements, int kept, int at, boolean whole, Stats stats) {}

  /** How many elements of a tensor that a run made can be seen; of others none. */
  ToIntFunction<Tensor> keptOf(Capture run) {
    Map<Tensor, Integer> kept = new HashMap<>();
    run.steps().stream()
        .flatMap(ran -> ran.outputs().stream())
        .forEach(o -> kept.put(o.tensor(), values.get(o.value()).kept()));
    return tensor -> kept.getOrDefault(tensor, 0);
  }

  static Packed of(Capture run) {
    boolean[] bytewise = new boolean[run.size()];
    for (int i = 0; i < bytewise.length; i++) {
      bytewise[i] = isWhole(run.value(i));
    }
    boolean[] zero = new boolean[run.size()];
    for (int i = 0; i < zero.length; i++) {
      zero[i] = bytewise[i] && isZero(run.value(i));
    }
    Pieces pieces = Pieces.of(run, zero);
    int[] kept = kept(run, pieces, bytewise, zero);
    int[] at = new int[kept.length];
    int end = 0;
    for (int i = 0; i < kept.length; i++) {
      at[i] = end;
      end += (kept[i] * size(bytewise[i]) + 3) / 4 * 4; // floats lie at multiples of four
    }
    ByteBuffer bytes = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      float[] value = run.value(i);
      bytes.position(at[i]);
      for (int k = 0; k < kept[i]; k++) {
        if (bytewise[i]) {
          bytes.put((byte) value[k]);
        } else {
          bytes.putFloat(value[k]);
        }
      }
      int in = pieces.whole()[i];
      int start = zero[i] ? -1 : at[in] + pieces.from()[i] * size(bytewise[in]);
      int seen = zero[i] || pieces.isPiece(i) ? value.length : kept[i];
      values.add(new Value(value.length, seen, start, bytewise[in], Stats.of(value)));
    }
    return new Packed(values, Base64.getEncoder().encodeToString(bytes.array()));
  }

  private static int size(boolean bytewise) {
    return bytewise ? 1 : Float.BYTES;
  }

  /**
   * Number of elements of each value that are written: none of a piece of another. First come those
   * that have pieces, then the small ones.
   */
  private static int[] kept(Capture run, Pieces pieces, boolean[] bytewise, boolean[] zero) {
    int[] kept = new int[run.size()];
    int left = BUDGET - run.size() * Float.BYTES * LEAST;
    List<Integer> bySize =
        IntStream.range(0, kept.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> run.value(i).length))
            .toList();
    for (int i : bySize) {
      int length = run.value(i).length;
      if (pieces.hasPieces(i)) {
        if ((long) length * size(bytewise[i]) <= left) {
          kept[i] = length;
          left -= length * size(bytewise[i]);
        } else {
          pieces.release(i);
        }
      }
    }
    for (int i : bySize) {
      if (kept[i] == 0 && !zero[i] && !pieces.isPiece(i)) {
        int size = size(bytewise[i]);
        kept[i] = Math.min(run.value(i).length, Math.max(LEAST, Math.max(0, left) / size));
        left -= kept[i] * size;
      }
    }
    return kept;
  }

  /** Of whole numbers, among which is no minus zero. */
  private static boolean isZero(float[] value) {
    for (float v : value) {
      if (v != 0) {
        return false;
      }
    }
    return true;
  }

  /** Minus zero is none: a byte cannot hold its sign. */
  private static boolean isWhole(float[] value) {
    for (float v : value) {
      if (!(v >= 0 && v <= 255 && v == (int) v) || (v == 0 && Float.floatToRawIntBits(v) != 0)) {
        return false;
      }
    }
    return true;
  }
}
