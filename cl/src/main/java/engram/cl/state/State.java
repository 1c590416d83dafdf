package engram.cl.state;

import engram.backend.Buffer;
import engram.backend.reference.ReferenceBackend;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.cl.task.Task;
import engram.data.ImageSet;
import engram.nn.Network;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The values that a {@link Stateful} remembers on their way into a {@link Snapshot} or out of it.
 * Every method takes a name, which no other value of the same object has, and the value as it is
 * now; it returns the value as it shall be.
 */
public abstract class State {
  private final String prefix;

  State(String prefix) {
    this.prefix = prefix;
  }

  /** The values of a part, whose names are its own. */
  public abstract State in(String part);

  /** A few characters. */
  public abstract String text(String name, String now);

  public abstract float[] floats(String name, float[] now);

  public abstract double[] doubles(String name, double[] now);

  public abstract int[] ints(String name, int[] now);

  public abstract byte[] bytes(String name, byte[] now);

  /**
   * A network with what its layers remember. Where there is one with as many classes already, it is
   * set and stays the same object.
   */
  public abstract Optional<Network> network(String name, Optional<Network> now);

  /** The first tasks of the sequence, any number of them. */
  public abstract List<Task> tasks(String name, List<Task> now);

  /**
   * Images of the size of the training images.
   *
   * @throws IllegalStateException while a snapshot is taken
   */
  public abstract ImageSet images();

  /** Whether there is a value that may be missing. */
  public final boolean present(String name, Optional<?> now) {
    return flag(name, now.isPresent());
  }

  public final boolean flag(String name, boolean now) {
    return number(name, now ? 1 : 0) != 0;
  }

  /** A whole number. */
  public final long number(String name, long now) {
    return Long.parseLong(text(name, Long.toString(now)));
  }

  /** A whole number. */
  public final int number(String name, int now) {
    return Math.toIntExact(number(name, (long) now));
  }

  /** A number with all its digits. */
  public final double real(String name, double now) {
    return Double.parseDouble(text(name, Double.toString(now)));
  }

  /** The numbers of a buffer, which stays where it is; those of the reference in float64. */
  public final void buffer(String name, Buffer values) {
    if (values instanceof ReferenceBuffer(double[] data, int offset, int elements)) {
      double[] numbers = doubles(name, ReferenceBackend.read(values));
      System.arraycopy(numbers, 0, data, offset, elements);
    } else {
      values.write(floats(name, values.read()));
    }
  }

  /** Rows of any length. */
  public final float[][] rows(String name, float[][] now) {
    int[] before = Arrays.stream(now).mapToInt(row -> row.length).toArray();
    int[] lengths = ints(name + ".lengths", before);
    FloatBuffer all = FloatBuffer.allocate(IntStream.of(before).sum());
    Arrays.stream(now).forEach(all::put);
    FloatBuffer in = FloatBuffer.wrap(floats(name, all.array()));
    float[][] rows = new float[lengths.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new float[lengths[i]];
      in.get(rows[i]);
    }
    return rows;
  }

  /** Rows of any length. */
  public final double[][] rows(String name, double[][] now) {
    int[] before = Arrays.stream(now).mapToInt(row -> row.length).toArray();
    int[] lengths = ints(name + ".lengths", before);
    DoubleBuffer all = DoubleBuffer.allocate(IntStream.of(before).sum());
    Arrays.stream(now).forEach(all::put);
    DoubleBuffer in = DoubleBuffer.wrap(doubles(name, all.array()));
    double[][] rows = new double[lengths.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[lengths[i]];
      in.get(rows[i]);
    }
    return rows;
  }

  /** Rows by their number, such as one for each label; the map stays the same object. */
  public final void rows(String name, NavigableMap<Integer, float[]> rows) {
    int[] keys = ints(name + ".keys", rows.keySet().stream().mapToInt(k -> k).toArray());
    float[][] values = rows(name, rows.values().toArray(float[][]::new));
    rows.clear();
    for (int i = 0; i < keys.length; i++) {
      rows.put(keys[i], values[i]);
    }
  }

  final String path(String name) {
    return prefix + name;
  }
}
