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
 * from 0 to 255, such as indices of maxima, as bytes. Large values are cut so that the page stays
 * small: the smallest are whole.
 *
 * @param data all numbers, value after value
 */
record Packed(List<Value> values, String data) {
  /** Bytes for all values of a page, before base64 makes four characters of three. */
  private static final int BUDGET = 2_500_000;

  /** Elements of a value that does not fit. */
  private static final int LEAST = 256;

  /**
   * Where a value lies.
   *
   * @param elements that it has
   * @param kept how many of them the page holds, from the first on
   * @param at where they begin, in bytes
   * @param whole whether they are bytes
   */
  record Value(int elements, int kept, int at, boolean whole, Stats stats) {}

  /** How many elements of a tensor that a run made can be seen; of others all. */
  ToIntFunction<Tensor> keptOf(Capture run) {
    Map<Tensor, Integer> kept = new HashMap<>();
    run.steps().stream()
        .flatMap(ran -> ran.outputs().stream())
        .forEach(o -> kept.put(o.tensor(), values.get(o.value()).kept()));
    return tensor -> kept.getOrDefault(tensor, tensor.shape().elements());
  }

  static Packed of(Capture run) {
    int[] kept = kept(run);
    ByteBuffer bytes =
        ByteBuffer.allocate(
                IntStream.range(0, kept.length)
                    .map(i -> kept[i] * (isWhole(run.value(i)) ? 1 : 4) + 4)
                    .sum())
            .order(ByteOrder.LITTLE_ENDIAN);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      float[] value = run.value(i);
      boolean whole = isWhole(value);
      bytes.position((bytes.position() + 3) / 4 * 4);
      values.add(new Value(value.length, kept[i], bytes.position(), whole, Stats.of(value)));
      for (int k = 0; k < kept[i]; k++) {
        if (whole) {
          bytes.put((byte) value[k]);
        } else {
          bytes.putFloat(value[k]);
        }
      }
    }
    byte[] used = new byte[bytes.position()];
    bytes.flip().get(used);
    return new Packed(values, Base64.getEncoder().encodeToString(used));
  }

  /** Number of elements of each value that the page holds. */
  static int[] kept(Capture run) {
    int[] kept = new int[run.size()];
    int left = BUDGET - run.size() * 4 * LEAST;
    List<Integer> bySize =
        IntStream.range(0, kept.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> run.value(i).length))
            .toList();
    for (int i : bySize) {
      float[] value = run.value(i);
      int size = isWhole(value) ? 1 : 4;
      kept[i] = Math.min(value.length, Math.max(LEAST, Math.max(0, left) / size));
      left -= kept[i] * size;
    }
    return kept;
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
